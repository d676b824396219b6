package adaptertest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// patience is how long a check waits for a single delivery, throttling included.
const patience = 2 * time.Minute

// published is when the sample's news happened: fixed, so that drawings can be compared.
func published() time.Time { return time.Date(2026, 3, 14, 9, 26, 53, 0, time.UTC) }

// sample returns the n-th good alert for a channel: three outlets, two watches, one found in the title and one beyond what the summary shows.
func sample(c alerts.Channel, n int) alerts.Alert {
	story := alerts.NewStoryID("https://news.example.org/feed", fmt.Sprint("item ", n))
	return alerts.Alert{
		ID: alerts.NewAlertID(c, story), Channel: c, Story: story,
		Title:    fmt.Sprintf("Envoy Anna Lindqvist opens round %d of the talks", n),
		URL:      fmt.Sprintf("https://news.example.org/world/%d?lang=en", n),
		Summary:  "The envoy spoke for an hour. A ceasefire was not ruled out, her office said.",
		Language: "en", Published: published(),
		Sources: []alerts.AlertSource{
			{Name: "Harbour Post", Country: "GB", Ownership: alerts.Independent, URL: fmt.Sprintf("https://news.example.org/world/%d?lang=en", n)},
			{Name: "Kanal Nord", Country: "SE", Ownership: alerts.State, URL: "https://nord.example.net/a/77"},
			{Name: "Le Quai", Country: "FR", Ownership: alerts.Public, URL: "https://quai.example.com/depeche"},
		},
		Matches: []alerts.Hit{
			{Watchlist: "nordic", Watch: "Anna Lindqvist", Kind: match.Person, Mention: match.Headline, Evidence: []match.Evidence{
				{Field: match.Title, Start: 6, End: 20, Text: "Anna Lindqvist", Term: "Anna Lindqvist", Rule: match.FullName},
			}},
			{Watchlist: "nordic", Watch: "peace talks", Kind: match.Topic, Mention: match.Body, Evidence: []match.Evidence{
				{Field: match.Text, Start: 4031, End: 4036, Text: "truce", Term: "truce", Rule: match.Word},
			}},
		},
	}
}

// root is the delivery that opens the alert's story; reply and edit follow it.
func root(a alerts.Alert) alerts.Delivery {
	return alerts.Delivery{
		ID: 1, Channel: a.Channel, Story: a.Story, Part: alerts.Root, Alert: a, Drawing: alerts.DrawingVersion,
		Attempts: 1, FirstAttempt: published().Add(time.Minute), OnUncertain: alerts.Repeat,
	}
}

func reply(a alerts.Alert, rootMessage string) alerts.Delivery {
	d := root(a)
	d.Part, d.RootMessage = alerts.ReplyPart(1), rootMessage
	return d
}

func edit(a alerts.Alert, rootMessage string) alerts.Delivery {
	d := root(a)
	d.Part, d.RootMessage = alerts.EditPart(1), rootMessage
	return d
}

// post sends a delivery as the dispatcher would: told to wait, it waits and tries again. It fails t on any other error
// and if the adapter changes the delivery it was given.
func post(t testing.TB, p alerts.Poster, d alerts.Delivery) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	before := frozen(t, d)
	for {
		id, err := p.Post(ctx, d)
		if frozen(t, d) != before {
			t.Fatalf("Post of %s changed the delivery it was given", d.Part)
		}
		var e *alerts.SendError
		switch {
		case err == nil && id == "":
			t.Fatalf("Post of %s returned neither a message id nor an error", d.Part)
		case err == nil:
			return id
		case !errors.As(err, &e):
			t.Fatalf("Post of %s: error %v is no *alerts.SendError", d.Part, err)
		case e.Class != alerts.Wait:
			t.Fatalf("Post of %s: %v", d.Part, err)
		}
		if !pause(ctx, max(e.After, 10*time.Millisecond)) {
			t.Fatalf("Post of %s: still told to wait after %s: %v", d.Part, patience, err)
		}
	}
}

// frozen is the delivery as the store would keep it.
func frozen(t testing.TB, d alerts.Delivery) string {
	t.Helper()
	b, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// pause waits; it tells whether ctx was still alive at the end.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// shown returns the message in which a reader sees the delivery: the one with that id, and where the peer can't change
// messages, the newest.
func shown(t testing.TB, p Peer, c alerts.Channel, id string) Message {
	t.Helper()
	posted := p.Posted(c)
	if len(posted) == 0 {
		t.Fatalf("nothing was posted in %s", c)
	}
	for i := len(posted) - 1; i >= 0; i-- {
		if posted[i].ID == id {
			return posted[i]
		}
	}
	t.Fatalf("no message in %s has the id %q that Post returned", c, id)
	return Message{}
}
