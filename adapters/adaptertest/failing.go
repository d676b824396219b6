package adaptertest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// promptly is how long after its context ends a Post may still take.
const promptly = 2 * time.Second

// table holds the classes of DESIGN's table: an adapter that invents another is not understood.
func table() []alerts.Class {
	return []alerts.Class{
		alerts.Wait, alerts.Unsent, alerts.Ambiguous, alerts.ChannelDead, alerts.WorkspaceDead, alerts.Credential, alerts.Poison, alerts.Unknown,
	}
}

// refusal returns the error of a Post that could not succeed; it fails t if there is none, or none of the right form.
func refusal(t testing.TB, what string, err error) *alerts.SendError {
	t.Helper()
	var e *alerts.SendError
	switch {
	case err == nil:
		t.Fatalf("%s: Post returned no error", what)
	case !errors.As(err, &e):
		t.Fatalf("%s: error %v is no *alerts.SendError", what, err)
	case e.Err == nil:
		t.Fatalf("%s: a %s without Err can't be printed", what, e.Class)
	case !slices.Contains(table(), e.Class):
		t.Errorf("%s: class %q is not in the table", what, e.Class)
	}
	return e
}

// cancelledBefore: with a context that has ended nothing is sent, and the error says so.
func cancelledBefore(t testing.TB, s Subject) {
	p := s.New(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	d := root(sample(p.Channel(0), 1))
	began := time.Now()
	_, err := p.Poster().Post(ctx, d)
	e := refusal(t, "context ended", err)
	if took := time.Since(began); took > promptly {
		t.Errorf("returned %s after its context had ended", took)
	}
	if e.Class != alerts.Unsent && e.Class != alerts.Wait {
		t.Errorf("class %q, want %q: nothing can have been sent", e.Class, alerts.Unsent)
	}
	if n := len(p.Posted(d.Channel)); n != 0 {
		t.Errorf("%d messages were posted", n)
	}
}

// cancelledInBurst: when the context ends amid many posts, Post returns at once, and what it returned agrees with what
// was posted: nothing lost, nothing doubled, doubt admitted.
func cancelledInBurst(t testing.TB, s Subject) {
	const most, life = 300, 300 * time.Millisecond
	p := s.New(t)
	poster := p.Poster()
	ctx, cancel := context.WithTimeout(context.Background(), life)
	defer cancel()
	posted, doubtful := 0, 0
	for n := 0; n < most && ctx.Err() == nil; n++ {
		_, err := poster.Post(ctx, root(sample(p.Channel(0), n)))
		var e *alerts.SendError
		switch {
		case err == nil:
			posted++
			continue
		case !errors.As(err, &e):
			t.Fatalf("error %v is no *alerts.SendError", err)
		case e.Class == alerts.Ambiguous:
			doubtful++
		case e.Class != alerts.Unsent && e.Class != alerts.Wait:
			t.Errorf("class %q in a burst", e.Class)
		}
		if !pause(ctx, e.After) {
			break
		}
	}
	if deadline, _ := ctx.Deadline(); time.Since(deadline) > promptly {
		t.Errorf("returned %s after its context had ended", time.Since(deadline))
	}
	if n := len(p.Posted(p.Channel(0))); n < posted || n > posted+doubtful {
		t.Errorf("%d messages are there; Post said %d surely and %d perhaps", n, posted, doubtful)
	}
}

// cancelledWhileThrottled: a wait that the vendor asked for ends with its context, and no call is made before its time.
func cancelledWhileThrottled(t testing.TB, s Subject) {
	tried := false
	for _, f := range s.Faults {
		if f.Want.Class != alerts.Wait || f.Want.After < time.Second {
			continue
		}
		tried = true
		p := s.New(t)
		poster := p.Poster()
		f.Arm(p)
		first := root(sample(p.Channel(0), 1))
		_, err := poster.Post(context.Background(), first)
		refusal(t, f.Name, err)
		refused := p.Refused()
		next := root(sample(p.Channel(0), 2))
		if f.Want.Global {
			next = root(sample(p.Channel(1), 2))
		}
		ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
		began := time.Now()
		_, err = poster.Post(ctx, next)
		cancel()
		e := refusal(t, f.Name+", too early", err)
		if took := time.Since(began); took > promptly {
			t.Errorf("%s: returned %s after its context had ended", f.Name, took)
		}
		if e.Class != alerts.Wait && e.Class != alerts.Unsent {
			t.Errorf("%s: too early, class %q, want %q", f.Name, e.Class, alerts.Wait)
		}
		if n := len(p.Posted(next.Channel)); n > 0 || p.Refused() > refused {
			t.Errorf("%s: called %d times too early, %d messages were posted", f.Name, p.Refused()-refused, n)
		}
	}
	if !tried {
		t.Skip("no fault asks to wait for a second or more")
	}
}

// errorClasses: each failure of the vendor's gives its class, scope and time, tells people where they can help, is sent
// once, and leaves other channels alone.
func errorClasses(t testing.TB, s Subject) {
	if len(s.Faults) == 0 {
		t.Fatal("the vendor refuses, and the subject has no faults")
	}
	for _, f := range s.Faults {
		p := s.New(t)
		poster := p.Poster()
		f.Arm(p)
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		d := root(sample(p.Channel(0), 1))
		_, err := poster.Post(ctx, d)
		cancel()
		e := refusal(t, f.Name, err)
		if e.Class != f.Want.Class || e.Global != f.Want.Global {
			t.Errorf("%s: class %q, global %t, want %q, %t (%v)", f.Name, e.Class, e.Global, f.Want.Class, f.Want.Global, e.Err)
		}
		if e.After < f.Want.After || f.Want.After > 0 && e.After > f.Want.After+time.Minute {
			t.Errorf("%s: wait %s, want %s", f.Name, e.After, f.Want.After)
		}
		want := 0
		if f.Accepted {
			want = 1
		}
		if n := len(p.Posted(d.Channel)); n != want {
			t.Errorf("%s: %d messages are there, want %d: sent again, or the peer is wrong", f.Name, n, want)
		}
		switch e.Class {
		case alerts.ChannelDead, alerts.WorkspaceDead, alerts.Credential:
			if strings.TrimSpace(e.Say) == "" {
				t.Errorf("%s: a %s tells nobody what to do", f.Name, e.Class)
			}
		case alerts.Wait, alerts.Unsent, alerts.Ambiguous, alerts.Poison, alerts.Unknown:
		}
		if !f.Want.Global && f.Want.Class != alerts.WorkspaceDead && f.Want.Class != alerts.Credential {
			id := post(t, poster, root(sample(p.Channel(1), 2)))
			shown(t, p, p.Channel(1), id)
		}
	}
}

// secrets: no token of the adapter's is in any message or error.
func secrets(t testing.TB, s Subject) {
	if len(s.Secrets) == 0 {
		if s.Can&Refuses != 0 {
			t.Fatal("a vendor that refuses was given a token: name it in Secrets")
		}
		t.Skip("the adapter has no secrets")
	}
	quiet := func(what, text string) {
		t.Helper()
		for i, secret := range s.Secrets {
			if secret != "" && strings.Contains(text, secret) {
				t.Errorf("%s holds secret number %d", what, i)
			}
		}
	}
	p := s.New(t)
	a := sample(p.Channel(0), 1)
	m := shown(t, p, a.Channel, post(t, p.Poster(), root(a)))
	quiet("the message", m.Text+" "+strings.Join(m.Links, " ")+" "+m.Ref)
	for _, f := range s.Faults {
		p := s.New(t)
		f.Arm(p)
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		_, err := p.Poster().Post(ctx, root(sample(p.Channel(0), 1)))
		cancel()
		e := refusal(t, f.Name, err)
		quiet("the error of "+f.Name, e.Error()+" "+e.Say)
	}
}
