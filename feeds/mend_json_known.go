package feeds

import "strings"

// A jsonSieve passes over the items of a JSON feed that are known: what a jsonMender leaves out of its text.
type jsonSieve struct {
	*sieve
	lists int      // members that a parser may take for the list of items
	item  int      // where the item that is being read begins
	after bool     // an item of the list, or its place where it was passed over
	comma int      // between two items, after one that is kept, -1 for none
	bare  bool     // all items so far were passed over: the comma that comes next is none
	gone  [][2]int // from and to of what is left out, in order
}

// watch looks at what begins at i, before the mender does. What is no plain list of objects, each after a comma, is not
// taken apart: leaving a part out might make good what can't be read.
func (m *jsonMender) watch(i int) {
	if m.sift.sieve == nil {
		return
	}
	switch c := m.out[i]; {
	case c == ' ' || c == '\n' || c == '\r' || c == '\t':
	case m.depth == 1:
		m.sift.member(c, m.word)
	case m.depth == 2 && m.items:
		m.sift.between(i, c)
	}
}

// member looks at what stands in the feed itself, beside its lists and objects; word is the text read last.
func (s *jsonSieve) member(c byte, word string) {
	if c == ':' && (strings.EqualFold(word, "items") || strings.Contains(word, `\`)) {
		s.lists++
		s.mixed = s.mixed || s.lists > 1 || word != "items" // parsers know names in other cases, and the last of two
	}
	s.comma, s.bare, s.after = -1, true, false
}

// between looks at what stands in the list of items itself.
func (s *jsonSieve) between(i int, c byte) {
	switch c {
	case '{':
		s.mixed = s.mixed || s.after
		s.item = i
	case ',':
		s.mixed = s.mixed || !s.after
		s.after = false
		if s.comma = i; s.bare && !s.mixed {
			s.gone = append(s.gone, [2]int{i, i + 1})
		}
	case ']':
	default:
		s.mixed = true
	}
}

// pass is called where an item has ended.
func (m *jsonMender) pass(end int) {
	s := &m.sift
	if s.sieve == nil {
		return
	}
	s.after = true
	if s.mixed || !s.meets(hashOfItem(m.out[s.item:end])) {
		s.bare = false
		return
	}
	from := s.item
	if !s.bare {
		from = s.comma
	}
	s.gone = append(s.gone, [2]int{from, end})
}

// text returns the mended text up to there, without what is left out.
func (m *jsonMender) text(to int) string {
	if len(m.sift.gone) == 0 {
		return string(m.out[:to])
	}
	var b strings.Builder
	from := 0
	for _, gone := range m.sift.gone {
		if gone[0] >= to {
			break
		}
		b.WriteString(string(m.out[from:gone[0]]))
		from = min(gone[1], to)
	}
	b.WriteString(string(m.out[from:to]))
	return b.String()
}
