package commands

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Bounds of a reply, so that it fits any platform in one message.
const (
	maxEntries   = 20   // of a list
	maxListRunes = 2600 // of a list, addresses included
	maxTitle     = 150  // runes of an article's title
)

// Text returns the reply as plain text: bullets with a dot, links with their address behind, what fired between asterisks.
func (r Reply) Text() string {
	var b strings.Builder
	if r.Title != "" {
		b.WriteString(r.Title + "\n")
	}
	for _, l := range r.Lines {
		if l.Bullet {
			b.WriteString("• ")
		}
		b.WriteString(l.Text() + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// Text returns the line as plain text, without its bullet.
func (l Line) Text() string {
	var b strings.Builder
	for _, s := range l.Spans {
		switch {
		case s.Style == Link && s.URL != s.Text:
			b.WriteString(s.Text + " (" + s.URL + ")")
		case s.Style == Mark:
			b.WriteString("*" + s.Text + "*")
		default:
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

// length is how much of a message the line takes: its runes and the addresses of its links.
func (l Line) length() int {
	n := 0
	for _, s := range l.Spans {
		n += utf8.RuneCountInString(s.Text) + len(s.URL)
	}
	return n
}

// say makes a line of spans and strings; strings are plain.
func say(parts ...any) Line {
	var l Line
	for _, part := range parts {
		switch p := part.(type) {
		case Span:
			l.Spans = append(l.Spans, p)
		case []Span:
			l.Spans = append(l.Spans, p...)
		case string:
			if p != "" {
				l.Spans = append(l.Spans, Span{Text: p})
			}
		default:
			l.Spans = append(l.Spans, Span{Text: fmt.Sprint(p)})
		}
	}
	return l
}

// item is say as an entry of a list.
func item(parts ...any) Line {
	l := say(parts...)
	l.Bullet = true
	return l
}

func bold(s string) Span { return Span{Text: s, Style: Bold} }
func code(s string) Span { return Span{Text: s, Style: Code} }
func mark(s string) Span { return Span{Text: s, Style: Mark} }

// link is the title with its address; only bold where there is no address.
func link(title, url string) Span {
	title = cut(clean(title), maxTitle)
	if title == "" {
		title = url
	}
	if url == "" {
		return bold(title)
	}
	return Span{Text: title, Style: Link, URL: url}
}

func moment(t time.Time) Span {
	return Span{Text: t.UTC().Format("2 Jan 2006 15:04 UTC"), Style: Time, Unix: t.Unix()}
}

// some returns the first of the entries that fit, and how many more there are.
func some(entries []Line, most int) []Line {
	total := 0
	for i, l := range entries {
		total += l.length()
		if i == most || total > maxListRunes && i > 0 {
			return append(entries[:i:i], item("and "+count(len(entries)-i, "more", "more")))
		}
	}
	return entries
}

// count is "1 watch", "2 watches".
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
