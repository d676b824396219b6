package console

import (
	"io"
	"os"
	"strconv"

	"golang.org/x/term"
)

// A Look is what the output can show. The zero Look is a file or a pipe: plain text at the default width.
type Look struct {
	Styles bool       // bold, faint and the like
	Colour bool       // and colours; only with Styles
	Links  bool       // OSC 8 hyperlinks
	Width  func() int // columns now; nil or less than 1 is the default
}

// The bounds of the width at which text is set. Longer lines are harder to read than to draw.
const (
	defaultWidth = 80
	narrowest    = 20
	widest       = 100
)

// LookAt returns what can be shown on out. Only a terminal is sent escape sequences; NO_COLOR (https://no-color.org)
// takes the colours, TERM=dumb all of them.
func LookAt(out io.Writer, terminal bool, env func(string) (string, bool)) Look {
	fixed := 0
	if s, ok := env("COLUMNS"); ok {
		fixed, _ = strconv.Atoi(s) // what is no number is no width
	}
	l := Look{Width: func() int {
		if f, ok := out.(*os.File); ok && terminal && fixed <= 0 {
			if w, _, err := term.GetSize(int(f.Fd())); err == nil {
				return w
			}
		}
		return fixed
	}}
	if kind, _ := env("TERM"); terminal && kind != "dumb" {
		no, _ := env("NO_COLOR")
		l.Styles, l.Links, l.Colour = true, true, no == ""
	}
	return l
}

func (l Look) width() int {
	w := 0
	if l.Width != nil {
		w = l.Width()
	}
	if w < 1 {
		w = defaultWidth
	}
	return min(max(w, narrowest), widest)
}

// A style is how a run of text looks.
type style int

const (
	normal style = iota
	bold
	faint
	marked // what fired
	headed // what fired, within bold
	named  // a watch, a command
	warned // state-run, failed
)

// paint returns text in the style, if there are styles. The text must be clean.
func (l Look) paint(s style, text string) string {
	if code := l.code(s); code != "" {
		return "\x1b[" + code + "m" + text + "\x1b[0m"
	}
	return text
}

// code returns the parameters of the style's SGR sequence (ECMA-48, section 8.3.117), "" for none.
func (l Look) code(s style) string {
	codes := map[style][2]string{ // without colour, with
		bold: {"1", "1"}, faint: {"2", "2"}, marked: {"4", "1;33"}, headed: {"1;4", "1;33"}, named: {"1", "36"}, warned: {"1", "31"},
	}
	switch {
	case !l.Styles:
		return ""
	case l.Colour:
		return codes[s][1]
	}
	return codes[s][0]
}
