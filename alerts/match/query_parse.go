package match

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// An operation is what a node of a query does with its kids.
type operation uint8

const (
	opTerm operation = iota
	opPerson
	opSource // a field of the Doc that holds no text: source:, lang:, source.country:, source.ownership:
	opTitle  // its kid, in the title alone
	opNot
	opNear
	opAnd
	opOr
)

// A node is a part of a parsed query.
type node struct {
	op     operation
	kids   []*node
	column int // in runes from 1
	term   *term
	person *person
	field  string // of opSource
	value  string // of opSource, folded
	within int    // of opNear
}

// A term is a word, phrase or prefix of a query.
type term struct {
	phrase
	rule   Rule
	prefix string // folded; "" is none
}

// Limits of a query, against mistakes and malice rather than people.
const (
	maxQuery  = 4000 // runes
	maxDepth  = 50
	maxWithin = 100
	minPrefix = 3 // letters
)

type parser struct {
	lexemes []lexeme
	pos     int
	depth   int
}

// parseQuery reads a query: OR binds weakest, then AND (also between neighbours), then NOT, then NEAR/n.
func parseQuery(query string) (*node, *SpecError) {
	if utf8.RuneCountInString(query) > maxQuery {
		return nil, mistake(maxQuery+1, fmt.Sprintf("A query has at most %d characters; make it shorter or two watches of it.", maxQuery))
	}
	lexemes, err := lex(query)
	if err != nil {
		return nil, err
	}
	p := &parser{lexemes: lexemes}
	if p.peek().kind == lexEnd {
		return nil, mistake(1, "The query is empty; write a word or a phrase in quotes, like \"peace talks\" OR ceasefire.")
	}
	n, err := p.or()
	if err != nil {
		return nil, err
	}
	if l := p.peek(); l.kind == lexClose {
		return nil, mistake(l.column, "This ) closes nothing; remove it or write ( before.")
	}
	if bad := unanchored(n); bad != nil {
		return nil, bad
	}
	return n, nil
}

func (p *parser) peek() lexeme { return p.lexemes[p.pos] }

func (p *parser) take() lexeme {
	l := p.lexemes[p.pos]
	if l.kind != lexEnd {
		p.pos++
	}
	return l
}

// operator tells AND, OR, NOT and NEAR, which are words in capitals outside quotes.
func (l lexeme) operator() string {
	if l.kind != lexWord || l.exact {
		return ""
	}
	switch l.text {
	case "AND", "OR", "NOT":
		return l.text
	}
	if l.text == "NEAR" || strings.HasPrefix(l.text, "NEAR/") {
		return "NEAR"
	}
	return ""
}

func (p *parser) or() (*node, *SpecError) {
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > maxDepth {
		return nil, mistake(p.peek().column, "Too many parentheses within each other; write the query flatter.")
	}
	first, err := p.and()
	if err != nil {
		return nil, err
	}
	n := &node{op: opOr, kids: []*node{first}, column: first.column}
	for p.peek().operator() == "OR" {
		l := p.take()
		if err := p.wantOperand(l, "OR"); err != nil {
			return nil, err
		}
		kid, err := p.and()
		if err != nil {
			return nil, err
		}
		n.kids = append(n.kids, kid)
	}
	return n.flat(), nil
}

func (n *node) flat() *node {
	if len(n.kids) == 1 {
		return n.kids[0]
	}
	return n
}

// wantOperand tells an operator behind which nothing stands.
func (p *parser) wantOperand(l lexeme, name string) *SpecError {
	next := p.peek()
	op := next.operator()
	if next.kind == lexEnd || next.kind == lexClose || op == "AND" || op == "OR" || op == "NEAR" {
		return mistake(l.column, fmt.Sprintf("%s needs a word or phrase behind it; write one or remove %s. For the word itself write it small or in quotes.", name, name))
	}
	return nil
}

