package feeds

import (
	"slices"
	"strings"
)

// startTag reads a start tag, or an angle bracket that is none.
func (m *mender) startTag() bool {
	from := m.pos
	name := tagName(m.src[from+1:])
	gt := m.find(">", from)
	if name == "" || gt < 0 {
		m.pos++
		if len(m.stack) > 0 {
			m.out.WriteString("&lt;")
		}
		return true
	}
	m.pos = from + 1 + len(name)
	attributes, selfClosing := m.attributes()
	if m.elements += 1 + len(attributes)/2; m.elements > maxElements { // two attributes cost what an element does
		m.warn(warnElements)
		m.bounded = true
		return false
	}
	if len(m.stack) >= maxDepth {
		m.warn(warnDepth)
		return true
	}
	local := localName(name)
	if isItem(local) {
		if m.items++; m.items > maxItems {
			m.warn(warnItems)
			m.bounded = true
			return false
		}
	}
	switch {
	case m.channel && local == "items": // RSS 1.1 wraps its items
		return true
	case local == "title" && len(m.stack) > 1 && m.stack[len(m.stack)-1].name == name: // "<title>One<title>"
		m.warn(warnUnclosed)
		m.closeTo(len(m.stack) - 1)
		return true
	}
	m.closeLeaf(local)
	if isItem(local) && m.item > 0 {
		m.warn(warnUnclosed)
		m.closeTo(m.item)
	}
	if isItem(local) && m.pass(from, name, selfClosing) {
		return true
	}
	m.open(tag{name: name, as: name, attributes: attributes, selfClosing: selfClosing})
	return len(m.stack) > 0
}

// open writes the start tag.
func (m *mender) open(t tag) {
	namespaces := 0
	if n := len(m.stack); n > 0 {
		namespaces = m.stack[n-1].namespaces
	}
	m.adapt(&t)
	text := m.kindOf(&t)
	at := m.out.Len()
	m.out.WriteString("<" + t.as)
	m.begin(t.name, t.selfClosing)
	seen := make([]string, 0, 8)
	for _, a := range t.attributes {
		if slices.Contains(seen, a.name) || len(seen) >= maxAttributes {
			continue
		}
		if strings.HasPrefix(a.name, "xmlns") {
			if namespaces++; namespaces > maxNamespaces {
				continue
			}
		}
		seen = append(seen, a.name)
		m.out.WriteString(" " + a.name + `="` + quoter.Replace(a.value) + `"`)
	}
	m.out.WriteString(">" + t.after)
	if t.selfClosing {
		m.out.WriteString("</" + t.as + ">")
		return
	}
	m.stack = append(m.stack, openElement{name: t.name, as: t.as, namespaces: namespaces, at: at, text: text, based: t.based})
}

// quoter makes an attribute's value safe.
var quoter = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\n", " ", "\r", " ", "\t", " ") //nolint:gochecknoglobals // it never changes, and making it costs

// leaf tells whether an element of RSS or Atom holds text; one that is open when another element of an item begins was
// not closed by its author.
func leaf(name string) bool {
	switch name {
	case "title", "link", "guid", "pubdate", "updated", "published", "language", "lastbuilddate", "category", "description":
		return true
	}
	return false
}

// closeLeaf closes a leaf that the coming element can't be part of.
func (m *mender) closeLeaf(coming string) {
	n := len(m.stack)
	if n < 2 {
		return
	}
	inside := localName(m.stack[n-1].name)
	if !leaf(inside) || inside == coming && inside != "title" {
		return
	}
	switch coming {
	case "link", "author", "category", "comments", "enclosure", "source", "published", "updated", "summary", "content", "id":
		if inside == "description" || !m.own(m.stack[n-1].name) {
			return // HTML
		}
	case "item", "entry", "guid", "pubdate", "description", "channel":
	default:
		return
	}
	m.warn(warnUnclosed)
	m.closeTo(n - 1)
}

// endTag closes the innermost element of that name and what is open inside it; it returns false where the root ends.
func (m *mender) endTag() bool {
	from := m.pos
	name := tagName(m.src[from+2:])
	gt := m.find(">", from)
	if name == "" || gt < 0 {
		m.pos += 2
		if len(m.stack) > 0 {
			m.out.WriteString("&lt;/")
		}
		return true
	}
	m.pos = gt + 1
	if next := strings.IndexByte(m.src[from+1:gt], '<'); next >= 0 {
		m.pos = from + 1 + next // "</title<link>": the bracket was forgotten
	}
	for i := len(m.stack) - 1; i >= 0; i-- {
		if strings.EqualFold(m.stack[i].name, name) {
			if i < len(m.stack)-1 {
				m.warn(warnUnclosed)
			}
			m.closeTo(i)
			return i > 0
		}
	}
	if m.channel && localName(name) == "items" {
		return true
	}
	m.warn("The feed has end tags without a beginning; they were dropped.")
	return true
}

// closeTo closes all but the outermost n elements.
func (m *mender) closeTo(n int) {
	for i := len(m.stack) - 1; i >= n; i-- {
		m.out.WriteString("</" + m.stack[i].as + ">")
	}
	m.stack = m.stack[:n]
	m.end()
}

type attribute struct{ name, value string }

// attributes reads up to and with the tag's closing bracket. Quotes may be missing; one that is never closed ends at
// the bracket.
func (m *mender) attributes() (list []attribute, selfClosing bool) {
	for m.pos < len(m.src) {
		switch m.src[m.pos] {
		case '>':
			m.pos++
			return list, m.src[m.pos-2] == '/'
		case '<': // the closing bracket was forgotten
			m.warn("The feed has tags that are not closed; they were mended.")
			return list, m.src[m.pos-1] == '/'
		}
		name := tagName(m.src[m.pos:])
		if name == "" {
			m.pos++
			continue
		}
		m.pos += len(name)
		value := m.value()
		if len(value) > maxValue {
			value = strings.ToValidUTF8(value[:maxValue], "")
		}
		if len(list) < maxAttributes*2 {
			list = append(list, attribute{name, m.plain(value)})
		}
	}
	return list, false
}

// value reads what follows an attribute's name.
func (m *mender) value() string {
	rest := m.src[m.pos:]
	trimmed := strings.TrimLeft(rest, " \t\r\n")
	if !strings.HasPrefix(trimmed, "=") {
		return ""
	}
	trimmed = strings.TrimLeft(trimmed[1:], " \t\r\n")
	m.pos = len(m.src) - len(trimmed)
	if trimmed == "" {
		return ""
	}
	if q := trimmed[:1]; q == `"` || q == "'" {
		if end := m.find(q, m.pos+1); end >= 0 {
			value := m.src[m.pos+1 : end]
			m.pos = end + 1
			return value
		}
		from := m.pos + 1
		m.pos = max(m.find(">", from), from)
		return m.src[from:m.pos]
	}
	n := strings.IndexAny(trimmed, " \t\r\n><")
	if n < 0 {
		n = len(trimmed)
	}
	m.pos += n
	return strings.TrimSuffix(trimmed[:n], "/")
}

// tagName returns the name at the beginning of s: ASCII letters, digits, and -_.: after a letter or underscore, with at
// most one colon; "" if there is none.
func tagName(s string) string {
	colon := false
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_':
		case i > 0 && (c >= '0' && c <= '9' || c == '-' || c == '.'):
		case i > 0 && c == ':' && !colon:
			colon = true
		default:
			return s[:i]
		}
	}
	return s
}

// localName returns the name without prefix, in lower case.
func localName(name string) string {
	if _, local, ok := strings.Cut(name, ":"); ok {
		name = local
	}
	return strings.ToLower(name)
}
