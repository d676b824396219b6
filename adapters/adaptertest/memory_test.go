package adaptertest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seed-6c43f0f2/attache/adapters/visible"
	"github.com/seed-6c43f0f2/attache/alerts"
)

// token is the secret of the adapter in memory.
const token = "tok-canary-5f1d"

// vendorLimit is how many runes a message of the vendor in memory may have.
const vendorLimit = 4000

// A vendor is a chat platform in memory. Its mark-up is small and treacherous: a backslash before a sign makes it plain,
// @word pings, [text](address) and a bare http address are links, * is bold, ; at a line's beginning hides the line.
type vendor struct {
	t       testing.TB
	mu      sync.Mutex
	rooms   map[alerts.Channel][]Message
	refs    map[string]string // ref -> message id
	count   int
	refused int
	until   time.Time // no calls before
	next    *reaction // to the next post
	bug     bugs
}

// A reaction is how the vendor fails a post.
type reaction struct {
	code   string
	accept bool
	after  time.Duration
}

func (v *vendor) Poster() alerts.Poster {
	return &adapter{vendor: v, bug: v.bug, held: map[alerts.Channel]call{}}
}

func (v *vendor) Channel(n int) alerts.Channel { return alerts.Channel(fmt.Sprintf("slack:T1/C%d", n)) }

func (v *vendor) Posted(c alerts.Channel) []Message {
	v.mu.Lock()
	defer v.mu.Unlock()
	return slices.Clone(v.rooms[c])
}

func (v *vendor) Refused() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.refused
}

// A call is what the adapter sends. With change it replaces the message of that id.
type call struct {
	channel      alerts.Channel
	ref, text    string
	thread       string
	change       string
	mayPing      []string // what @word may ping; nil nobody
	everybodyMay bool     // no list was sent
}

// take is the vendor's one endpoint. It returns the message's id, or a code.
func (v *vendor) take(c call) (id, code string, after time.Duration) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if wait := time.Until(v.until); wait > 0 {
		v.refused++
		return "", "slow", wait
	}
	if r := v.next; r != nil {
		v.next = nil
		if r.accept {
			v.keep(c)
		}
		if r.code == "slow" {
			v.refused++
			v.until = time.Now().Add(r.after)
		}
		return "", r.code, r.after
	}
	if first, ok := v.refs[c.ref]; ok && c.change == "" && !v.bug["vendor forgets"] {
		return first, "", 0
	}
	return v.keep(c), "", 0
}

func (v *vendor) keep(c call) string {
	m := interpret(c)
	if c.change != "" {
		for i, old := range v.rooms[c.channel] {
			if old.ID == c.change {
				m.ID, m.Ref, m.Root = old.ID, old.Ref, old.Root
				v.rooms[c.channel][i] = m
			}
		}
		return c.change
	}
	v.count++
	m.ID, m.Ref, m.Root = fmt.Sprint("m", v.count), c.ref, c.thread
	v.rooms[c.channel] = append(v.rooms[c.channel], m)
	v.refs[c.ref] = m.ID
	return m.ID
}

// interpret draws mark-up the way the vendor's client does.
func interpret(c call) Message {
	var m Message
	var text strings.Builder
	r := []rune(c.text)
	for i := 0; i < len(r); i++ {
		rest := ""
		if strings.ContainsRune("@[h", r[i]) {
			rest = string(r[i:min(i+4000, len(r))])
		}
		switch {
		case r[i] == '\\' && i+1 < len(r):
			i++
			text.WriteRune(r[i])
		case r[i] == '*':
		case r[i] == ';' && (i == 0 || r[i-1] == '\n'):
			for i+1 < len(r) && r[i+1] != '\n' {
				i++
			}
		case r[i] == '@' && word(rest[1:]) != "":
			name := word(rest[1:])
			if c.everybodyMay || slices.Contains(c.mayPing, name) {
				m.Mentions = append(m.Mentions, name)
			}
			i += len([]rune(name))
			text.WriteString("@" + name)
		case r[i] == '[' && strings.Contains(rest, "](") && strings.Contains(rest, ")"):
			label, tail, _ := strings.Cut(rest[1:], "](")
			address, length := target(tail)
			m.Links = append(m.Links, address)
			text.WriteString(label)
			i += len([]rune(label)) + length + 3
		case strings.HasPrefix(rest, "https://"):
			address := strings.Fields(rest)[0]
			m.Links = append(m.Links, address)
			text.WriteString(address)
			i += len([]rune(address)) - 1
		default:
			text.WriteRune(r[i])
		}
	}
	m.Text = text.String()
	if n := visible.Runes(m.Text); n > vendorLimit {
		m.Bad = append(m.Bad, fmt.Sprintf("%d runes, at most %d", n, vendorLimit))
	}
	return m
}

