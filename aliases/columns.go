package aliases

import (
	"fmt"
	"slices"
	"strings"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// Columns are how the columns of a table were taken, by their titles as written. Without a header, where the first column is the
// name and the others are aliases, all are empty.
type Columns struct {
	Name    string
	Aliases []string
	Ignored []string
	Surname string // where it stands apart, and Name is that of first names
}

// columns are where the cells of a row stand; -1 is nowhere.
type columns struct {
	name, id, schema int
	surname          int // name is that of first names then
	header           bool
	meanings         []meaning // with a header: theName and anAlias or altLabels are read
}

// headless are those of a table whose first row is a person.
func headless() *columns { return &columns{id: -1, schema: -1, surname: -1} }

// alias tells whether a column holds aliases.
func (c *columns) alias(i int) bool {
	if !c.header {
		return i > 0
	}
	return i < len(c.meanings) && (c.meanings[i] == anAlias || c.meanings[i] == altLabels)
}

// asHeader reads the first row as a header; name is -1 if no column of it is known as the name.
func (t titles) asHeader(first []string) *columns {
	c := &columns{name: -1, id: -1, schema: -1, surname: -1, header: true, meanings: make([]meaning, len(first))}
	of := make([]string, len(first))
	known := 0
	for i, title := range first {
		if c.meanings[i], of[i] = t.of(title); c.meanings[i] != unknown {
			known++
		}
	}
	if c.name, c.surname = c.apart(first); c.name < 0 {
		c.name = c.main(of, t)
	}
	if c.name >= 0 && c.surname < 0 && c.isPart(first, known) {
		c.name = -1
	}
	if c.name >= 0 {
		c.assign(first, of)
	}
	return c
}

// apart finds the columns of first and of last names where a name stands in two: one of either, or one of them beside what else is the
// name (Name, Vorname). A column of whole names goes before.
func (c *columns) apart(first []string) (given, family int) {
	given, family = c.only(firstName), c.only(lastName)
	whole := slices.Index(c.meanings, theName)
	switch {
	case whole < 0 && given >= 0 && family >= 0:
		return given, family
	case whole < 0 || !mayBePart(tidyTitle(first[whole])):
	case given >= 0 && !slices.Contains(c.meanings, lastName):
		return given, whole
	case family >= 0 && !slices.Contains(c.meanings, firstName):
		return whole, family
	}
	return -1, -1
}

// isPart tells that the column of the name, of so many that are known, holds something else, or a part of names whose other is not known.
func (c *columns) isPart(first []string, known int) bool {
	if c.meanings[c.name] == maybeName {
		return c.name > 0 && known < 2 || c.hasParts()
	}
	both := slices.Contains(c.meanings, firstName) && slices.Contains(c.meanings, lastName)
	return mayBePart(tidyTitle(first[c.name])) && c.hasParts() && !both
}

// only is the column with a meaning; -1 where none is or several are.
func (c *columns) only(m meaning) int {
	i := slices.Index(c.meanings, m)
	if i >= 0 && slices.Contains(c.meanings[i+1:], m) {
		return -1
	}
	return i
}

// hasParts tells that a column holds a part of names alone.
func (c *columns) hasParts() bool {
	return slices.ContainsFunc(c.meanings, func(m meaning) bool { return m == firstName || m == lastName || m == partOfName })
}

// joined is the name of first and last name; where one of the two is the whole name, that.
func joined(given, family string) string {
	has := func(whole, part string) bool {
		return strings.Contains(" "+alerts.NameKey(whole)+" ", " "+alerts.NameKey(part)+" ") || part == ""
	}
	switch {
	case has(given, family):
		return given
	case has(family, given):
		return family
	}
	return given + " " + family
}

// assign says what the other columns are, beside the name.
func (c *columns) assign(first, of []string) {
	whose := of[c.name]
	for i, title := range first {
		switch m := c.meanings[i]; {
		case i == c.name || i == c.surname:
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
		case i == c.surname:
			k.Surname = title
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
	if c.hasParts() {
		return say + "; put first and last name into one column, and call it name"
	}
	return say + "; call that of the names name, and those of other names alias. If it is a person, write name,alias as a line above it"
}
