package aliases

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// csv reads rows of names: the first cell is the main name, the others aliases. A first row with a cell "name" is a header;
// then the aliases are in the columns whose titles begin with "alias", and all but the name's if there is none.
func (f *file) csv(in *bufio.Reader) error {
	bounded := &ration{in: in, left: maxEntry}
	rows := csv.NewReader(bounded)
	rows.Comma, rows.FieldsPerRecord, rows.ReuseRecord = separator(in), -1, true
	var c *columns
	for {
		bounded.left = maxEntry
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return f.badRow(err)
		}
		line, _ := rows.FieldPos(0)
		line += f.skipped
		if slices.ContainsFunc(row, func(cell string) bool { return !utf8.ValidString(cell) }) {
			return f.wrong(line, "%s", notUTF8)
		}
		if c == nil {
			var header bool
			if c, header = columnsOf(row); header {
				continue
			}
		}
		if err := f.row(c, row, line); err != nil {
			return err
		}
	}
}

func (f *file) badRow(err error) error {
	var parse *csv.ParseError
	switch {
	case errors.As(err, &parse):
		return f.wrong(parse.StartLine+f.skipped, "%v; a name that has a comma or a quote in it stands in double quotes", parse.Err)
	case errors.Is(err, errRation):
		return f.wrong(1+f.skipped, "a row has more than %d MiB; is a quote not closed?", maxEntry>>20)
	}
	return fmt.Errorf("read aliases: %s: %w", f.name, err)
}

func (f *file) row(c *columns, row []string, line int) error {
	cell := func(i int) string {
		if i < 0 || i >= len(row) {
			return ""
		}
		return strings.TrimSpace(row[i])
	}
	if strings.TrimSpace(strings.Join(row, "")) == "" {
		return nil
	}
	if s := cell(c.schema); s != "" && s != "Person" {
		f.counts.Others++
		return nil
	}
	main := cell(c.name)
	if strings.Contains(main, "<") {
		return f.wrong(line, "%s", markup)
	}
	if !match.IsName(main) {
		return f.wrong(line, "%q is no name; a row is a person's name and then the aliases", main)
	}
	n := names{key: cell(c.id), all: []string{main}, flip: true}
	for i := range row {
		if !c.aliases(i) {
			continue
		}
		for a := range strings.SplitSeq(row[i], ";") {
			if a = strings.TrimSpace(a); a != "" {
				n.all = append(n.all, a)
			}
		}
	}
	return f.person(n)
}

// columns are where the cells of a row stand; -1 is nowhere.
type columns struct {
	name, id, schema int
	aliases          func(column int) bool
}

func columnsOf(first []string) (c *columns, header bool) {
	c = &columns{name: -1, id: -1, schema: -1}
	alias := map[int]bool{}
	for i, cell := range first {
		switch title := strings.TrimSpace(match.Fold(cell)); {
		case title == "name" && c.name < 0:
			c.name = i
		case title == "id":
			c.id = i
		case title == "schema":
			c.schema = i
		case strings.HasPrefix(title, "alias"):
			alias[i] = true
		}
	}
	if c.name < 0 {
		return &columns{id: -1, schema: -1, aliases: func(i int) bool { return i > 0 }}, false
	}
	if len(alias) == 0 {
		c.aliases = func(i int) bool { return i != c.name && i != c.id && i != c.schema }
	} else {
		c.aliases = func(i int) bool { return alias[i] }
	}
	return c, true
}

// separator is the comma, unless the first line has none and has another.
func separator(in *bufio.Reader) rune {
	start, _ := in.Peek(4096) // what there is of it is enough
	line, _, _ := bytes.Cut(start, []byte("\n"))
	for _, c := range []byte{',', '\t', ';'} {
		if bytes.IndexByte(line, c) >= 0 {
			return rune(c)
		}
	}
	return ','
}

var errRation = errors.New("the row is too long")

// ration reads at most left bytes more.
type ration struct {
	in   io.Reader
	left int
}

func (r *ration) Read(p []byte) (int, error) {
	if r.left <= 0 {
		return 0, errRation
	}
	n, err := r.in.Read(p[:min(len(p), r.left)])
	r.left -= n
	return n, err
}
