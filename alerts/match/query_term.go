package match

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// primary reads a word, a phrase, a field or what stands in parentheses.
func (p *parser) primary() (*node, *SpecError) {
	switch l := p.take(); l.kind {
	case lexOpen:
		return p.group(l)
	case lexField:
		return p.fielded(l)
	case lexQuoted:
		return quotedTerm(l)
	case lexWord:
		return wordTerm(l)
	default:
		return nil, mistake(l.column, "A word or phrase is missing here; write one.")
	}
}

func (p *parser) group(open lexeme) (*node, *SpecError) {
	n, err := p.or()
	if err != nil {
		return nil, err
	}
	if p.take().kind != lexClose {
		return nil, mistake(open.column, "This ( is never closed; write ) where it ends.")
	}
	return n, nil
}

func newTerm(text string, m manner, rule Rule) *term {
	t := &term{phrase: newPhrase(text, m), rule: rule}
	for i := range t.words {
		t.words[i].asked = true
	}
	return t
}

func quotedTerm(l lexeme) (*node, *SpecError) {
	if countLetters(l.text) == 0 {
		return nil, mistake(l.column, "There is no word in these quotation marks; write a phrase there, like \"peace talks\".")
	}
	m, rule := asWord, Phrase
	if l.exact {
		m = exactly
	}
	t := newTerm(l.text, m, rule)
	if len(t.words) == 1 {
		t.rule = Word
		if l.exact {
			t.rule = ExactWord
		}
	}
	return &node{op: opTerm, column: l.column, term: t}, nil
}

func wordTerm(l lexeme) (*node, *SpecError) {
	text := l.text
	if before, after, ok := strings.Cut(text, "*"); ok {
		if after != "" {
			return nil, mistake(l.column+utf8.RuneCountInString(before), "* stands only at the end of a word, like sanction*.")
		}
		return prefixTerm(l, before)
	}
	if countLetters(text) == 0 {
		if meant := inPlaceOf(text); meant != "" {
			return nil, mistake(l.column, fmt.Sprintf("%s means nothing here; write %s, or remove it.", text, meant))
		}
		return nil, mistake(l.column, fmt.Sprintf("%q has no letter or digit; write a word, or remove it.", text))
	}
	t := newTerm(text, asWord, Word)
	if l.exact {
		t = newTerm(text, exactly, ExactWord)
	}
	return &node{op: opTerm, column: l.column, term: t}, nil
}

func prefixTerm(l lexeme, before string) (*node, *SpecError) {
	atoms := atomise(before)
	say := ""
	switch {
	case l.exact:
		say = "Write either = for the exact word or * for its beginning, not both."
	case len(atoms) != 1 || atoms[0].to != len(before) || atoms[0].from != 0:
		say = "* stands behind one word of letters or digits, like sanction*."
	case utf8.RuneCountInString(atoms[0].fold) < minPrefix:
		say = fmt.Sprintf("A word before * needs at least %d letters; write more of it, like sanction*.", minPrefix)
	}
	if say != "" {
		return nil, mistake(l.column, say)
	}
	t := &term{phrase: phrase{written: l.text}, rule: Prefix, prefix: atoms[0].fold}
	return &node{op: opTerm, column: l.column, term: t}, nil
}

// countLetters counts the letters and digits of what could be a word.
func countLetters(s string) int { return len(atomise(s)) }

const fieldList = "title:, source:, lang:, source.country:, source.ownership: and person:"

// fielded reads what stands behind a field's colon.
func (p *parser) fielded(f lexeme) (*node, *SpecError) {
	name := strings.ToLower(f.text)
	switch name {
	case "title", "person", "source", "lang", "source.country", "source.ownership":
	default:
		return nil, mistake(f.column, fmt.Sprintf("There is no field %q; there are %s. For a colon in a text write quotes around it.", f.text, fieldList))
	}
	next := p.peek()
	if next.kind == lexEnd || next.kind == lexClose || next.operator() != "" {
		return nil, mistake(f.column, fmt.Sprintf("Write right behind %s: what to look for, like %s.", f.text, fieldExample(name)))
	}
	if name == "title" {
		if next.kind == lexField && strings.EqualFold(next.text, "title") {
			return nil, mistake(next.column, "Write title: once.")
		}
		kid, err := p.primary()
		if err != nil {
			return nil, err
		}
		return &node{op: opTitle, kids: []*node{kid}, column: f.column}, nil
	}
	if next.kind != lexWord && next.kind != lexQuoted || countLetters(next.text) == 0 {
		return nil, mistake(next.column, fmt.Sprintf("Write a word or quotes right behind %s:, like %s.", f.text, fieldExample(name)))
	}
	p.take()
	if name == "person" {
		if !hasLetter(next.text) {
			return nil, mistake(next.column, "A person's name needs letters; write one, like person:\"Steve Witkoff\".")
		}
		return &node{op: opPerson, column: f.column, person: newPerson(Spec{Name: next.text})}, nil
	}
	return &node{op: opSource, column: f.column, field: name, value: foldedWords(next.text)}, nil
}

func fieldExample(name string) string {
	switch name {
	case "title":
		return "title:ceasefire"
	case "person":
		return "person:\"Steve Witkoff\""
	case "lang":
		return "lang:en"
	case "source.country":
		return "source.country:US"
	case "source.ownership":
		return "source.ownership:state"
	}
	return "source:\"UN News\""
}

// foldedWords are the words of s, folded and parted by single spaces.
func foldedWords(s string) string {
	var words []string
	for _, a := range atomise(s) {
		words = append(words, a.fold)
	}
	return strings.Join(words, " ")
}
