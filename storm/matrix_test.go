package storm

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/discord/discordtest"
	"github.com/seed-6c43f0f2/attache/adapters/slack/slacktest"
	"github.com/seed-6c43f0f2/attache/alerts"
)

// A doubt is an answer after which nobody knows whether the message was accepted, as each platform's fake gives it.
type doubt struct {
	name    string
	discord discordtest.Fault
	slack   slacktest.Fault
	only    string // the platform that can say so; "" is both
}

func doubts() []doubt {
	return []doubt{
		{"time-out", discordtest.Fault{Late: time.Hour}, slacktest.Fault{Hang: true}, ""},
		{"reset", discordtest.Fault{Reset: true}, slacktest.Fault{Reset: true}, ""},
		{"end of file", discordtest.Fault{Drop: true}, slacktest.Fault{Drop: true}, ""},
		{"500", discordtest.Fault{Status: 500}, slacktest.Fault{Status: 500}, ""},
		{"502", discordtest.Fault{Status: 502, Page: true}, slacktest.Fault{Status: 502}, ""},
		{"504", discordtest.Fault{Status: 504, Page: true}, slacktest.Fault{Status: 504}, ""},
		{"truncated JSON", discordtest.Fault{Broken: true}, slacktest.Fault{Body: `{"ok":true,"ts":"17`}, ""},
		{"200 with HTML", discordtest.Fault{Status: 200, Page: true}, slacktest.Fault{Status: 200}, ""},
		{"fatal_error", discordtest.Fault{}, slacktest.Fault{Code: "fatal_error"}, "slack"},
		{"internal_error", discordtest.Fault{}, slacktest.Fault{Code: "internal_error"}, "slack"},
		{"503 with a code", discordtest.Fault{Status: 503, Code: 50013}, slacktest.Fault{}, "discord"},
		{"200 without an id", discordtest.Fault{Status: 200}, slacktest.Fault{Body: `{"ok":true}`}, ""},
	}
}

// A cell is a doubt that may or may not have been an acceptance, in a channel of its own.
type cell struct {
	doubt
	accepted bool
	first    alerts.Delivery // that fails so
	next     alerts.Delivery // that follows it
}

func (c cell) String() string {
	return fmt.Sprintf("%s, accepted %t", c.name, c.accepted)
}

// cells arms the vendor with every doubt, and records two stories for each.
func cells(r *rig) (all []cell) {
	for _, d := range doubts() {
		if d.only != "" && d.only != r.name {
			continue
		}
		for _, accepted := range []bool{true, false} {
			c := cell{doubt: d, accepted: accepted}
			channel := r.channel(len(all))
			c.first, c.next = news(channel, 1), news(channel, 2)
			c.discord.Channel, c.discord.Accept = channel.ID(), accepted
			c.slack.Channel, c.slack.Accept = channel.ID(), accepted
			if r.slack != nil {
				r.slack.Fail(c.slack)
			} else {
				r.discord.Fail(c.discord)
			}
			r.record(c.first, c.next)
			all = append(all, c)
		}
	}
	return all
}

// TestEveryDoubtEndsWithOnePost is D4 of the promises: whatever the answer was, and whether or not the message was
// accepted, it stands in its channel once, and what follows stands behind it.
func TestEveryDoubtEndsWithOnePost(t *testing.T) {
	in(t, both(), func(t *testing.T, r *rig) {
		r.pace.Probe = tick // so many doubts at once look like an outage, which is not the question here
		all := cells(r.start())
		began := time.Now()
		var last time.Duration
		for len(r.backlog().States) > 0 && time.Since(began) < 10*time.Minute {
			r.drain()
			last = time.Since(began)
			<-time.After(tick)
		}
		for _, c := range all {
			require.Equal(t, 1, r.count(c.first), "%s", c)
			r.once(c.first, c.next)
		}
		r.settled()
		require.Empty(t, r.told())
		require.Zero(t, r.early())
		require.LessOrEqual(t, last, time.Minute, "the head of a line waits for a minute at most")
		t.Logf("%s: %d cells, each posted once; the last after %s", r.name, len(all), last)
	})
}

// naive repeats what it is not sure of, under another name, as if there were neither nonce nor history.
type naive struct{ alerts.Poster }

// Post implements alerts.Poster.
func (n naive) Post(ctx context.Context, d alerts.Delivery) (string, error) {
	d.Part += alerts.Part(fmt.Sprint(":", d.Attempts))
	return n.Poster.Post(ctx, d)
}

// Find implements alerts.Poster.
func (n naive) Find(context.Context, alerts.Delivery) (string, error) { return "", nil }

// sanguine takes doubt for success.
type sanguine struct{ alerts.Poster }

// Post implements alerts.Poster.
func (s sanguine) Post(ctx context.Context, d alerts.Delivery) (string, error) {
	id, err := s.Poster.Post(ctx, d)
	var e *alerts.SendError
	if errors.As(err, &e) && e.Class == alerts.Ambiguous {
		return "1", nil
	}
	return id, err
}

// TestControlsOfDoubt: without the protocol every accepted cell doubles, and every other one is lost.
func TestControlsOfDoubt(t *testing.T) {
	for name, c := range map[string]struct {
		wrong    func(alerts.Poster) alerts.Poster
		accepted bool // the cells that go wrong
		shown    int  // messages in them
	}{
		"repeating doubles":           {func(p alerts.Poster) alerts.Poster { return naive{p} }, true, 3},
		"taking doubt for yes, loses": {func(p alerts.Poster) alerts.Poster { return sanguine{p} }, false, 1},
	} {
		t.Run(name, func(t *testing.T) {
			in(t, both(), func(t *testing.T, r *rig) {
				r.wrong = c.wrong
				all := cells(r.start())
				r.run(5 * time.Minute)
				for _, cell := range all {
					want := 2
					if cell.accepted == c.accepted {
						want = c.shown
					}
					require.Len(t, r.shown(cell.first.Channel), want, "%s", cell)
				}
			})
		})
	}
}
