package discord

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/idna"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/commands"
)

// A style is how a run of text is drawn.
type style int

const (
	plain style = iota
	bold
	code
	link
	moment // text is ignored
	raw    // our own mark-up: drawn as it is, never cut
)

// A run is text in one style. Its text is untrusted, but for raw.
type run struct {
	text  string
	style style
	url   string // of a link
	unix  int64  // of a moment
}

// draw writes the run as mark-up.
func (r run) draw(lineStart bool) string {
	switch r.style {
	case raw:
		return r.text
	case moment:
		return fmt.Sprintf("<t:%d:f>", r.unix)
	}
	if strings.TrimFunc(r.text, unicode.IsSpace) == "" {
		return r.text // mark-up around nothing would be read as itself
	}
	switch r.style {
	case bold:
		return "**" + escape(r.text, false) + "**"
	case code:
		switch {
		case strings.Contains(r.text, "`"): // nothing can be escaped inside code
		case strings.Contains(r.text, "\n"):
			return "```\n" + r.text + "\n```"
		default:
			return "`" + r.text + "`"
		}
	case link:
		if address := webURL(r.url); address != "" {
			return "[" + escape(r.text, false) + "](<" + address + ">)"
		}
	}
	return escape(r.text, lineStart)
}

// write draws runs into at most most units. What does not fit is returned, its first run cut at the end of a grapheme;
// rest is nil if all fits. A run that can't be cut moves to the rest whole.
func write(runs []run, most int) (drawn string, rest []run) {
	var b strings.Builder
	left := most
	for i, r := range runs {
		lineStart := begins(b.String())
		s := r.draw(lineStart)
		if units(s) <= left {
			b.WriteString(s)
			left -= units(s)
			continue
		}
		if r.style == raw || r.style == moment {
			return b.String(), runs[i:]
		}
		kept, over := take(r.text, left, func(text string) string {
			part := r
			part.text = text
			return part.draw(lineStart)
		})
		if kept != "" {
			part := r
			part.text = kept
			b.WriteString(part.draw(lineStart))
		}
		r.text = over
		return b.String(), append([]run{r}, runs[i+1:]...)
	}
	return b.String(), nil
}

// begins tells whether what follows s begins a line, where more characters have a meaning: blanks and the mark of a list
// do not count.
func begins(s string) bool {
	last := strings.TrimLeft(s[strings.LastIndexByte(s, '\n')+1:], " ")
	return strings.Trim(strings.TrimPrefix(last, "- "), " ") == ""
}

// fit draws runs into at most most units, with an ellipsis where something is missing. A link that does not fit by itself
// is drawn as its text.
func fit(runs []run, most int) string {
	for i, r := range runs {
		if r.style == link && units(r.draw(false)) > most {
			runs = slices.Clone(runs)
			runs[i].style = plain
		}
	}
	drawn, rest := write(runs, most)
	if rest == nil {
		return drawn
	}
	drawn, _ = write(runs, most-units(ellipsis))
	return strings.TrimRightFunc(drawn, unicode.IsSpace) + ellipsis
}

// webURL returns an address that is safe inside mark-up: absolute http(s) with a host and no white space, what could end
// a link percent-encoded, a host in other letters as ASCII; "" for any other, and for one that is too long.
func webURL(s string) string {
	s = strings.TrimSpace(s)
	u, err := url.Parse(s)
	if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" || strings.IndexFunc(s, unicode.IsSpace) >= 0 {
		return ""
	}
	if host := u.Hostname(); strings.IndexFunc(host, func(r rune) bool { return r > unicode.MaxASCII }) >= 0 {
		ascii, err := idna.Lookup.ToASCII(host)
		if err != nil {
			return ""
		}
		u.Host = strings.Replace(u.Host, host, ascii, 1)
	}
	u.User = nil
	var b strings.Builder
	for _, c := range []byte(u.String()) {
		if c <= ' ' || c >= 0x7f || strings.IndexByte("<>()\\\"`|", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
			continue
		}
		b.WriteByte(c)
	}
	if b.Len() > maxURL {
		return ""
	}
	return b.String()
}

// runsOf turns a line of a reply in workspace w into runs.
func runsOf(w alerts.Workspace, l commands.Line) []run {
	var runs []run
	if l.Bullet {
		runs = append(runs, run{text: "- ", style: raw})
	}
	for _, s := range l.Spans {
		r := run{text: strip(s.Text), url: s.URL, unix: s.Unix}
		switch s.Style {
		case commands.Bold, commands.Mark:
			r.style = bold
		case commands.Code:
			r.style = code
		case commands.Link:
			r.style = link
		case commands.Time:
			r.style = moment
		case commands.Place:
			if c := alerts.Channel(s.Text); c.Workspace() == w && snowflake(c.ID()) {
				r = run{text: "<#" + c.ID() + ">", style: raw}
			}
		}
		runs = append(runs, r)
	}
	return runs
}

// snowflake tells whether s has the form of one of the vendor's ids.
func snowflake(s string) bool {
	return s != "" && len(s) <= 20 && strings.Trim(s, "0123456789") == ""
}
