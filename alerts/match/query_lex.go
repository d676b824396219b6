package match

import (
	"strings"
	"unicode"
)

// A lexeme is one piece of a query.
type lexeme struct {
	kind   lexKind
	text   string // of a word, quotation or field, without its marks
	column int    // runes, from 1
	exact  bool   // begun with =
}

type lexKind uint8

const (
	lexEnd lexKind = iota
	lexWord
	lexQuoted
	lexField // text is the name before the colon
	lexOpen
	lexClose
)

// lex takes a query apart. Smart quotes are quotes, for phones write them.
func lex(query string) ([]lexeme, *SpecError) {
	z := lexer{runes: []rune(query)}
	for {
		l, err := z.next()
		if err != nil {
			return nil, err
		}
		z.out = append(z.out, l)
		if l.kind == lexEnd {
			return z.out, nil
		}
	}
}

type lexer struct {
	runes []rune
	pos   int
	out   []lexeme
}

func (z *lexer) next() (lexeme, *SpecError) {
	for z.pos < len(z.runes) && (unicode.IsSpace(z.runes[z.pos]) || unicode.Is(unicode.Cf, z.runes[z.pos])) {
		z.pos++
	}
	l := lexeme{column: z.pos + 1}
	if z.pos == len(z.runes) {
		return l, nil
	}
	switch z.runes[z.pos] {
	case '(':
		z.pos++
		l.kind = lexOpen
		return l, nil
	case ')':
		z.pos++
		l.kind = lexClose
		return l, nil
	case '=':
		z.pos++
		l.exact = true
		if z.pos == len(z.runes) || unicode.IsSpace(z.runes[z.pos]) || strings.ContainsRune("()", z.runes[z.pos]) {
			return l, mistake(l.column, "Write a word right behind =, like =sanctions.")
		}
	}
	if isQuote(z.runes[z.pos]) {
		return z.quoted(l)
	}
	return z.word(l)
}

func (z *lexer) quoted(l lexeme) (lexeme, *SpecError) {
	open := z.pos
	z.pos++
	for z.pos < len(z.runes) && !isQuote(z.runes[z.pos]) {
		z.pos++
	}
	if z.pos == len(z.runes) {
		return l, mistake(open+1, "This quotation mark is never closed; write a second one behind the phrase, like \"peace talks\".")
	}
	l.kind, l.text = lexQuoted, string(z.runes[open+1:z.pos])
	z.pos++
	return l, nil
}

func (z *lexer) word(l lexeme) (lexeme, *SpecError) {
	from := z.pos
	for z.pos < len(z.runes) {
		r := z.runes[z.pos]
		if unicode.IsSpace(r) || r == '(' || r == ')' || isQuote(r) {
			break
		}
		if r == ':' && z.pos > from && isFieldName(z.runes[from:z.pos]) {
			l.kind, l.text = lexField, string(z.runes[from:z.pos])
			if l.exact {
				return l, mistake(l.column, "Write = behind the field, like title:=sanctions.")
			}
			z.pos++
			return l, nil
		}
		z.pos++
	}
	l.kind, l.text = lexWord, string(z.runes[from:z.pos])
	return l, nil
}

// isFieldName tells letters and dots; 10:30 is no field.
func isFieldName(runes []rune) bool {
	for _, r := range runes {
		if !unicode.IsLetter(r) && r != '.' && r != '_' {
			return false
		}
	}
	return true
}

func isQuote(r rune) bool {
	switch r {
	case '"', '“', '”', '„', '‟', '«', '»', '＂':
		return true
	}
	return false
}

func mistake(column int, say string) *SpecError {
	return &SpecError{Field: "match", Column: column, Say: say}
}
