package adaptertest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// content: a good alert shows everything that DESIGN promises of one, and nothing that the vendor refuses.
func content(t testing.TB, s Subject) {
	p := s.New(t)
	a := sample(p.Channel(0), 1)
	m := shown(t, p, a.Channel, post(t, p.Poster(), root(a)))
	harmless(t, m, "alert", a)
	sees(t, m, "title", a.Title)
	sees(t, m, "summary", a.Summary)
	sees(t, m, "short id", a.ID)
	leadsTo(t, m, "link", a.URL)
	for _, o := range a.Sources {
		sees(t, m, "outlet", o.Name)
	}
	sees(t, m, "ownership of a state-run outlet", "state")
	for _, hit := range a.Matches {
		sees(t, m, "watch", hit.Watch)
		sees(t, m, "words that fired", hit.Evidence[0].Text)
	}

	test := alerts.Alert{
		ID: "abcdefgh", Channel: a.Channel, Story: "sample", Title: "This is how an alert looks", Published: published(),
		Sources: a.Sources[:1], Sample: true,
	}
	m = shown(t, p, a.Channel, post(t, p.Poster(), root(test)))
	harmless(t, m, "sample", test)
	sees(t, m, "sample", test.Title)
	if !strings.Contains(strings.ToLower(m.Text), "sample") {
		t.Errorf("sample: a reader takes it for news:\n%s", m.Text)
	}
}

// order: what is posted into a channel one after the other appears so, while other channels are busy too, and a rate
// limit that the vendor announced is never run into.
func order(t testing.TB, s Subject) {
	const deliveries, channels = 50, 3
	p := s.New(t)
	poster := p.Poster()
	var busy sync.WaitGroup
	failed := make([]error, channels)
	for n := range channels {
		busy.Go(func() {
			for i := n; i < deliveries && failed[n] == nil; i += channels {
				failed[n] = postWaiting(poster, root(sample(p.Channel(n), i)))
			}
		})
	}
	busy.Wait()
	if err := errors.Join(failed...); err != nil {
		t.Fatal(err)
	}
	for n := range channels {
		posted := p.Posted(p.Channel(n))
		var want []int
		for i := n; i < deliveries; i += channels {
			want = append(want, i)
		}
		if len(posted) != len(want) {
			t.Errorf("channel %d has %d messages of %d", n, len(posted), len(want))
			continue
		}
		for at, i := range want {
			sees(t, posted[at], fmt.Sprintf("message %d of channel %d", at, n), sample(p.Channel(n), i).Title)
		}
	}
	if n := p.Refused(); n > 0 {
		t.Errorf("the vendor refused %d calls for their rate", n)
	}
}

// postWaiting is post for a goroutine, which may not end the test.
func postWaiting(p alerts.Poster, d alerts.Delivery) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for {
		_, err := p.Post(ctx, d)
		var e *alerts.SendError
		if !errors.As(err, &e) || e.Class != alerts.Wait {
			return err
		}
		if !pause(ctx, e.After) {
			return err
		}
	}
}

// sameDrawing: a delivery is drawn the same way every time, or its frozen payload would mean nothing.
func sameDrawing(t testing.TB, s Subject) {
	var first Message
	for i := range 3 {
		p := s.New(t)
		a := sample(p.Channel(0), 7)
		m := shown(t, p, a.Channel, post(t, p.Poster(), root(a)))
		if i == 0 {
			first = m
			continue
		}
		if m.Text != first.Text || m.Ref != first.Ref || !slices.Equal(m.Links, first.Links) {
			t.Errorf("one delivery, two drawings:\n%s %s %q\n---\n%s %s %q", first.Ref, first.Text, first.Links, m.Ref, m.Text, m.Links)
		}
	}
}

// plainPart: the second try of a refused message says the same, still harmless.
func plainPart(t testing.TB, s Subject) {
	p := s.New(t)
	a := sample(p.Channel(0), 1)
	a.Title = "@everyone <!channel> [x](https://evil.example) Qtitle"
	d := root(a)
	d.Part = d.Part.AsPlain()
	m := shown(t, p, a.Channel, post(t, p.Poster(), d))
	harmless(t, m, "plain", a)
	sees(t, m, "plain title", a.Title)
	sees(t, m, "plain short id", a.ID)
	leadsTo(t, m, "plain link", a.URL)
}

// repeats: where the adapter says that a repeat gives the first message again, it does.
func repeats(t testing.TB, s Subject) {
	p := s.New(t)
	poster := p.Poster()
	if poster.Manner().Repeatable <= 0 {
		t.Skip("the platform posts again what is sent again")
	}
	d := root(sample(p.Channel(0), 1))
	first, second := post(t, poster, d), post(t, poster, d)
	if n := len(p.Posted(d.Channel)); n != 1 || first != second {
		t.Errorf("a repeated delivery became %d messages, with the ids %q and %q", n, first, second)
	}
}