// target reads a link's address up to its parenthesis, and says how many runes it took.
func target(s string) (address string, length int) {
	var b strings.Builder
	r := []rune(s)
	i := 0
	for ; i < len(r) && r[i] != ')'; i++ {
		if r[i] == '\\' && i+1 < len(r) {
			i++
		}
		b.WriteRune(r[i])
	}
	return b.String(), i
}

func word(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool { return r != '-' && (r < 'a' || r > 'z') })
	if end < 0 {
		end = len(s)
	}
	return s[:end]
}

// bugs are the defects that an adapter is given, by name.
type bugs map[string]bool

// An adapter for the vendor in memory. It keeps every promise, but for its bugs.
type adapter struct {
	vendor *vendor
	bug    bugs
	mu     sync.Mutex
	until  time.Time
	held   map[alerts.Channel]call // with the bug "reorders"
	posts  int
}

func (a *adapter) Manner() alerts.Manner { return alerts.Manner{Repeatable: time.Minute} }

func (a *adapter) Find(_ context.Context, d alerts.Delivery) (string, error) {
	if a.bug["finds all"] {
		return "m1", nil
	}
	if a.bug["no history"] {
		return "", alerts.ErrNoHistory
	}
	a.vendor.mu.Lock()
	defer a.vendor.mu.Unlock()
	return a.vendor.refs[d.Ref()], nil
}

func (a *adapter) Post(ctx context.Context, d alerts.Delivery) (string, error) {
	if err := a.ready(ctx); err != nil {
		return "", err
	}
	if a.bug["changes the delivery"] {
		d.Alert.Sources[0].Name = strings.ToUpper(d.Alert.Sources[0].Name)
	}
	c := a.draw(d)
	if a.bug["reorders"] && a.reordered(&c) {
		return "later", nil
	}
	id, code, after := a.vendor.take(c)
	if a.bug["retries"] && code != "" {
		for code != "" && code != "slow" {
			c.ref += "again"
			id, code, after = a.vendor.take(c)
		}
	}
	switch {
	case code == "" && a.bug["returns no id"]:
		return "", nil
	case code == "" && a.bug["wrong id"]:
		return id + "x", nil
	case code == "" && a.bug["posts and denies"]:
		return "", a.failure(alerts.Unsent, 0, "context ended")
	case code == "":
		return id, nil
	}
	return "", a.classify(code, after)
}

// ready waits until the vendor may be called, or the context ends.
func (a *adapter) ready(ctx context.Context) error {
	a.mu.Lock()
	wait := time.Until(a.until)
	if a.bug["forgets Retry-After"] {
		wait = 0
	}
	a.posts++
	if a.bug["one call only"] && a.posts > 1 {
		a.mu.Unlock()
		return a.failure(alerts.Poison, 0, "no more")
	}
	a.mu.Unlock()
	switch {
	case a.bug["ignores cancellation"]:
		return nil
	case a.bug["bare context error"] && ctx.Err() != nil:
		return ctx.Err()
	case a.bug["ambiguous when cancelled"] && ctx.Err() != nil:
		return a.failure(alerts.Ambiguous, 0, "context ended")
	case a.bug["sleeps through"] && (wait > 0 || a.posts > 3):
		<-time.After(promptly + 500*time.Millisecond)
	}
	pace := time.Millisecond
	if a.bug["too fast"] {
		a.vendor.mu.Lock()
		a.vendor.refused++
		a.vendor.mu.Unlock()
	}
	if ctx.Err() != nil || !pause(ctx, max(wait, pace)) {
		return a.failure(alerts.Unsent, 0, "context ended")
	}
	return nil
}

// reordered holds every second call of a channel back until the next.
func (a *adapter) reordered(c *call) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	first, ok := a.held[c.channel]
	if !ok {
		a.held[c.channel] = *c
		return true
	}
	_, _, _ = a.vendor.take(*c)
	delete(a.held, c.channel)
	*c = first
	return false
}

func (a *adapter) failure(class alerts.Class, after time.Duration, why string) error {
	say := ""
	if class == alerts.ChannelDead && !a.bug["says nothing"] {
		say = "Invite the bot to the channel again."
	}
	if a.bug["tells its token"] {
		why += " with " + token
	}
	return &alerts.SendError{Class: class, After: after, Say: say, Err: errors.New(why)}
}

func (a *adapter) classify(code string, after time.Duration) error {
	class := map[string]alerts.Class{
		"slow": alerts.Wait, "gone": alerts.ChannelDead, "down": alerts.Ambiguous, "bad": alerts.Poison,
	}[code]
	switch {
	case a.bug["wrong class"] && code == "down":
		class = alerts.Unsent
	case a.bug["own class"]:
		class = "broken"
	case a.bug["bare error"]:
		return errors.New(code)
	}
	if class == alerts.Wait {
		if a.bug["no time"] {
			after = 0
		}
		a.mu.Lock()
		a.until = time.Now().Add(after)
		a.mu.Unlock()
	}
	return a.failure(class, after, code)
}
