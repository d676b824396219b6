package match

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// asWell is the name written in another way, which makes no near misses; nil for what is no name.
func (n *name) asWell(written string) *name {
	other, ok := namePrinted(written, n.written, n.rule)
	if !ok {
		return nil
	}
	other.second = true
	other.audible()
	return other
}

// bareWritten is the surname as written, without an article that a hyphen joins to it.
func (n *name) bareWritten() string {
	if len(n.surname.parts) > 1 {
		return n.surname.written
	}
	return n.surname.written[strings.LastIndexByte(n.surname.written, '-')+1:]
}

// asMerged is a name with its particles and its surname as one word, as Greek, Arabic and Korean write some: Λεπέν for Le Pen,
// 알아사드 for al-Assad. It is nil for a name without.
func asMerged(n *name) *name {
	if len(n.particles) == 0 || len(n.surname.parts) > 1 {
		return nil
	}
	var written strings.Builder
	for i := range n.given {
		written.WriteString(n.given[i].written + " ")
	}
	merged := strings.Join(n.particles, "") + strings.ToLower(n.bareWritten())
	first, size := utf8.DecodeRuneInString(merged)
	return n.asWell(written.String() + string(unicode.ToUpper(first)) + merged[size:])
}
