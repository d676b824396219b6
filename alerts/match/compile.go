package match

import (
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// A Pattern is a Spec, checked and ready. It does not change and may be used by many at once.
type Pattern struct {
	spec    Spec
	not     []phrase
	apart   sync.Once // see named
	person  *person   // of a Person, taken apart: see named
	country *country  // of a Country
	query   *node     // of a Topic
}

// Limits of a Spec.
const (
	maxName  = 200 // runes of a name, alias, near: word or not: phrase
	maxTerms = 1000
)

// Compile checks a Spec and makes it ready. Its errors are of type *SpecError.
func Compile(s Spec) (*Pattern, error) {
	if err := checkSpec(s); err != nil {
		return nil, err
	}
	p := &Pattern{spec: s}
	for _, not := range s.Not {
		p.not = append(p.not, newPhrase(not, asName|asWord))
	}
	switch s.Kind {
	case Country:
		c, ok := newCountry(s)
		if !ok {
			return nil, &SpecError{Field: "name", Say: fmt.Sprintf("There is no country %q; write its English name or its ISO code, like Ukraine or UA.", s.Name)}
		}
		p.country = c
	case Topic:
		n, err := topicQuery(s)
		if err != nil {
			return nil, err
		}
		p.query = n
	}
	return p, nil
}

// Spec is what the pattern was compiled from.
func (p *Pattern) Spec() Spec { return p.spec }

// named is the person of a Person, else nil. Its names are taken apart when they are first asked for: an index files most
// names without.
func (p *Pattern) named() *person {
	if p.spec.Kind != Person {
		return nil
	}
	p.apart.Do(func() { p.person = newPerson(p.spec) })
	return p.person
}

// stemmed tells that words count in their inflections, as texts must then be read.
func (p *Pattern) stemmed() bool {
	return p.spec.Kind != Person || len(p.spec.Near)+len(p.spec.Not) > 0
}

func topicQuery(s Spec) (*node, error) {
	if s.Query == "" {
		return &node{op: opTerm, column: 1, term: newTerm(s.Name, asWord, Phrase)}, nil
	}
	n, err := parseQuery(s.Query)
	if err != nil {
		return nil, err
	}
	return n, nil
}

func checkSpec(s Spec) error {
	switch s.Kind {
	case Person, Topic, Country:
	default:
		return &SpecError{Field: "name", Say: fmt.Sprintf("A watch is a person, a topic or a country, not %q; write one of them.", s.Kind)}
	}
	if strings.TrimSpace(s.Name) == "" {
		return &SpecError{Field: "name", Say: fmt.Sprintf("The %s has no name; write one.", s.Kind)}
	}
	if !hasLetter(s.Name) {
		return &SpecError{Field: "name", Say: fmt.Sprintf("The name %q has no letters; write the %s's name.", s.Name, s.Kind)}
	}
	if utf8.RuneCountInString(s.Name) > maxName {
		return &SpecError{Field: "name", Say: fmt.Sprintf("The name has more than %d characters; write a shorter one.", maxName)}
	}
	for _, list := range []struct {
		field string
		terms []string
	}{{"alias", s.Aliases}, {"near", s.Near}, {"not", s.Not}} {
		if err := checkTerms(list.field, list.terms); err != nil {
			return err
		}
	}
	return nil
}

func checkTerms(field string, terms []string) error {
	for i, t := range terms {
		switch {
		case i == maxTerms:
			return &SpecError{Field: field, Index: i, Say: fmt.Sprintf("A watch has at most %d of these; remove some or make two watches.", maxTerms)}
		case countLetters(t) == 0 || field == "alias" && !hasLetter(t):
			return &SpecError{Field: field, Index: i, Say: fmt.Sprintf("%q has no word in it; write one or remove it.", t)}
		case utf8.RuneCountInString(t) > maxName:
			return &SpecError{Field: field, Index: i, Say: fmt.Sprintf("This has more than %d characters; write something shorter.", maxName)}
		}
	}
	return nil
}

// IsName tells whether Compile takes s for a person's name or alias.
func IsName(s string) bool { return utf8.RuneCountInString(s) <= maxName && hasLetter(s) }

// hasLetter tells that a letter stands in a word of s.
func hasLetter(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; 'a' <= c && c <= 'z' {
			return true
		}
	}
	for _, a := range atomise(s) {
		if strings.ContainsFunc(a.fold, unicode.IsLetter) {
			return true
		}
	}
	return false
}

// find gives the pattern's evidence in a text, and what was nearly evidence, till the text is asked for another pattern.
func (p *Pattern) find(t *text) ([]hit, []miss) {
	var phrases []span
	for i := range p.not {
		phrases = append(phrases, p.not[i].find(t)...)
	}
	not := newCover(phrases, 0, 0)
	switch {
	case p.spec.Kind == Person:
		hits, misses := p.named().find(t, not)
		return longest(hits), misses
	case p.country != nil:
		return p.country.find(t, not), nil
	}
	hits, ok := p.query.eval(t, not, -1, t.hits[:0])
	t.hits = hits[:0]
	if !ok {
		return nil, nil
	}
	return hits, nil
}
