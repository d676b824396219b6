package slack

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/slack/slacktest"
	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/commands"
)

const (
	botToken = "xoxb-canary-bot-0001"
	appToken = "xapp-canary-app-0002"
	secret   = "canary-signing-secret-0003"
)

// patience bounds every wait of these tests.
const patience = 10 * time.Second

var workspace = alerts.Workspace("slack:" + slacktest.Team)

func channel(id string) alerts.Channel { return alerts.NewChannel(workspace, id) }

// A rig is an adapter connected to a Slack of its own.
type rig struct {
	*slacktest.Server
	*Adapter
	desk *desk
	log  *syncBuffer
}

type setting struct {
	slack   slacktest.Config
	options Options
	listen  bool // run the adapter, and wait until its socket is open
}

// fast is some hundred times faster than life.
func fast() Pace {
	return Pace{Channel: 5 * time.Millisecond, Workspace: time.Millisecond, Dial: time.Millisecond}
}

func newRig(t testing.TB, s setting) *rig {
	t.Helper()
	s.slack.BotToken, s.slack.AppToken, s.slack.SigningSecret = botToken, appToken, secret
	s.slack.PingEvery = 200 * time.Millisecond
	if s.slack.Every == 0 {
		s.slack.Every = 5 * time.Millisecond
	}
	r := &rig{Server: slacktest.Start(s.slack), desk: &desk{done: make(chan commands.Request, 100)}, log: &syncBuffer{}}
	t.Cleanup(r.Server.Close)
	o := s.options
	o.BotToken, o.SigningSecret, o.APIURL, o.Desk = botToken, secret, r.APIURL(), r.desk
	o.Log = slog.New(slog.NewTextHandler(r.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	if o.Pace == (Pace{}) {
		o.Pace = fast()
	}
	if s.listen {
		o.AppToken = appToken
	}
	a, err := New(o)
	require.NoError(t, err)
	r.Adapter = a
	t.Cleanup(func() { quiet(t, r.log.String()) })
	if s.listen {
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- a.Run(ctx) }()
		t.Cleanup(func() { cancel(); require.NoError(t, <-ended); require.NoError(t, a.Close()) })
		until(t, "the socket is open", func() bool { return r.Sockets() == 1 })
	}
	return r
}

// Close is ambiguous between server and adapter, and left to newRig.
func (r *rig) Close() {}

// quiet fails t if a secret is in the text.
func quiet(t testing.TB, text string) {
	t.Helper()
	for _, s := range []string{botToken, appToken, secret, "/respond/", "v0="} {
		if strings.Contains(text, s) {
			t.Errorf("the secret %q is in:\n%s", s, text)
		}
	}
}

// until waits until a thing happens elsewhere.
func until(t testing.TB, what string, happened func() bool) {
	t.Helper()
	require.Eventually(t, happened, patience, 2*time.Millisecond, what)
}

// A desk answers every request with its own words.
type desk struct {
	done chan commands.Request

	mu      sync.Mutex
	reply   func(r commands.Request, line string) commands.Reply
	welcome int
	left    []alerts.Workspace
	hold    chan struct{} // if not nil: Do waits until it is closed
}

func (d *desk) Do(ctx context.Context, r commands.Request) commands.Reply {
	return d.DoLine(ctx, r, "")
}

func (d *desk) DoLine(ctx context.Context, r commands.Request, line string) commands.Reply {
	d.mu.Lock()
	hold, reply := d.hold, d.reply
	d.mu.Unlock()
	if hold != nil {
		select {
		case <-hold:
		case <-ctx.Done():
		}
	}
	if r.Command == "" {
		r.Command = "line " + line
	}
	d.done <- r
	if reply != nil {
		return reply(r, line)
	}
	return commands.Reply{Private: true, Title: "Heard " + line}
}

func (d *desk) Welcome(_ context.Context, w alerts.Workspace, name string) commands.Reply {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.welcome++
	return commands.Reply{Title: "Attaché has joined " + name, Lines: []commands.Line{{Spans: []commands.Span{{Text: string(w)}}}}}
}

func (d *desk) Leave(_ context.Context, w alerts.Workspace) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.left = append(d.left, w)
	return nil
}

// next returns the next request that reached the desk.
func (d *desk) next(t testing.TB) commands.Request {
	t.Helper()
	select {
	case r := <-d.done:
		return r
	case <-time.After(patience):
		t.Fatal("no request reached the desk")
		return commands.Request{}
	}
}

type syncBuffer struct {
	mu sync.Mutex
	b  strings.Builder
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}
func (s *syncBuffer) String() string { s.mu.Lock(); defer s.mu.Unlock(); return s.b.String() }

// news is a delivery of an alert with that title.
func news(c alerts.Channel, title string) alerts.Delivery {
	story := alerts.NewStoryID("https://news.example.org/feed", title)
	return alerts.Delivery{
		ID: 1, Channel: c, Story: story, Part: alerts.Root, Drawing: alerts.DrawingVersion, Attempts: 1, FirstAttempt: time.Now(),
		Alert: alerts.Alert{
			ID: alerts.NewAlertID(c, story), Channel: c, Story: story, Title: title, URL: "https://news.example.org/1", Summary: "What happened.",
			Published: time.Unix(1773480413, 0), Sources: []alerts.AlertSource{{Name: "Harbour Post", Country: "GB", Ownership: alerts.Independent}},
		},
	}
}

// The Desk that people talk to is one of ours.
var _ Desk = (*commands.Desk)(nil)
