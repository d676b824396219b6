package config

import "github.com/goccy/go-yaml/token"

// maxDepth is how deep values may stand in one another; the parser recurses, and the configuration needs seven.
const maxDepth = 100

// tooDeep returns the first token that stands too deep, nil if none does.
func tooDeep(tokens token.Tokens) *token.Token {
	var d depth
	for _, t := range tokens {
		if d.take(t); len(d.open) > maxDepth {
			return t
		}
	}
	return nil
}

// depth counts what a token stands in. A level of a block, which a key, a dash, a tag or an anchor begins, is its column: it
// ends with the line that begins there or further left, however many levels end at once. A level of brackets is 0.
type depth struct {
	open []int
	flow int          // brackets that are open
	from int          // the column at which the next level of this line begins; 0 at the line's end
	prev *token.Token // the last that was taken
}

func (d *depth) take(t *token.Token) {
	if t.Type == token.CommentType || isBlockText(t) { // these may stand further left than what they are in
		return
	}
	column := t.Position.Column
	if d.prev == nil || d.prev.Position.Line != t.Position.Line {
		d.from = 0
		if d.flow == 0 {
			d.end(column)
		}
	}
	if d.from == 0 {
		d.from = column
	}
	d.prev = t
	switch t.Type {
	case token.SequenceStartType, token.MappingStartType:
		d.open, d.flow, d.from = append(d.open, 0), d.flow+1, 0
	case token.SequenceEndType, token.MappingEndType:
		if d.flow > 0 {
			d.endItem()
			d.open, d.flow = d.open[:len(d.open)-1], d.flow-1
		}
	case token.CollectEntryType:
		if d.flow > 0 {
			d.endItem()
			d.from = 0
		}
	case token.SequenceEntryType, token.MappingKeyType, token.MappingValueType, token.TagType, token.AnchorType:
		d.open, d.from = append(d.open, d.from), 0
	case token.DocumentHeaderType, token.DocumentEndType:
		d.open, d.flow, d.from = d.open[:0], 0, 0
	}
}

// end closes the blocks that a line which begins at the column does not belong to.
func (d *depth) end(column int) {
	for len(d.open) > 0 && d.open[len(d.open)-1] >= column {
		d.open = d.open[:len(d.open)-1]
	}
}

// endItem closes what stands in one item of the innermost brackets.
func (d *depth) endItem() {
	for len(d.open) > 0 && d.open[len(d.open)-1] != 0 {
		d.open = d.open[:len(d.open)-1]
	}
}

// isBlockText tells the text behind | or >.
func isBlockText(t *token.Token) bool {
	before := t.Prev
	for before != nil && before.Type == token.CommentType {
		before = before.Prev
	}
	return t.Type == token.StringType && before != nil && (before.Type == token.LiteralType || before.Type == token.FoldedType)
}
