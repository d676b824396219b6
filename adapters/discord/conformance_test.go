package discord

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/adaptertest"
	"github.com/seed-6c43f0f2/attache/adapters/discord/discordtest"
	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	secretToken = "MTIzNDU2.canary.0123456789abcdef"
	pingedRole  = "700000000000000001"
)

// A peer is the fake Discord as the conformance suite sees it.
type peer struct {
	*discordtest.Server
	adapter *Adapter
	broken  error // what the next call fails with before it is sent
}

func newPeer(t testing.TB) *peer {
	s := discordtest.New(t)
	s.Token = secretToken
	p := &peer{Server: s}
	a, err := New(Options{Token: s.Token, API: s.URL, Transport: p})
	require.NoError(t, err)
	p.adapter = a
	return p
}

// RoundTrip sends a call to the fake, over HTTP, unless the network is broken.
func (p *peer) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := p.broken; err != nil {
		p.broken = nil
		t := &http.Transport{DialContext: refuseToDial(err)}
		return t.RoundTrip(r)
	}
	return http.DefaultTransport.RoundTrip(r)
}

func (p *peer) Poster() alerts.Poster { return p.adapter }

func (p *peer) Channel(n int) alerts.Channel {
	g := p.Guilds()[0]
	return alerts.Channel("discord:" + g.ID + "/" + g.Channels[n].ID)
}

func (p *peer) Refused() int { return p.Early() }

func (p *peer) Posted(c alerts.Channel) []adaptertest.Message {
	var out []adaptertest.Message
	for _, m := range p.Messages(c.ID()) {
		v := m.View()
		out = append(out, adaptertest.Message{ID: m.ID, Ref: m.Nonce, Text: v.Text, Links: v.Links, Mentions: m.Pinged, Root: m.Root, Bad: m.Bad})
	}
	return out
}

func fault(name string, f discordtest.Fault, want alerts.SendError) adaptertest.Fault {
	return adaptertest.Fault{Name: name, Want: want, Accepted: f.Accept, Arm: func(p adaptertest.Peer) { p.(*peer).Fail(f) }}
}

// faults are the codes of the table of error classes, each as the vendor sends it.
func faults() []adaptertest.Fault {
	code := func(name string, status, code int, class alerts.Class) adaptertest.Fault {
		return fault(name, discordtest.Fault{Status: status, Code: code}, alerts.SendError{Class: class})
	}
	limit := func(name string, f discordtest.Fault, global bool) adaptertest.Fault {
		f.Status, f.After = 429, 20*time.Second
		return fault(name, f, alerts.SendError{Class: alerts.Wait, After: f.After, Global: global})
	}
	doubt := func(name string, f discordtest.Fault) []adaptertest.Fault {
		accepted := f
		accepted.Accept = true
		want := alerts.SendError{Class: alerts.Ambiguous}
		return []adaptertest.Fault{fault(name, f, want), fault(name+" after acceptance", accepted, want)}
	}
	out := []adaptertest.Fault{
		limit("429 of the channel", discordtest.Fault{Scope: "user"}, false),
		limit("429 shared", discordtest.Fault{Scope: "shared"}, false),
		limit("429 global", discordtest.Fault{Scope: "global"}, true),
		limit("429 of Cloudflare", discordtest.Fault{Page: true}, true),
		limit("20016", discordtest.Fault{Code: 20016}, false),
		limit("20028", discordtest.Fault{Code: 20028}, false),
		limit("40062", discordtest.Fault{Code: 40062}, false),
		code("40062 without a time", 400, 40062, alerts.Wait),
		code("10003", 404, 10003, alerts.ChannelDead),
		code("50001", 403, 50001, alerts.ChannelDead),
		code("50013", 403, 50013, alerts.ChannelDead),
		code("50008", 400, 50008, alerts.ChannelDead),
		code("10004", 404, 10004, alerts.WorkspaceDead),
		code("401", 401, 0, alerts.Credential),
		code("40333", 403, 40333, alerts.Credential),
		code("50035", 400, 50035, alerts.Poison),
		code("400", 400, 0, alerts.Poison),
		code("413", 413, 40005, alerts.Poison),
		code("a code nobody knows", 405, 99999, alerts.Unknown),
		code("a 403 nobody knows", 403, 99999, alerts.ChannelDead),
		code("404 without a code", 404, 0, alerts.Unknown),
		fault("403 of Cloudflare", discordtest.Fault{Status: 403, Page: true}, alerts.SendError{Class: alerts.Wait, After: blockedFor, Global: true}),
		{
			Name: "no connection", Want: alerts.SendError{Class: alerts.Unsent},
			Arm: func(p adaptertest.Peer) { p.(*peer).broken = errors.New("connection refused") },
		},
	}
	for _, status := range []int{500, 502, 503, 504} {
		out = append(out, doubt(http.StatusText(status), discordtest.Fault{Status: status})...)
		out = append(out, doubt(http.StatusText(status)+" as a page", discordtest.Fault{Status: status, Page: true})...)
	}
	out = append(out, doubt("connection reset", discordtest.Fault{Reset: true})...)
	return append(out, doubt("unreadable answer", discordtest.Fault{Broken: true})...)
}

func subject() adaptertest.Subject {
	return adaptertest.Subject{
		New: func(t testing.TB) adaptertest.Peer { return newPeer(t) },
		Can: adaptertest.Threads | adaptertest.Edits | adaptertest.Finds | adaptertest.Refuses, Faults: faults(),
		Ping: pingedRole, Secrets: []string{secretToken},
	}
}

func TestConformance(t *testing.T) { adaptertest.Exercise(t, subject()) }
