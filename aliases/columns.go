package aliases

import (
	"fmt"
	"slices"
	"strings"
)

// Columns are how the columns of a table were taken, by their titles as written. Without a header, where the first column is the
// name and the others are aliases, all are empty.
type Columns struct {
	Name    string
	Aliases []string
	Ignored []string
}

// columns are where the cells of a row stand; -1 is nowhere.
type columns struct {
	name, id, schema int
	header           bool
	meanings         []meaning // with a header: theName and anAlias or altLabels are read
}

// headless are those of a table whose first row is a person.
func headless() *columns { return &columns{id: -1, schema: -1} }

// alias tells whether a column holds aliases.
func (c *columns) alias(i int) bool {
	if !c.header {
		return i > 0
	}
	return i < len(c.meanings) && (c.meanings[i] == anAlias || c.meanings[i] == altLabels)
}

// asHeader reads the first row as a header; name is -1 if no column of it is known as the name.
func (t titles) asHeader(first []string) *columns {
	c := &columns{name: -1, id: -1, schema: -1, header: true, meanings: make([]meaning, len(first))}
	of := make([]string, len(first))
	known := 0
	for i, title := range first {
		if c.meanings[i], of[i] = t.of(title); c.meanings[i] != unknown {
			known++
		}
	}
	c.name = c.main(of, t)
	if c.name >= 0 && c.meanings[c.name] == maybeName && (c.name > 0 && known < 2 || slices.Contains(c.meanings, partOfName)) {
		c.name = -1
	}
	if c.name >= 0 {
		c.assign(first, of)
	}
	return c
}

// assign says what the other columns are, beside the name.
func (c *columns) assign(first, of []string) {
	whose := of[c.name]
	for i, title := range first {
		switch m := c.meanings[i]; {
		case i == c.name:
			c.meanings[i] = theName
		case m == theName || m == someName:
			c.meanings[i] = anAlias
		case m == altLabels && of[i] != "" && of[i] != whose: // of the person's country, say
			c.meanings[i] = another
		case c.id < 0 && (m == anID || whose != "" && tidyTitle(title) == whose): // leader beside leaderLabel
			c.id = i
		case m == aSchema:
			c.schema = i
		}
	}
}

// main is the column of the main name: one that is called so, else the label of what has other labels too, or of the first
// column that is no country or the like, else what may be a name.
func (c *columns) main(of []string, t titles) int {
	if i := slices.Index(c.meanings, theName); i >= 0 {
		return i
	}
	first := -1
	for i, m := range c.meanings {
		if m != oneLabel || t[of[i]] == another {
			continue
		}
		for j, other := range c.meanings {
			if other == altLabels && of[j] == of[i] {
				return i
			}
		}
		if first < 0 {
			first = i
		}
	}
	if first >= 0 {
		return first
	}
	if i := slices.Index(c.meanings, someName); i >= 0 {
		return i
	}
	return slices.Index(c.meanings, maybeName)
}

// looksLikeHeader tells a row of titles of which none is known as the name: of known ones, or of small words in place of a name.
// Aka is a surname, too.
func (c *columns) looksLikeHeader(first []string) bool {
	known, small := 0, len(first) > 1
	for i, cell := range first {
		cell = strings.TrimSpace(cell)
		if m := c.meanings[i]; m != unknown {
			known++
			if i == 0 || (m == anAlias || m == altLabels) && tidyTitle(cell) != "aka" {
				return true
			}
		}
		if slices.ContainsFunc(strings.Fields(tidyTitle(cell)), isNameWord) {
			return true
		}
		small = small && strings.ToLower(cell) == cell && strings.ToUpper(cell) != cell && (i > 0 || !strings.Contains(cell, " "))
	}
	return known > 1 || small
}

// isNameWord tells a word of titles that is in nobody's name.
func isNameWord(s string) bool {
	switch s {
	case "name", "names", "alias", "aliases", "имя", "имена", "nombre", "nombres":
		return true
	}
	return false
}

// known says how the columns of the header were taken.
func (c *columns) known(first []string) *Columns {
	k := &Columns{}
	for i, title := range first {
		title = strings.TrimSpace(title)
		switch {
		case i == c.name:
			k.Name = title
		case c.alias(i):
			k.Aliases = append(k.Aliases, title)
		case i != c.id && i != c.schema && title != "":
			k.Ignored = append(k.Ignored, title)
		}
	}
	return k
}

// nameless says what to do about a header in which no column is known as the name.
func (c *columns) nameless(first []string) string {
	shown := make([]string, 0, len(first))
	for _, title := range first[:min(len(first), 8)] {
		shown = append(shown, fmt.Sprintf("%.40q", strings.TrimSpace(title)))
	}
	if len(shown) < len(first) {
		shown = append(shown, "…")
	}
	say := "this was read as titles of columns, and none is known as that of the names: " + strings.Join(shown, ", ")
	if slices.Contains(c.meanings, partOfName) {
		return say + "; put first and last name into one column, and call it name"
	}
	return say + "; call that of the names name, and those of other names alias. If it is a person, write name,alias as a line above it"
}
