package feeds

import (
	"html"
	"slices"
	"strings"
)

// A textKind says how the text of an element is to be written, so that what gofeed makes of it is HTML.
type textKind int

const (
	noText   textKind = iota // the element holds no text for readers
	loose                    // HTML, escaped once: gofeed resolves that
	inner                    // text of an element inside of loose text: it is resolved once too often
	literal                  // text that is no HTML
	markup                   // XHTML, which gofeed takes as it stands
	encoded                  // base64
	nonsense                 // a picture or the like: no text at all
)

// kindOf returns the kind of text in the element that a tag opens, and mends its attributes so that gofeed knows it too.
func (m *mender) kindOf(t *tag) textKind {
	if n := len(m.stack); n > 0 && m.stack[n-1].text != noText {
		outside := m.stack[n-1].text
		if outside == loose || outside == literal {
			return inner
		}
		return outside
	}
	local := localName(t.name)
	if !holdsText(local) || !m.own(t.name) && t.name != "content:encoded" {
		return noText
	}
	if m.root != "feed" || !isText(local) {
		return loose
	}
	kind, as := atomText(strings.ToLower(strings.TrimSpace(t.attribute("type"))), strings.ToLower(strings.TrimSpace(t.attribute("mode"))))
	if as == "" {
		if m.plainly(t) {
			return literal
		}
		return loose
	}
	t.attributes = slices.DeleteFunc(t.attributes, func(a attribute) bool { return a.name == "type" || a.name == "mode" })
	t.attributes = append(t.attributes, attribute{"type", as})
	if kind == encoded {
		t.attributes = append(t.attributes, attribute{"mode", "base64"})
	}
	return kind
}

func holdsText(local string) bool {
	return isText(local) || local == "description" || local == "encoded" || local == "body" || local == "fullitem"
}

// isText tells whether an element of Atom is a text construct (RFC 4287, section 3.1; Atom 0.3, section 3.1).
func isText(local string) bool {
	switch local {
	case "title", "subtitle", "tagline", "summary", "content", "rights", "copyright", "info":
		return true
	}
	return false
}

// atomText returns the kind of text that Atom's attributes mean, and the type that tells gofeed of it; "" where they are
// absent. Atom 0.3 has a mode beside a media type, Atom 1.0 a word or a media type.
func atomText(kind, mode string) (text textKind, as string) {
	kind, _, _ = strings.Cut(kind, ";")
	xml := strings.Contains(kind, "xml") || kind == "xhtml"
	switch {
	case mode == "base64", kind == "application/octet-stream":
		return encoded, "application/octet-stream"
	case kind == "text" || kind == "text/plain":
		return literal, "text"
	case xml && mode != "escaped":
		return markup, "xhtml"
	case kind == "html", kind == "text/html", mode == "escaped", xml:
		return loose, "html"
	case strings.HasPrefix(kind, "text/"):
		return literal, "text"
	case strings.Contains(kind, "/"):
		return nonsense, "text"
	}
	return loose, ""
}

// plainly tells whether the text of an element without type has brackets and none of them is meant as HTML: no tag is
// closed and nothing is escaped in it.
func (m *mender) plainly(t *tag) bool {
	end := m.find("<", m.pos)
	if t.selfClosing || end < 0 || !strings.HasPrefix(m.src[end:], "</") {
		return false
	}
	raw := m.src[m.pos:end]
	if !strings.Contains(raw, "&") {
		return false
	}
	plain := m.plain(raw)
	return strings.Contains(plain, "<") && !strings.Contains(plain, "</") && !strings.Contains(plain, "/>") && html.UnescapeString(plain) == plain
}

// kind returns the kind of the text that is being read.
func (m *mender) kind() textKind {
	if n := len(m.stack); n > 0 {
		return m.stack[n-1].text
	}
	return noText
}

// twice escapes text for two readings.
var twice = strings.NewReplacer("&", "&amp;amp;", "<", "&amp;lt;", ">", "&amp;gt;") //nolint:gochecknoglobals // it never changes

const cdataStart = "<![CDATA["

// section consumes a CDATA section and returns what is in it. One that is not closed before the next begins ends where
// its element does, else it would take the items between for its text.
func (m *mender) section() string {
	from := m.pos + len(cdataStart)
	end := m.find("]]>", from)
	if next := m.find(cdataStart, from); next < 0 || end >= 0 && end < next {
		return m.until(cdataStart, "]]>", true)
	}
	if n := len(m.stack); n > 0 {
		next := m.find(cdataStart, from)
		if tag := strings.Index(m.src[from:next], "</"+m.stack[n-1].name); tag >= 0 {
			m.warn(warnUnclosed)
			m.pos = from + tag
			return m.src[from:m.pos]
		}
	}
	return m.until(cdataStart, "]]>", true)
}

// cdata writes what stood in a CDATA section.
func (m *mender) cdata(inside string) {
	inside = m.bounds(inside)
	switch m.kind() {
	case literal:
		m.out.WriteString(twice.Replace(inside))
	case encoded:
		m.out.WriteString(strings.Join(strings.Fields(escapeText(strings.ReplaceAll(inside, "<", ""))), ""))
	case nonsense:
	default:
		m.out.WriteString("<![CDATA[" + inside + "]]>")
	}
}

// maxRun bounds one stretch of text in bytes, before it is made plain: what is kept of an article is shorter. gofeed takes
// several times as much memory.
const maxRun = 2 << 20

// bounds cuts what is too long to be kept, and drops what is too long for a date or one date too many, for gofeed tries
// each of them in all its forms.
func (m *mender) bounds(s string) string {
	if n := len(m.stack); n > 0 && isDateName(m.stack[n-1].name) && strings.TrimSpace(s) != "" {
		if m.dates++; m.dates > maxDates {
			m.warn(warnDates)
			return ""
		}
		if len(s) > maxDate {
			return ""
		}
	}
	if len(s) > maxRun {
		s = strings.ToValidUTF8(s[:maxRun], "")
	}
	return s
}

// isDateName tells whether an element of that name holds a date.
func isDateName(name string) bool {
	switch localName(name) {
	case "pubdate", "lastbuilddate", "published", "issued", "updated", "modified", "created", "date":
		return true
	}
	return false
}

// special writes text of the kinds that are not written as they stand; false if it is none.
func (m *mender) special(s string) bool {
	switch m.kind() {
	case literal, inner:
		m.out.WriteString(twice.Replace(m.plain(s)))
	case encoded:
		m.out.WriteString(strings.Join(strings.Fields(strings.ReplaceAll(s, "&", "")), ""))
	case nonsense:
	default:
		return false
	}
	return true
}
