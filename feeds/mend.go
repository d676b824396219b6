package feeds

import (
	"html"
	"net/url"
	"strings"
	"unicode/utf8"
)

// The bounds of a document (PROMISES P8). What goes beyond them is left out, with a warning.
const (
	maxItems      = 2000
	maxDepth      = 256
	maxElements   = 100_000
	maxDates      = 4 * maxItems
	maxAttributes = 64       // of one element
	maxValue      = 64 << 10 // bytes of one attribute
	maxNamespaces = 64       // in scope at once
	maxEntities   = 100
	maxEntityText = 200       // bytes of one declared entity
	maxExpansion  = 256 << 10 // bytes that declared entities may add in all
)

const (
	warnForbidden = "The feed has characters that XML forbids; they were dropped."
	warnUnclosed  = "The feed has elements that are not closed; they were mended."
)

// A mender rewrites what is meant as XML as well-formed XML 1.0 without document type, comments and processing
// instructions, within bounds: tags are balanced, stray ampersands and angle brackets escaped, entities that nobody
// declared resolved, attributes quoted, characters that XML forbids dropped. It reads once, in linear time.
type mender struct {
	src      string
	pos      int
	out      strings.Builder
	stack    []openElement
	entities map[string]string // declared in the document type, plain text
	next     map[string]span   // where delimiters were found last, so that no stretch is searched twice
	root     string            // the outermost element's name
	prefix   string            // and its prefix
	channel  bool              // the outermost element was a channel: perhaps CDF
	base     *url.URL          // where the feed came from, or nil
	items    int
	elements int
	dates    int
	expanded int      // bytes that declared entities have added
	bounded  bool     // a bound ended the reading
	item     int      // where the outermost open item is in stack; 0 for none
	parts    []string // of that item so far: its elements' names
	whole    []string // of the last item that was read whole
	warnings []string
	warned   map[string]bool
	sieve    *sieve // nil reads all
}

// A span says that a delimiter's first occurrence from one position on is at another; at is -1 if there is none.
type span struct{ from, at int }

type openElement struct {
	name, as   string // as it was read, and as it was written
	namespaces int    // in scope
	at         int    // where its start tag is in what was written
	text       textKind
	based      bool // it, or what is around it, has a base
}

// mendXML returns the well-formed document and what had to be done for it. What the sieve knows is left out.
func mendXML(src string, channel bool, base *url.URL, known *sieve) (doc string, warnings []string) {
	m := &mender{
		src: strings.Map(legal, src), entities: map[string]string{}, next: map[string]span{}, warned: map[string]bool{}, channel: channel, base: base,
		sieve: known,
	}
	if m.src != src {
		m.warn(warnForbidden)
	}
	m.out.Grow(min(len(m.src), 1<<20) + 1024)
	for m.pos < len(m.src) && m.step() {
	}
	if len(m.stack) > 0 {
		m.leaveOut()
	}
	m.closeTo(0)
	return m.out.String(), m.warnings
}

// legal drops what is no Char of XML 1.0 (section 2.2).
func legal(r rune) rune {
	switch {
	case r == '\t', r == '\n', r == '\r', r >= 0x20 && r <= 0xD7FF, r >= 0xE000 && r <= 0xFFFD, r >= 0x10000:
		return r
	}
	return -1
}

func (m *mender) warn(s string) {
	if !m.warned[s] {
		m.warned[s] = true
		m.warnings = append(m.warnings, s)
	}
}

// step reads the text up to the next tag and the tag; it returns false at the end of the root and at a bound.
func (m *mender) step() bool {
	rest := m.src[m.pos:]
	if rest[0] != '<' {
		n := strings.IndexByte(rest, '<')
		if n < 0 {
			n = len(rest)
		}
		m.text(rest[:n])
		m.pos += n
		return true
	}
	switch {
	case strings.HasPrefix(rest, cdataStart):
		inside := m.section()
		if len(m.stack) > 0 {
			m.cdata(inside)
		}
	case strings.HasPrefix(rest, "<!--"):
		m.until("<!--", "-->", false)
	case strings.HasPrefix(rest, "<?"):
		m.until("<?", "?>", false)
	case strings.HasPrefix(rest, "<!") && len(m.stack) == 0:
		m.docType()
	case strings.HasPrefix(rest, "<!"):
		m.until("<!", ">", false)
	case strings.HasPrefix(rest, "</"):
		return m.endTag()
	default:
		return m.startTag()
	}
	return true
}

// until consumes from the opening to the closing delimiter and returns what is between. Without a closing one it takes
// all the rest (greedy), or the opening alone.
func (m *mender) until(open, end string, greedy bool) string {
	from := m.pos + len(open)
	n := m.find(end, from)
	switch {
	case n >= 0:
		m.pos = n + len(end)
		return m.src[from:n]
	case greedy:
		m.pos = len(m.src)
		return m.src[from:]
	}
	m.pos = from
	return ""
}

