package chaos

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/seed-6c43f0f2/attache/adapters/discord/discordtest"
	"github.com/seed-6c43f0f2/attache/adapters/slack/slacktest"
	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	discordToken = "MTIz.fake.token"
	slackToken   = "xoxb-test"

	channels = 10
	lagMost  = 30 * time.Millisecond // before a message is accepted
	waitMost = 40 * time.Millisecond // that a 429 asks for
)

// A platform is a fake with faults by chance.
type platform struct {
	name     string
	api      string
	channels []alerts.Channel
	seen     func(alerts.Channel) []sighting // a channel's messages, oldest first
	early    func() int                      // calls before the time that a refusal had named
	signIns  func() int                      // to Discord's gateway; nil elsewhere
}

// A sighting is a message of a bulletin.
type sighting struct {
	number int
	at     time.Time // when it was accepted
}

// shown are the numbers of a channel's messages, oldest first.
func (p platform) shown(c alerts.Channel) (out []int) {
	for _, s := range p.seen(c) {
		out = append(out, s.number)
	}
	return out
}

// dice draws what happens to a call: in 3 of 100 an error, in 3 a refusal to wait, in 5 the message is accepted and the
// connection cut, in 3 it is accepted and the answer an error; else it is accepted a little later, at most so long.
func dice(seed uint64, most time.Duration) draw {
	r := rand.New(rand.NewPCG(seed, 2))
	return func() (string, time.Duration) {
		lag := time.Duration(r.Int64N(int64(most)))
		switch n := r.IntN(100); {
		case n < 3:
			return "500", 0
		case n < 6:
			return "429", 0
		case n < 11:
			return "cut", lag
		case n < 14:
			return "502", lag
		}
		return "", lag
	}
}

// A draw says what happens to a call, as dice does.
type draw func() (kind string, lag time.Duration)

// newDiscord is a Discord that remembers a nonce for so long; less than 0 is not at all.
func newDiscord(t *testing.T, draw draw, nonce time.Duration) platform {
	s := discordtest.New(t)
	s.Token = discordToken
	s.Limits = discordtest.Limits{PerChannel: 1000, Global: 100_000, Nonce: nonce}
	s.Draw = func() (discordtest.Fault, bool) {
		kind, lag := draw()
		switch kind {
		case "500":
			return discordtest.Fault{Status: 500}, true
		case "429":
			return discordtest.Fault{Status: 429, Scope: "user", After: waitMost}, true
		case "cut":
			return discordtest.Fault{Accept: true, Reset: true, Lag: lag}, true
		case "502":
			return discordtest.Fault{Accept: true, Status: 502, Page: true, Lag: lag}, true
		}
		return discordtest.Fault{Lag: lag}, true
	}
	g := s.AddGuild("Chaos", false)
	p := platform{name: "discord", api: s.URL, early: s.Early, signIns: func() int { return s.Signs().Identifies }}
	for i := range channels {
		c := g.AddChannel(fmt.Sprint("chaos-", i))
		p.channels = append(p.channels, alerts.Channel("discord:"+g.ID+"/"+c.ID))
	}
	p.seen = func(c alerts.Channel) (out []sighting) {
		for _, m := range s.Messages(c.ID()) {
			out = append(out, sighting{numberIn(m.Content, m.Embeds), m.At})
		}
		return out
	}
	return p
}

// newSlack is a Slack with so many channels.
func newSlack(t *testing.T, draw draw, channels int) platform {
	s := slacktest.Start(slacktest.Config{Every: time.Microsecond, Draw: func(string) (slacktest.Fault, bool) {
		kind, lag := draw()
		switch kind {
		case "500":
			return slacktest.Fault{Status: 500}, true
		case "429":
			return slacktest.Fault{Code: "ratelimited", RetryAfter: "1"}, true
		case "cut":
			return slacktest.Fault{Accept: true, Drop: true, Late: lag}, true
		case "502":
			return slacktest.Fault{Accept: true, Status: 502, Late: lag}, true
		}
		return slacktest.Fault{Lag: lag}, true
	}})
	t.Cleanup(s.Close)
	p := platform{name: "slack", api: s.APIURL(), early: s.Early}
	for i := range channels {
		id := fmt.Sprint("C10", i)
		s.AddChannel(slacktest.Channel{ID: id, Name: fmt.Sprint("chaos-", i), Member: true})
		p.channels = append(p.channels, alerts.Channel("slack:"+slacktest.Team+"/"+id))
	}
	p.seen = func(c alerts.Channel) (out []sighting) {
		for _, m := range s.Messages(c.ID()) {
			out = append(out, sighting{numberIn(m.Text, m.Blocks), stamped(m.TS)})
		}
		return out
	}
	return p
}

// stamped is the time in a message's ts: seconds and microseconds.
func stamped(ts string) time.Time {
	var seconds, micros int64
	if _, err := fmt.Sscanf(ts, "%d.%d", &seconds, &micros); err != nil {
		return time.Time{}
	}
	return time.Unix(seconds, micros*1000)
}

// numberIn is the number of the bulletin in a message of a text and more.
func numberIn(text string, more any) int {
	data, err := json.Marshal(more)
	if err != nil {
		return -1
	}
	return number(text + string(data))
}
