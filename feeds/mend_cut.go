package feeds

import (
	"slices"
	"strings"
)

// maxParts bounds how many kinds of elements of one item are remembered.
const maxParts = 64

func isItem(local string) bool { return local == "item" || local == "entry" }

// begin notes where an item begins and what it is made of.
func (m *mender) begin(name string, selfClosing bool) {
	n := len(m.stack)
	switch {
	case m.item == 0:
		if n > 0 && !selfClosing && isItem(localName(name)) {
			m.item, m.parts = n, nil
		}
	case n == m.item+1 && len(m.parts) < maxParts && !slices.Contains(m.parts, name):
		m.parts = append(m.parts, name)
	}
}

// end notes that the item has ended, if it has.
func (m *mender) end() {
	if m.item > 0 && len(m.stack) <= m.item {
		m.item, m.whole = 0, m.parts
		m.ended()
	}
}

// leaveOut takes back what is open where the text ends or a bound stops it, but for what holds items: an item that lacks
// its end would be an article with half an address, and be another article when it comes whole.
func (m *mender) leaveOut() {
	keep, warning := 1, warnEnds
	switch {
	case m.item > 0 && m.isWhole():
		keep = m.item + 1
	case m.item > 0:
		keep, warning = m.item, warnHalf
	case len(m.stack) > 1 && localName(m.stack[1].name) == "channel":
		keep = 2
	}
	if !m.bounded {
		m.warn(warning)
	}
	if len(m.stack) > keep {
		rest := m.out.String()[:m.stack[keep].at]
		m.out.Reset()
		m.out.WriteString(rest)
		m.stack = m.stack[:keep]
	}
}

// isWhole tells whether only its end tag is missing of the item that is open: all its elements are closed, and it has
// all that the one before it has. Of a first item nobody can tell.
func (m *mender) isWhole() bool {
	if m.bounded || len(m.stack) != m.item+1 {
		return false
	}
	tail := strings.TrimSpace(m.src[strings.LastIndexByte(m.src, '>')+1:])
	if strings.HasPrefix(tail, "</") {
		return true
	}
	if tail != "" || len(m.whole) == 0 {
		return false
	}
	for _, name := range m.whole {
		if !slices.Contains(m.parts, name) {
			return false
		}
	}
	return true
}