// find returns the position of sep at or after from, -1 if there is none.
func (m *mender) find(sep string, from int) int {
	if last, ok := m.next[sep]; ok && from >= last.from && (from <= last.at || last.at < 0) {
		return last.at
	}
	at := strings.Index(m.src[from:], sep)
	if at >= 0 {
		at += from
	}
	m.next[sep] = span{from, at}
	return at
}

// text writes character data; outside the root there is none.
func (m *mender) text(s string) {
	if s = m.bounds(s); len(m.stack) == 0 || m.special(s) {
		return
	}
	for {
		amp := strings.IndexByte(s, '&')
		if amp < 0 {
			m.out.WriteString(escapeText(s))
			return
		}
		m.out.WriteString(escapeText(s[:amp]))
		s = s[amp:]
		ref, plain, ok := m.reference(s)
		switch {
		case !ok:
			m.out.WriteString("&amp;")
		case !strings.HasPrefix(ref, "&#") && plain == html.UnescapeString(ref):
			m.out.WriteString(ref) // gofeed resolves it
		default:
			m.out.WriteString(html.EscapeString(plain))
		}
		s = s[len(ref):]
	}
}

func escapeText(s string) string {
	if strings.Contains(s, "]]>") {
		s = strings.ReplaceAll(s, "]]>", "]]&gt;")
	}
	return s
}

// reference reads the entity or character reference that s begins with: as written, and its text, "" if that is a
// character which XML forbids. The numbers 128 to 159 mean Windows-1252, as in HTML. ok is false for an ampersand that is
// only an ampersand.
func (m *mender) reference(s string) (ref, plain string, ok bool) {
	const longest = 40
	end := strings.IndexByte(s[:min(len(s), longest)], ';')
	if end < 2 {
		return s[:1], "&", false
	}
	ref = s[:end+1]
	if strings.ContainsAny(ref[1:], "& \t\r\n") {
		return s[:1], "&", false
	}
	if plain, ok = m.entities[ref[1:end]]; ok {
		if m.expanded += len(plain); m.expanded > maxExpansion {
			return s[:1], "&", false // many times a short text is a long one
		}
		return ref, plain, true
	}
	switch ref { // HTML 5 has other brackets than XHTML 1 and HTML 4 had, whose names these are in XML
	case "&lang;":
		return ref, "\u2329", true
	case "&rang;":
		return ref, "\u232a", true
	}
	plain = html.UnescapeString(ref)
	if plain == ref || plain == html.UnescapeString(ref[:end])+";" {
		return s[:1], "&", false
	}
	return ref, m.allowed(plain), true
}

// allowed returns what a reference resolves to without characters that XML forbids, which html makes U+FFFD of in part.
func (m *mender) allowed(s string) string {
	kept := strings.Map(func(r rune) rune {
		if r == utf8.RuneError {
			return -1
		}
		return legal(r)
	}, s)
	if kept != s {
		m.warn(warnForbidden)
	}
	return kept
}

// plain returns text with its references resolved.
func (m *mender) plain(s string) string {
	var out strings.Builder
	for {
		amp := strings.IndexByte(s, '&')
		if amp < 0 {
			out.WriteString(s)
			return out.String()
		}
		out.WriteString(s[:amp])
		ref, plain, _ := m.reference(s[amp:])
		out.WriteString(plain)
		s = s[amp+len(ref):]
	}
}

// docType consumes a document type and keeps its short plain entities. Nothing is ever expanded twice or fetched.
func (m *mender) docType() {
	from, gt := m.pos, m.find(">", m.pos)
	if gt < 0 {
		m.pos = len(m.src)
		return
	}
	m.pos = gt + 1
	if strings.IndexByte(m.src[from:gt], '[') < 0 {
		return
	}
	end := m.find("]", from)
	if end < 0 {
		return
	}
	m.pos = end + 1
	if gt := m.find(">", end); gt >= 0 {
		m.pos = gt + 1
	}
	for _, declaration := range strings.Split(m.src[from:end], "<!ENTITY")[1:] {
		name, rest, _ := strings.Cut(strings.TrimSpace(declaration), " ")
		rest = strings.TrimSpace(rest)
		if len(m.entities) >= maxEntities || rest == "" || rest[0] != '"' && rest[0] != '\'' {
			continue
		}
		value, _, ok := strings.Cut(rest[1:], rest[:1])
		if ok && len(value) <= maxEntityText && !strings.ContainsAny(value, "%<") {
			m.entities[name] = m.allowed(html.UnescapeString(value))
		}
	}
}
