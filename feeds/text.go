package feeds

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// plainText returns what a reader sees of an HTML fragment: no markup, blocks on lines of their own, at most one empty
// line between them. A tag that HTML does not know is text ("vector<int>"). Text without any tag keeps its line breaks.
// It works on tokens, not on a tree, so that nesting costs nothing.
func plainText(src string) string {
	if !strings.ContainsAny(src, "<&") {
		return tidy(src)
	}
	src = noComment(src)
	var r reading
	z := html.NewTokenizer(strings.NewReader(src))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if !r.tags {
				return tidy(html.UnescapeString(src))
			}
			return tidy(r.out.String())
		case html.TextToken:
			if r.skip == 0 {
				r.out.WriteString(flatten(string(z.Text())))
			}
		case html.CommentToken:
			r.tags = true
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			raw := string(z.Raw())
			name, _ := z.TagName()
			r.tag(raw, name)
		}
	}
}

// reading is a fragment as far as it was read.
type reading struct {
	out   strings.Builder
	tags  bool      // there was one
	skip  atom.Atom // the element that is open and whose inside is not text; 0 for none
	depth int       // how many of skip are open
	inner int       // how many math and svg elements are open: whatever is named inside of them is markup
}

// noComment escapes "<!" where no comment and no declaration begins: HTML would hide all up to the next bracket.
func noComment(src string) string {
	const open = "<!"
	if !strings.Contains(src, open) {
		return src
	}
	parts := strings.Split(src, open)
	var out strings.Builder
	out.WriteString(parts[0])
	for _, part := range parts[1:] {
		if strings.HasPrefix(part, "--") || strings.HasPrefix(part, "[") || len(part) >= 7 && strings.EqualFold(part[:7], "doctype") {
			out.WriteString(open)
		} else {
			out.WriteString("&lt;!")
		}
		out.WriteString(part)
	}
	return out.String()
}

// tag reads one tag, given as it stands and by its name.
func (r *reading) tag(raw string, name []byte) {
	a := element(name)
	if a == 0 && r.skip == 0 && r.inner == 0 && !foreign(name) {
		r.out.WriteString(raw)
		return
	}
	r.tags = true
	end, empty := strings.HasPrefix(raw, "</"), strings.HasSuffix(raw, "/>")
	r.enter(a, end, empty)
	switch {
	case r.skip == 0 && unseen(a) && !end && !empty:
		r.skip, r.depth = a, 1
	case r.skip == 0:
		r.out.WriteString(gap(a, end))
	case a == r.skip && end:
		if r.depth--; r.depth == 0 {
			r.skip = 0
		}
	case a == r.skip && !empty:
		r.depth++
	}
}

// enter counts the elements of mathematics and drawings, whose insides are markup that HTML does not know.
func (r *reading) enter(a atom.Atom, end, empty bool) {
	if a != atom.Math && a != atom.Svg {
		return
	}
	if end {
		r.inner = max(r.inner-1, 0)
	} else if !empty {
		r.inner++
	}
}

// element returns the HTML element of that name, which may have a prefix (xhtml:p); 0 if there is none.
func element(name []byte) atom.Atom {
	if _, local, ok := strings.Cut(string(name), ":"); ok {
		return atom.Lookup([]byte(local))
	}
	return atom.Lookup(name)
}

// foreign tells whether an unknown name still is markup: a custom element, a prefix that some editor left.
func foreign(name []byte) bool {
	for _, b := range name {
		if b == ':' || b == '-' {
			return true
		}
	}
	return false
}

// flatten makes white space of line breaks, as HTML does.
func flatten(s string) string {
	return strings.NewReplacer("\r", " ", "\n", " ", "\t", " ").Replace(s)
}

// unseen tells whether an element's inside is no text for readers.
func unseen(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Iframe, atom.Noembed, atom.Noframes, atom.Object, atom.Select:
		return true
	}
	return false
}

// gap returns what stands between the words on both sides of a tag.
func gap(a atom.Atom, end bool) string {
	switch a {
	case atom.Li, atom.Tr, atom.Dt, atom.Dd, atom.Option:
		if end {
			return ""
		}
		return "\n"
	case atom.Br:
		return "\n"
	case atom.P, atom.Div, atom.Ul, atom.Ol, atom.Dl, atom.Table, atom.Blockquote, atom.Pre, atom.Hr, atom.Section, atom.Article,
		atom.Header, atom.Footer, atom.Aside, atom.Nav, atom.Main, atom.Figure, atom.Figcaption, atom.Address, atom.Form,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return "\n\n"
	case atom.Td, atom.Th, atom.Img, atom.Video, atom.Audio:
		return " "
	}
	return ""
}
