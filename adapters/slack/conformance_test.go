package slack

import (
	"fmt"
	"testing"
	"time"

	"github.com/seed-6c43f0f2/attache/adapters/adaptertest"
	"github.com/seed-6c43f0f2/attache/adapters/slack/slacktest"
	"github.com/seed-6c43f0f2/attache/alerts"
)

func TestConformance(t *testing.T) {
	adaptertest.Exercise(t, adaptertest.Subject{
		New:     func(t testing.TB) adaptertest.Peer { return peer{newRig(t, setting{})} },
		Can:     adaptertest.Threads | adaptertest.Edits | adaptertest.Finds | adaptertest.Refuses,
		Faults:  vendorFaults(),
		Ping:    "S1",
		Secrets: []string{botToken, appToken, secret},
	})
}

// TestConformanceWithoutHistory: without the scope Find says so, and all else holds.
func TestConformanceWithoutHistory(t *testing.T) {
	adaptertest.Exercise(t, adaptertest.Subject{
		New: func(t testing.TB) adaptertest.Peer {
			return peer{newRig(t, setting{slack: slacktest.Config{Scopes: []string{"chat:write"}}})}
		},
		Can:     adaptertest.Threads | adaptertest.Edits,
		Ping:    "S1",
		Secrets: []string{botToken},
	})
}

// A peer is a rig as the conformance suite sees it.
type peer struct{ *rig }

func (p peer) Poster() alerts.Poster        { return p.Adapter }
func (p peer) Channel(n int) alerts.Channel { return channel([]string{"C1", "C2", "C3", "G1"}[n]) }

func (p peer) Posted(c alerts.Channel) []adaptertest.Message {
	var all []adaptertest.Message
	for _, m := range p.Messages(c.ID()) {
		r := m.Read()
		all = append(all, adaptertest.Message{
			ID: m.TS, Ref: m.DeliveryID(), Text: r.Text, Links: r.Links, Mentions: r.Mentions, Root: m.ThreadTS, Bad: p.Complaints(),
		})
	}
	return all
}

// vendorFaults are one failure for each code of the table, and each way in which an answer is lost.
func vendorFaults() []adaptertest.Fault {
	fault := func(name string, f slacktest.Fault, want alerts.SendError) adaptertest.Fault {
		return adaptertest.Fault{Name: name, Want: want, Accepted: f.Accept, Arm: func(p adaptertest.Peer) {
			r := p.(peer).rig
			f.Channel = "C1"
			r.Fail(f)
		}}
	}
	var all []adaptertest.Fault
	for code, v := range verdicts() {
		code = code[:len(code)-len(star(code))]
		want := alerts.SendError{Class: v.class}
		if v.class == alerts.Wait {
			want.After = defaultPause
		}
		all = append(all, fault(code, slacktest.Fault{Code: code}, want))
		if v.class == alerts.Ambiguous {
			all = append(all, fault(code+" after acceptance", slacktest.Fault{Code: code, Accept: true}, want))
		}
	}
	class := func(c alerts.Class) alerts.SendError { return alerts.SendError{Class: c} }
	all = append(all,
		fault("429", slacktest.Fault{Status: 429, RetryAfter: "7"}, alerts.SendError{Class: alerts.Wait, After: 7 * time.Second}),
		fault("429 with json", slacktest.Fault{Code: "ratelimited", RetryAfter: "600"}, alerts.SendError{Class: alerts.Wait, After: 600 * time.Second}),
		fault("429 without a time", slacktest.Fault{Status: 429}, alerts.SendError{Class: alerts.Wait, After: defaultPause}),
		fault("429 with a broken time", slacktest.Fault{Status: 429, RetryAfter: "soon"}, alerts.SendError{Class: alerts.Wait, After: defaultPause}),
		fault("401", slacktest.Fault{Status: 401}, class(alerts.Credential)),
		fault("404", slacktest.Fault{Status: 404}, class(alerts.Ambiguous)),
		fault("a code nobody has seen", slacktest.Fault{Code: "moon_phase"}, class(alerts.Unknown)),
	)
	for _, accept := range []bool{true, false} {
		for _, lost := range []slacktest.Fault{
			{Status: 500},
			{Status: 502},
			{Status: 503},
			{Status: 504},
			{Drop: true},
			{Body: `{"ok":true,"ts":"17`},
			{Body: `{"ok":true}`},
			{Body: `{}`},
			{Body: `<html>fine</html>`},
			{Body: " "},
		} {
			lost.Accept = accept
			all = append(all, fault(fmt.Sprintf("status %d, cut %t, body %q, accepted %t", lost.Status, lost.Drop, lost.Body, accept), lost, class(alerts.Ambiguous)))
		}
	}
	return all
}

func star(code string) string {
	if code[len(code)-1] == '*' {
		return "*"
	}
	return ""
}
