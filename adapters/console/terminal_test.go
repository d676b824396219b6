package console_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"golang.org/x/text/width"

	"github.com/seed-6c43f0f2/attache/adapters/adaptertest"
	"github.com/seed-6c43f0f2/attache/adapters/console"
	"github.com/seed-6c43f0f2/attache/alerts"
)

// A terminal reads what a Console writes the way a strict terminal would: it knows SGR and OSC 8, complains about every
// other control, and about lines wider than it is.
type terminal struct {
	adapter *console.Console
	width   int
	escapes bool // they are allowed

	mu     sync.Mutex
	out    bytes.Buffer
	rooms  map[alerts.Channel][]adaptertest.Message
	writes int
	wrote  chan struct{} // a token for each write that is done
}

func newTerminal(columns int, escapes bool) *terminal {
	t := &terminal{width: columns, escapes: escapes, rooms: map[alerts.Channel][]adaptertest.Message{}, wrote: make(chan struct{}, 1)}
	t.adapter = console.New(console.Options{Out: t, Zone: time.UTC, Look: console.Look{
		Styles: escapes, Colour: escapes, Links: escapes, Width: func() int { return columns },
	}})
	return t
}

// Write takes what the console writes. Post holds mu until it is done.
func (t *terminal) Write(p []byte) (int, error) {
	t.writes++
	n, err := t.out.Write(p)
	t.wrote <- struct{}{}
	return n, err
}

func (t *terminal) Poster() alerts.Poster { return t }
func (t *terminal) Manner() alerts.Manner { return t.adapter.Manner() }
func (t *terminal) Channel(n int) alerts.Channel {
	return alerts.Channel(fmt.Sprintf("console:desk%d", n))
}
func (t *terminal) Refused() int { return 0 }

func (t *terminal) Find(ctx context.Context, d alerts.Delivery) (string, error) {
	return t.adapter.Find(ctx, d)
}

// Post passes the delivery on and keeps what was written for it.
func (t *terminal) Post(ctx context.Context, d alerts.Delivery) (string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.out.Reset()
	t.writes = 0
	id, err := t.adapter.Post(ctx, d)
	var failed *alerts.SendError
	if begun := err == nil || errors.As(err, &failed) && failed.Class == alerts.Ambiguous; begun {
		<-t.wrote // a write that was begun goes on although Post was cancelled
	}
	if t.out.Len() > 0 {
		m := t.read(t.out.String())
		if m.ID = id; t.writes != 1 {
			m.Bad = append(m.Bad, fmt.Sprintf("written in %d pieces", t.writes))
		}
		t.rooms[d.Channel] = append(t.rooms[d.Channel], m)
	}
	return id, err
}

func (t *terminal) Posted(c alerts.Channel) []adaptertest.Message {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]adaptertest.Message(nil), t.rooms[c]...)
}

// read interprets output: styles vanish, links are remembered, anything else that commands is a complaint.
func (t *terminal) read(out string) adaptertest.Message {
	var m adaptertest.Message
	sequence := regexp.MustCompile(`^\x1b(?:\[[0-9;]*m|\]8;;([!-~]*)\x1b\\)`)
	var text strings.Builder
	open := false
	for len(out) > 0 {
		var s []string
		if out[0] == '\x1b' { // else it would be looked for at each letter
			s = sequence.FindStringSubmatch(out)
		}
		if s != nil {
			if !t.escapes {
				m.Bad = append(m.Bad, "an escape sequence in a file")
			}
			if strings.HasPrefix(s[0], "\x1b]") {
				if open = s[1] != ""; open {
					m.Links = append(m.Links, s[1])
				}
			}
			out = out[len(s[0]):]
			continue
		}
		r := []rune(out[:min(4, len(out))])[0]
		if unicode.IsControl(r) && r != '\n' {
			m.Bad = append(m.Bad, fmt.Sprintf("the control %U", r))
		}
		if r == '\n' && open {
			m.Bad = append(m.Bad, "a link over the end of a line")
		}
		text.WriteRune(r)
		out = out[len(string(r)):]
	}
	m.Text = text.String()
	for line := range strings.Lines(m.Text) {
		if line = strings.TrimSuffix(line, "\n"); cells(line) > t.width && !strings.Contains(line, "://") {
			m.Bad = append(m.Bad, fmt.Sprintf("%d columns: %q", cells(line), line))
		}
	}
	return m
}

// cells counts columns by the Unicode data alone: wide and full-width characters take two, clusters as much as their widest.
func cells(line string) int {
	n := 0
	for g := graphemes.FromString(line); g.Next(); {
		w := 0
		for _, r := range g.Value() {
			k := width.LookupRune(r).Kind()
			switch {
			case k == width.EastAsianWide || k == width.EastAsianFullwidth:
				w = 2
			case !unicode.In(r, unicode.M, unicode.Cf):
				w = max(w, 1)
			}
		}
		n += w
	}
	return n
}

func TestConformance(t *testing.T) {
	for name, escapes := range map[string]bool{"terminal": true, "file": false} {
		for _, columns := range []int{40, 80} {
			t.Run(fmt.Sprint(name, columns), func(t *testing.T) {
				adaptertest.Exercise(t, adaptertest.Subject{
					New: func(testing.TB) adaptertest.Peer { return newTerminal(columns, escapes) },
				})
			})
		}
	}
}

// TestTerminalComplains is the terminal's own negative control.
func TestTerminalComplains(t *testing.T) {
	for _, out := range []string{"\x1b]0;title\x07", "a\rb", "\x1b[2J", "\u009b1m", "\a", "\x1b]8;;https://example.org\x1b\\a\nb", strings.Repeat("x", 41), strings.Repeat("谈", 21)} {
		if m := newTerminal(40, true).read(out); len(m.Bad) == 0 {
			t.Errorf("the terminal takes %q", out)
		}
	}
	if m := newTerminal(40, false).read("\x1b[1mbold\x1b[0m"); len(m.Bad) == 0 {
		t.Error("a file takes escape sequences")
	}
}