// finds: Find knows the delivery after it is posted and not before, or honestly says that it can't know.
func finds(t testing.TB, s Subject) {
	p := s.New(t)
	poster := p.Poster()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	d, other := root(sample(p.Channel(0), 1)), root(sample(p.Channel(0), 2))
	look := func(when string, d alerts.Delivery, want string) {
		t.Helper()
		id, err := poster.Find(ctx, d)
		if s.Can&Finds == 0 {
			if !errors.Is(err, alerts.ErrNoHistory) {
				t.Errorf("%s: Find returned %q and %v; without history it must say so", when, id, err)
			}
			return
		}
		if err != nil || id != want {
			t.Errorf("%s: Find returned %q and %v, want %q", when, id, err, want)
		}
	}
	look("before", d, "")
	id := post(t, poster, d)
	look("after", d, id)
	look("of another story", other, "")
	d.Part = alerts.ReplyPart(1)
	look("of another part", d, "")
}

// threads: a reply lands under its own root, or where there are no threads, after it. Without a root it stands alone.
func threads(t testing.TB, s Subject) {
	p := s.New(t)
	poster := p.Poster()
	c := p.Channel(0)
	roots := []string{post(t, poster, root(sample(c, 1))), post(t, poster, root(sample(c, 2)))}
	for i, r := range roots {
		a := sample(c, i+1)
		a.Title = fmt.Sprintf("Talks end after round %d", i+1)
		m := shown(t, p, c, post(t, poster, reply(a, r)))
		harmless(t, m, "reply", a)
		sees(t, m, "reply", a.Title)
		if m.ID == r {
			t.Errorf("the reply took the place of its root")
		}
		if want := r; s.Can&Threads != 0 && m.Root != want {
			t.Errorf("the reply is in the thread of %q, want %q", m.Root, want)
		}
	}
	a := sample(c, 3)
	m := shown(t, p, c, post(t, poster, reply(a, "")))
	sees(t, m, "reply without a root", a.Title)
	if m.Root != "" {
		t.Errorf("a reply without a root is in the thread of %q", m.Root)
	}
}

// edits: the root changes in place and keeps its id; where messages can't change, the news is posted after it.
func edits(t testing.TB, s Subject) {
	p := s.New(t)
	poster := p.Poster()
	a, next := sample(p.Channel(0), 1), sample(p.Channel(0), 2)
	id := post(t, poster, root(a))
	post(t, poster, root(next))
	a.Title = "Talks resume"
	a.Sources = append(a.Sources, alerts.AlertSource{Name: "Posta Adriatica", Country: "HR", Ownership: alerts.Public, URL: "https://posta.example.com/1"})
	changed := post(t, poster, edit(a, id))
	m := shown(t, p, a.Channel, changed)
	harmless(t, m, "edit", a)
	sees(t, m, "edited title", "Talks resume")
	sees(t, m, "new outlet", "Posta Adriatica")
	if s.Can&Edits == 0 {
		return
	}
	if changed != id {
		t.Errorf("the edit returned the id %q, its root is %q", changed, id)
	}
	posted := p.Posted(a.Channel)
	if len(posted) != 2 || posted[0].ID != id {
		t.Fatalf("after the edit the channel has %d messages, want 2 in the same places", len(posted))
	}
	if strings.Contains(squash(posted[0].Text), squash("opens round 1")) {
		t.Errorf("the old title is still there:\n%s", posted[0].Text)
	}
	sees(t, posted[1], "the other story", next.Title)
}

// ping: the alert's ping, and nobody else, is pinged by the root, and by nothing that follows.
func ping(t testing.TB, s Subject) {
	p := s.New(t)
	poster := p.Poster()
	a := sample(p.Channel(0), 1)
	quiet := post(t, poster, root(a))
	harmless(t, shown(t, p, a.Channel, quiet), "without a ping", a)

	a.Ping = s.Ping
	if a.Ping == "" {
		a.Ping = "desk-officer"
	}
	m := shown(t, p, a.Channel, post(t, poster, edit(a, quiet)))
	harmless(t, m, "edit with a ping", a)
	m = shown(t, p, a.Channel, post(t, poster, reply(a, quiet)))
	harmless(t, m, "reply with a ping", a)

	also := sample(p.Channel(2), 3)
	also.Ping, also.AlsoPing = "nobody-there", []string{a.Ping}
	m = shown(t, p, also.Channel, post(t, poster, root(also)))
	if s.Ping != "" && !slices.Contains(m.Mentions, s.Ping) {
		t.Errorf("the root pinged %q, want %q among them", m.Mentions, s.Ping)
	}

	b := sample(p.Channel(1), 2)
	b.Ping, b.Title = a.Ping, "@everyone <!channel> <@1> are not asked"
	m = shown(t, p, b.Channel, post(t, poster, root(b)))
	sound(t, m, "root with a ping", b)
	var want []string
	if s.Ping != "" {
		want = []string{s.Ping}
	}
	if !slices.Equal(m.Mentions, want) {
		t.Errorf("the root pinged %q, want %q", m.Mentions, want)
	}
}
