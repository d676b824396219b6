package aliases

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
)

// json reads objects one after the other: as lines, in an array, or several lines each.
func (f *file) json(in *bufio.Reader) error {
	o := objects{in: in, line: f.skipped + 1}
	for {
		object, line, err := o.next()
		var bad *formError
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &bad):
			return f.wrong(line, "%s", bad.say)
		case err != nil:
			return fmt.Errorf("read aliases: %s, line %d: %w", f.name, line, err)
		}
		if err := f.object(object, line); err != nil {
			return err
		}
	}
}

// formError is what is wrong with the form of a file, in words for users.
type formError struct{ say string }

func (e *formError) Error() string { return e.say }

// objects cuts a stream into its outermost JSON objects. Between them it takes white space, commas and square brackets.
type objects struct {
	in   *bufio.Reader
	line int
	text bytes.Buffer
}

// next returns the next object, valid until the following call, and the line in which it begins. io.EOF is the end.
func (o *objects) next() ([]byte, int, error) {
	c, err := o.begin()
	start := o.line
	if err != nil {
		return nil, start, err
	}
	if c != '{' {
		return nil, start, &formError{fmt.Sprintf("a JSON object has to begin here, not %q", c)}
	}
	o.text.Reset()
	depth, quoted, escaped := 0, false, false
	for {
		o.text.WriteByte(c)
		switch {
		case escaped:
			escaped = false
		case quoted:
			escaped, quoted = c == '\\', c != '"'
		case c == '"':
			quoted = true
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth == 0 {
				return o.text.Bytes(), start, nil
			}
		}
		if o.text.Len() > maxEntry {
			return nil, start, &formError{fmt.Sprintf("the object that begins here has more than %d MiB, or its brackets are not closed", maxEntry>>20)}
		}
		if c, err = o.in.ReadByte(); errors.Is(err, io.EOF) {
			return nil, start, &formError{"the object that begins here does not end"}
		} else if err != nil {
			return nil, start, err
		}
		if c == '\n' {
			o.line++
		}
	}
}

// begin skips what stands between objects.
func (o *objects) begin() (byte, error) {
	for {
		c, err := o.in.ReadByte()
		if err != nil {
			return 0, err
		}
		switch c {
		case '\n':
			o.line++
		case ' ', '\t', '\r', ',', '[', ']':
		default:
			return c, nil
		}
	}
}

// entry is an object of any of the forms, as far as it is read.
type entry struct {
	ID       string           `json:"id"`
	Entities map[string]*item `json:"entities"` // Special:EntityData and wbgetentities

	Schema     string          `json:"schema"` // FollowTheMoney
	Caption    string          `json:"caption"`
	Properties json.RawMessage `json:"properties"`

	Head    json.RawMessage `json:"head"` // a query's answer
	Results json.RawMessage `json:"results"`

	item
}

// object reads one entry.
func (f *file) object(text []byte, line int) error {
	if at := invalidUTF8(text); at >= 0 {
		return f.wrong(line+bytes.Count(text[:at], []byte("\n")), "%s", notUTF8)
	}
	var e entry
	if err := json.Unmarshal(text, &e); err != nil {
		return f.wrong(line, "%s", wrongWith(err, ""))
	}
	switch {
	case e.Entities != nil:
		for _, id := range slices.Sorted(maps.Keys(e.Entities)) {
			i := e.Entities[id]
			if i == nil {
				continue
			}
			if err := f.item(*i, id, line); err != nil {
				return err
			}
		}
		return nil
	case e.Schema != "":
		return f.entity(e, line)
	case e.Labels != nil || e.Aliases != nil || e.Type != "":
		return f.item(e.item, e.ID, line)
	case e.Results != nil:
		return f.answer(e, line)
	}
	if row := f.plainRow(text); row != nil {
		return f.row(row.columns, row.cells, line)
	}
	return f.wrong(line, "this is neither a Wikidata item (labels, aliases) nor an OpenSanctions entity (schema, properties), nor what a query of Wikidata found (itemLabel, itemAltLabel)")
}

// entity reads a FollowTheMoney entity. https://followthemoney.tech/explorer/schemata/Person/
func (f *file) entity(e entry, line int) error {
	if e.Schema != "Person" {
		f.counts.Others++
		return nil
	}
	var p struct {
		Name         texts `json:"name"`
		Alias        texts `json:"alias"`
		WeakAlias    texts `json:"weakAlias"`
		PreviousName texts `json:"previousName"`
	}
	if len(e.Properties) > 0 {
		if err := json.Unmarshal(e.Properties, &p); err != nil {
			return f.wrong(line, "%s", wrongWith(err, "properties."))
		}
	}
	n := names{key: e.ID, weak: p.WeakAlias, flip: true}
	if e.Caption != "" {
		n.all = append(n.all, e.Caption)
	}
	n.all = slices.Concat(n.all, p.Name, p.Alias, p.PreviousName)
	return f.person(n)
}

// texts are a list, or one text alone.
type texts []string

func (t *texts) UnmarshalJSON(text []byte) error {
	if one := ""; json.Unmarshal(text, &one) == nil && one != "" {
		*t = texts{one}
		return nil
	}
	return json.Unmarshal(text, (*[]string)(t))
}