func (p *parser) and() (*node, *SpecError) {
	n := &node{op: opAnd, column: p.peek().column}
	for {
		l := p.peek()
		switch op := l.operator(); {
		case l.kind == lexEnd || l.kind == lexClose || op == "OR":
			if len(n.kids) == 0 {
				return nil, p.nothingHere(l)
			}
			return n.flat(), nil
		case op == "AND" && len(n.kids) == 0, op == "NEAR":
			return nil, mistake(l.column, fmt.Sprintf("%s needs a word or phrase before it; write one or remove %s.", op, op))
		case op == "AND":
			p.take()
			if err := p.wantOperand(l, "AND"); err != nil {
				return nil, err
			}
		}
		kid, err := p.not()
		if err != nil {
			return nil, err
		}
		n.kids = append(n.kids, kid)
	}
}

func (p *parser) nothingHere(l lexeme) *SpecError {
	switch {
	case l.operator() == "OR":
		return mistake(l.column, "OR needs a word or phrase before it; write one or remove OR.")
	case l.kind == lexClose && p.pos > 0 && p.lexemes[p.pos-1].kind == lexOpen:
		return mistake(l.column, "There is nothing in these parentheses; write a word or phrase there.")
	case l.kind == lexClose:
		return mistake(l.column, "This ) closes nothing; remove it or write ( before.")
	}
	return mistake(l.column, "A word or phrase is missing here; write one.")
}

func (p *parser) not() (*node, *SpecError) {
	l := p.peek()
	if l.operator() != "NOT" {
		return p.near()
	}
	p.take()
	if err := p.wantOperand(l, "NOT"); err != nil {
		return nil, err
	}
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > maxDepth {
		return nil, mistake(l.column, "Too many NOT in a row; write one.")
	}
	kid, err := p.not()
	if err != nil {
		return nil, err
	}
	return &node{op: opNot, kids: []*node{kid}, column: l.column}, nil
}

func (p *parser) near() (*node, *SpecError) {
	left, err := p.primary()
	if err != nil {
		return nil, err
	}
	for p.peek().operator() == "NEAR" {
		l := p.take()
		n, ok := strings.CutPrefix(l.text, "NEAR/")
		within, convErr := strconv.Atoi(n)
		if !ok || convErr != nil || within < 1 || within > maxWithin {
			return nil, mistake(l.column, fmt.Sprintf("Write NEAR/ and a number from 1 to %d, like sanctions NEAR/5 Iran.", maxWithin))
		}
		if err := p.wantOperand(l, "NEAR"); err != nil {
			return nil, err
		}
		if next := p.peek(); next.operator() == "NOT" {
			return nil, mistake(next.column, "NEAR/n takes words and phrases; write NOT before the whole, like NOT (a NEAR/5 b).")
		}
		right, err := p.primary()
		if err != nil {
			return nil, err
		}
		left = &node{op: opNear, kids: []*node{left, right}, column: left.column, within: within}
		for _, kid := range left.kids {
			if bad := kid.notNearable(); bad != nil {
				return nil, mistake(bad.column, "NEAR/n takes words, phrases, names and OR between them; write AND and NOT outside, like (a NEAR/5 b) AND c.")
			}
		}
	}
	return left, nil
}

func (n *node) notNearable() *node {
	switch n.op {
	case opAnd, opNot, opSource, opTitle:
		return n
	case opOr:
		for _, kid := range n.kids {
			if bad := kid.notNearable(); bad != nil {
				return bad
			}
		}
	}
	return nil
}

// unanchored finds an alternative of the query that nothing in a text could set off.
func unanchored(n *node) *SpecError {
	switch n.op {
	case opNot:
		return mistake(n.column, "NOT alone would find everything else; write what to look for before it, like ceasefire NOT football.")
	case opSource:
		return mistake(n.column, fmt.Sprintf("%s: only narrows a search; write a word to look for beside it, like ceasefire %s:%s.", n.field, n.field, n.value))
	case opOr:
		for _, kid := range n.kids {
			if bad := unanchored(kid); bad != nil {
				return bad
			}
		}
	case opAnd:
		var first *SpecError
		for _, kid := range n.kids {
			bad := unanchored(kid)
			if bad == nil {
				return nil
			}
			if first == nil {
				first = bad
			}
		}
		return first
	case opTitle:
		return unanchored(n.kids[0])
	}
	return nil
}
