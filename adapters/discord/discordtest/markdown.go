package discordtest

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// A Reading is a marked-up text as a client shows it.
type Reading struct {
	Text    string   // what is seen; a quote, heading or list without its marks
	Links   []string // what a click opens
	Effects []string // everything that is more than plain text: "bold", "link", "mention", "emoji", …
}

// Read reads mark-up as Discord's clients do, and where they differ, as the strictest: whatever one of them takes for
// more than text is an effect here.
// https://support.discord.com/hc/en-us/articles/210298617
func Read(s string) Reading {
	p := &reader{}
	p.read(s, true)
	return Reading{Text: p.text.String(), Links: p.links, Effects: p.effects}
}

type reader struct {
	text    strings.Builder
	links   []string
	effects []string
}

func (p *reader) effect(e string) { p.effects = append(p.effects, e) }

// The marks, as the vendor's clients know them.
var (
	codeBlock  = regexp.MustCompile("(?s)^```(?:[a-z0-9_+.#-]*\n)?(.+?)\n?```")
	codeSpan   = regexp.MustCompile("(?s)^(?:``(.+?)``|`([^`]+)`)")
	mention    = regexp.MustCompile(`^<(?:@[!&]?|#)(\d+)>`)
	ownEmoji   = regexp.MustCompile(`^<a?(:\w+:)\d+>`)
	timestamp  = regexp.MustCompile(`^<t:(-?\d+)(?::[tTdDfFRsS])?>`)
	command    = regexp.MustCompile(`^<(/[^:<>\n]+):\d+>`)
	guide      = regexp.MustCompile(`^<id:(\w+(?::\d+)?)>`)
	angleLink  = regexp.MustCompile(`(?i)^<((?:https?|discord|mailto|tel|sms|steam)://?[^ >\n]+|mailto:[^ >]+|tel:[^ >]+)>`)
	angleMail  = regexp.MustCompile(`^<([^\s<>@]+@[^\s<>@]+\.[^\s<>@]+|\+\d+)>`)
	toAll      = regexp.MustCompile(`^(@everyone|@here)`)
	shortEmoji = regexp.MustCompile(`^(:[^\s:]+:)`)
	bareLink   = regexp.MustCompile(`(?i)^((?:https?|steam|discord)://[^\s<]+[^<.,:;"'\]\s])`)
	maskedLink = regexp.MustCompile(`^\(\s*<?([^\s>)]*)>?(?:\s+["'][^"']*["'])?\s*\)`)

	quote   = regexp.MustCompile(`^ *>(?:>>)? `)
	heading = regexp.MustCompile(`^ *#{1,3} +`)
	small   = regexp.MustCompile(`^ *-# +`)
	list    = regexp.MustCompile(`^ *(?:[-*]|\d+\.) +`)
)

// A form is how a mark is written, and what it does.
type form struct {
	effect string
	as     *regexp.Regexp
}

// inline are the marks that stand alone, in the order in which they are tried.
func inline() []form {
	return []form{
		{"code block", codeBlock},
		{"code", codeSpan},
		{"mention", mention},
		{"emoji", ownEmoji},
		{"time", timestamp},
		{"command", command},
		{"guide", guide},
		{"link", angleLink},
		{"link", angleMail},
		{"everyone", toAll},
		{"emoji", shortEmoji},
		{"link", bareLink},
	}
}

// starts are the marks at the beginning of a line.
func starts() []form {
	return []form{{"quote", quote}, {"heading", heading}, {"small", small}, {"list", list}}
}

// around are the marks around a text.
func around() [][2]string {
	return [][2]string{{"spoiler", "||"}, {"strike", "~~"}, {"bold", "**"}, {"underline", "__"}, {"italic", "*"}, {"italic", "_"}}
}

// read reads s; lineStart says that it begins a line.
func (p *reader) read(s string, lineStart bool) {
	for s != "" {
		if lineStart {
			lineStart = false
			if n := p.lineMark(s); n > 0 {
				s = s[n:]
				lineStart = true // a heading in a quote
				continue
			}
		}
		n := p.escaped(s)
		if n == 0 {
			n = p.alone(s)
		}
		if n == 0 {
			n = p.masked(s)
		}
		if n == 0 {
			n = p.wrapped(s)
		}
		if n == 0 {
			r, size := utf8.DecodeRuneInString(s)
			p.text.WriteString(s[:size])
			lineStart, n = r == '\n', size
		}
		s = s[n:]
	}
}

func (p *reader) lineMark(s string) int {
	for _, m := range starts() {
		if loc := m.as.FindStringIndex(s); loc != nil {
			p.effect(m.effect)
			return loc[1]
		}
	}
	return 0
}

// escaped reads a backslash before a character that is no letter, digit or space.
func (p *reader) escaped(s string) int {
	if s[0] != '\\' || len(s) < 2 {
		return 0
	}
	r, size := utf8.DecodeRuneInString(s[1:])
	if unicode.IsSpace(r) || r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
		return 0
	}
	p.text.WriteString(s[1 : 1+size])
	return 1 + size
}

func (p *reader) alone(s string) int {
	if !opens(s) {
		return 0
	}
	for _, m := range inline() {
		found := m.as.FindStringSubmatch(s)
		if found == nil {
			continue
		}
		shown := found[1]
		if len(found) > 2 && shown == "" {
			shown = found[2]
		}
		p.effect(m.effect)
		switch m.effect {
		case "link":
			p.links = append(p.links, shown)
		case "time":
			if unix, err := strconv.ParseInt(shown, 10, 64); err == nil {
				shown = time.Unix(unix, 0).UTC().Format("2 January 2006 15:04")
			}
		case "mention":
			shown = "@" + shown
		}
		p.text.WriteString(shown)
		return len(found[0])
	}
	return 0
}

// opens tells whether one of the inline marks may begin s: to try them all at each letter would be slow.
func opens(s string) bool {
	return strings.IndexByte("`<@:", s[0]) >= 0 || strings.Contains(s[:min(len(s), len("discord://"))], "://")
}

// masked reads [label](address).
func (p *reader) masked(s string) int {
	if s[0] != '[' {
		return 0
	}
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '[':
			depth++
		case ']':
			if depth--; depth > 0 {
				continue
			}
			found := maskedLink.FindStringSubmatch(s[i+1:])
			if found == nil {
				return 0
			}
			p.effect("link")
			p.links = append(p.links, found[1])
			p.read(s[1:i], false)
			return i + 1 + len(found[0])
		}
	}
	return 0
}

func (p *reader) wrapped(s string) int {
	for _, a := range around() {
		effect, mark := a[0], a[1]
		if !strings.HasPrefix(s, mark) {
			continue
		}
		if end := closing(s, mark); end > len(mark) {
			p.effect(effect)
			p.read(s[len(mark):end], false)
			return end + len(mark)
		}
	}
	return 0
}

// closing returns where the mark that s begins with is closed, 0 if it is not.
func closing(s, mark string) int {
	for i := len(mark); i < len(s); i++ {
		switch {
		case s[i] == '\\':
			i++
		case strings.HasPrefix(s[i:], mark) && i > len(mark) && !strings.HasPrefix(s[i+1:], mark):
			return i
		}
	}
	return 0
}
