package storm

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/adaptertest/memnet"
	"github.com/seed-6c43f0f2/attache/adapters/discord"
	"github.com/seed-6c43f0f2/attache/adapters/discord/discordtest"
	"github.com/seed-6c43f0f2/attache/adapters/slack"
	"github.com/seed-6c43f0f2/attache/adapters/slack/slacktest"
	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/store"
)

const (
	discordToken = "MTIz.fake.token"
	slackToken   = "xoxb-test"
)

// A vendor is a fake platform as the tests see it.
type vendor struct {
	net     *memnet.Network
	discord *discordtest.Server // nil if it is Slack
	slack   *slacktest.Server   // nil if it is Discord

	name      string
	connect   func(*rig) alerts.Poster      // the adapter, anew
	channel   func(n int) alerts.Channel    // the n-th, from 0; it is made where there is none
	elsewhere func() alerts.Channel         // one in another workspace, or where there is no other, another one
	count     func(alerts.Delivery) int     // messages by delivery, those included that are deleted or not yet seen
	shown     func(alerts.Channel) []string // the references of what stands in a channel, the oldest first
	calls     func() int                    // of posting and editing
	early     func() int                    // calls before their time
}

// both are the platforms as they are.
func both() map[string]func(*testing.T, *memnet.Network) *vendor {
	return map[string]func(*testing.T, *memnet.Network) *vendor{
		"discord": func(t *testing.T, n *memnet.Network) *vendor { return newDiscord(t, n, discordtest.Limits{}) },
		"slack":   func(t *testing.T, n *memnet.Network) *vendor { return newSlack(t, n, slacktest.Config{}) },
	}
}

// noting is the store as an adapter's memory. The rig knows what is kept for a time.
type noting struct {
	*store.Store
	r *rig
}

// KeepUntil is the store's.
func (n noting) KeepUntil(ctx context.Context, key, value string, until time.Time) error {
	n.r.mu.Lock()
	if n.r.waits == nil {
		n.r.waits = map[string]time.Time{}
	}
	n.r.waits[key] = until
	n.r.mu.Unlock() // no time passes for who waits for a lock
	return n.Store.KeepUntil(ctx, key, value, until)
}

// dialling is a transport that dials the network in memory.
func dialling(t *testing.T, n *memnet.Network) *http.Transport {
	transport := &http.Transport{DialContext: n.Dial, MaxIdleConnsPerHost: 64}
	t.Cleanup(transport.CloseIdleConnections)
	return transport
}

func newDiscord(t *testing.T, n *memnet.Network, l discordtest.Limits) *vendor {
	s := discordtest.On(t, n)
	s.Token, s.Limits = discordToken, l
	g := s.AddGuild("Storm", false)
	return &vendor{
		discord: s, name: "discord",
		connect: func(r *rig) alerts.Poster {
			o := discord.Options{Token: discordToken, API: s.URL, Transport: dialling(t, n)}
			if !r.amnesia {
				o.Memory = noting{r.store, r}
			}
			a, err := discord.New(o)
			require.NoError(t, err)
			return a
		},
		channel: func(i int) alerts.Channel {
			for len(g.Channels) <= i {
				g.AddChannel(fmt.Sprint("storm-", len(g.Channels)))
			}
			return alerts.Channel("discord:" + g.ID + "/" + g.Channels[i].ID)
		},
		elsewhere: func() alerts.Channel {
			other := s.AddGuild("Elsewhere", false)
			return alerts.Channel("discord:" + other.ID + "/" + other.AddChannel("quiet").ID)
		},
		count: func(d alerts.Delivery) int { return s.Count(d.Ref()) },
		shown: func(c alerts.Channel) (out []string) {
			for _, m := range s.Messages(c.ID()) {
				out = append(out, m.Nonce)
			}
			return out
		},
		calls: func() (n int) {
			for _, c := range s.Calls() {
				if c[:3] != "GET" {
					n++
				}
			}
			return n
		},
		early: s.Early,
	}
}

func newSlack(t *testing.T, n *memnet.Network, c slacktest.Config) *vendor {
	c.BotToken, c.Listener = slackToken, n
	s := slacktest.Start(c)
	t.Cleanup(s.Close)
	var made []string
	channel := func(i int) alerts.Channel {
		for len(made) <= i {
			id := fmt.Sprint("C10", len(made))
			s.AddChannel(slacktest.Channel{ID: id, Name: fmt.Sprint("storm-", len(made)), Member: true})
			made = append(made, id)
		}
		return alerts.Channel("slack:" + slacktest.Team + "/" + made[i])
	}
	return &vendor{
		slack: s, name: "slack",
		connect: func(r *rig) alerts.Poster {
			o := slack.Options{BotToken: slackToken, APIURL: s.APIURL(), Transport: dialling(t, n)}
			if !r.amnesia {
				o.Memory = noting{r.store, r}
			}
			a, err := slack.New(o)
			require.NoError(t, err)
			return a
		},
		channel: channel, elsewhere: func() alerts.Channel { return channel(len(made)) },
		count: func(d alerts.Delivery) int { return s.Count(d.Ref()) },
		shown: func(c alerts.Channel) (out []string) {
			for _, m := range s.Messages(c.ID()) {
				out = append(out, m.DeliveryID())
			}
			return out
		},
		calls: func() int { return s.Calls("chat.postMessage") + s.Calls("chat.update") },
		early: s.Early,
	}
}
