package feeds

import (
	"net/url"
	"slices"
	"strings"
)

// The namespaces of what is read (RFC 4287; Atom 0.3; RSS 1.0; its modules for content and Dublin Core).
const (
	atom10     = "http://www.w3.org/2005/Atom"
	atom03     = "http://purl.org/atom/ns#"
	rss10      = "http://purl.org/rss/1.0/"
	nsContent  = "http://purl.org/rss/1.0/modules/content/"
	nsDublin   = "http://purl.org/dc/elements/1.1/"
	nsTerms    = "http://purl.org/dc/terms/"
	nsNetscape = "netscape.com/rdf/simple/0.9"
)

// A tag is a start tag as it will be written: under another name than it was read, perhaps, and with elements right
// behind it.
type tag struct {
	name, as    string
	attributes  []attribute
	after       string
	selfClosing bool
	based       bool // it, or what is around it, has a base
}

func (t *tag) attribute(name string) string {
	for _, a := range t.attributes {
		if strings.EqualFold(a.name, name) {
			return a.value
		}
	}
	return ""
}

// without drops an attribute.
func (t *tag) without(name string) {
	t.attributes = slices.DeleteFunc(t.attributes, func(a attribute) bool { return a.name == name })
}

// add writes an element behind the start tag.
func (t *tag) add(name, attributes, text string) {
	if text = strings.TrimSpace(text); text != "" {
		t.after += "<" + name + attributes + ">" + quoter.Replace(text) + "</" + name + ">"
	}
}

// adapt makes of an element that gofeed would overlook one that it reads.
func (m *mender) adapt(t *tag) {
	local, parent := localName(t.name), ""
	if n := len(m.stack); n > 0 {
		parent = localName(m.stack[n-1].name)
	} else {
		m.root, m.prefix = local, prefixOf(t.name)
	}
	m.namespaces(t, local)
	t.based = len(m.stack) > 0 && m.stack[len(m.stack)-1].based
	for i, a := range t.attributes {
		if a.name == "xml:base" {
			t.attributes[i].value = m.directory(a.value, t.based)
			t.based = true
		}
	}
	if isItem(local) || local == "channel" {
		t.add("dc:language", ` xmlns:dc="`+nsDublin+`"`, t.attribute("xml:lang"))
	}
	m.rename(t, local, parent)
}

// rename gives a tag the name, or the elements behind it, that gofeed reads.
func (m *mender) rename(t *tag, local, parent string) {
	holder := local == "item" || local == "channel"
	switch {
	case m.root == "feed":
		m.renameAtom(t, local, parent)
	case m.channel && holder: // CDF keeps in attributes what RSS has in elements
		t.add("link", "", t.attribute("href"))
		t.add("atom:updated", ` xmlns:atom="`+atom10+`"`, t.attribute("lastmod"))
	case m.channel && local == "abstract":
		t.as = "description"
	case m.root == "rdf" && local == "item":
		t.add("guid", "", t.attribute("rdf:about"))
	case parent == "item" && local == "body":
		t.without("xmlns")
		t.as, t.attributes = "content:encoded", append(t.attributes, attribute{"xmlns:content", nsContent})
	}
}

func (m *mender) renameAtom(t *tag, local, parent string) {
	switch {
	case parent == "entry" && local == "created":
		t.without("xmlns")
		t.as, t.attributes = "dcterms:created", append(t.attributes, attribute{"xmlns:dcterms", nsTerms})
	case local == "link" && m.own(t.name) && !t.selfClosing && t.attribute("href") == "":
		if end := m.find("<", m.pos); end >= 0 { // as RSS has it
			t.attributes = append(t.attributes, attribute{"href", strings.TrimSpace(m.plain(m.src[m.pos:end]))})
		}
	}
}

// own tells whether an element has the prefix of the root: it is the format's own, not of an extension.
func (m *mender) own(name string) bool { return prefixOf(name) == m.prefix }

func prefixOf(name string) string {
	prefix, _, ok := strings.Cut(name, ":")
	if !ok {
		return ""
	}
	return prefix
}

// namespaces mends the declarations on the elements that make a feed: drafts and slips of the pen name others, and gofeed
// takes what is in another namespace for an extension.
func (m *mender) namespaces(t *tag, local string) {
	root := len(m.stack) == 0
	for i, a := range t.attributes {
		switch {
		case root && local == "feed" && (a.name == "xmlns" && m.prefix == "" || a.name == "xmlns:"+m.prefix) && a.value != atom03:
			t.attributes[i].value = atom10
		case root && local == "rdf" && a.name == "xmlns" && !strings.Contains(a.value, nsNetscape):
			t.attributes[i].value = rss10
		}
	}
	if root && local == "rss" || local == "channel" || isItem(local) {
		t.without("xmlns")
	}
}

// directory returns a base as RFC 3986, section 5.2.3, merges with it: up to the last slash of its path. gofeed would take
// the file for a directory. The outermost base is made absolute.
func (m *mender) directory(base string, inside bool) string {
	u, err := url.Parse(strings.TrimSpace(base))
	if err != nil || u.Opaque != "" {
		return ""
	}
	if !inside && m.base != nil {
		u = m.base.ResolveReference(u)
	}
	u.RawQuery, u.Fragment, u.RawFragment = "", "", ""
	u.Path = u.Path[:strings.LastIndexByte(u.Path, '/')+1]
	u.RawPath = u.RawPath[:strings.LastIndexByte(u.RawPath, '/')+1]
	return u.String()
}
