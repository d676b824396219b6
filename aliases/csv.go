package aliases

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// csv reads rows of names: the columns that its header names, or without one the first as the main name and the others as aliases.
func (f *file) csv(in *bufio.Reader) error {
	comma, err := f.separator(in)
	if err != nil {
		return err
	}
	bounded := &ration{in: in, left: maxEntry}
	rows := csv.NewReader(bounded)
	rows.Comma, rows.Comment, rows.FieldsPerRecord, rows.ReuseRecord = comma, '#', -1, true
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
			if c, err = f.columns(row, line); err != nil {
				return err
			}
			if c.header {
				continue
			}
		}
		if err := f.row(c, row, line); err != nil {
			return err
		}
	}
}

// columns takes the first row for a header if it is one.
func (f *file) columns(first []string, line int) (*columns, error) {
	c := f.titles.asHeader(first)
	switch {
	case c.name >= 0:
		f.counts.Columns = c.known(first)
		return c, nil
	case c.looksLikeHeader(first):
		return nil, f.wrong(line, "%s", c.nameless(first))
	}
	f.counts.Columns = &Columns{}
	return headless(), nil
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
	main := joined(cell(c.name), cell(c.surname))
	switch {
	case strings.Contains(main, "<"):
		return f.wrong(line, "%s", markup)
	case isReference(main) && !c.header:
		return f.wrong(line, "%q is an address or an item's number, not a name; write a first line that says what the columns are, such as id,name,alias", main)
	case !match.IsName(main) && !isReference(main):
		return f.wrong(line, "%q is no name; a row is a person's name and then the aliases", main)
	}
	n := names{key: key(cell(c.id)), all: []string{main}, flip: true}
	for i := range row {
		if !c.alias(i) {
			continue
		}
		text := row[i]
		if c.header && c.meanings[i] == altLabels { // https://www.mediawiki.org/wiki/Wikidata_Query_Service/User_Manual#Label_service
			text = partLabels(text)
		}
		for a := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ';' || r == '|' }) {
			if a = strings.TrimSpace(a); a != "" {
				n.all = append(n.all, a)
			}
		}
	}
	return f.person(n)
}

// partLabels puts a semicolon between labels that a comma parts: Martin Luther King, Jr., MLK are two.
func partLabels(text string) string {
	var labels []string
	for label := range strings.SplitSeq(text, ", ") {
		if n := len(labels); n > 0 && suffix(label) {
			labels[n-1] += ", " + label
			continue
		}
		labels = append(labels, label)
	}
	return strings.Join(labels, ";")
}

// key is an identifier; of a Wikidata item's address its number.
func key(id string) string {
	if _, number, ok := strings.Cut(id, "://www.wikidata.org/entity/"); ok {
		return number
	}
	return id
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
