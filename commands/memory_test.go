package commands_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
	"github.com/seed-6c43f0f2/attache/commands"
)

const (
	guild  = alerts.Workspace("discord:100")
	other  = alerts.Workspace("discord:200")
	team   = alerts.Workspace("slack:T1")
	desk   = alerts.Channel("discord:100/1")
	lounge = alerts.Channel("discord:100/2")
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// memory is all the stores, kept in slices. It holds what the interfaces promise.
type memory struct {
	late    bool // all articles were read late
	lists   []alerts.Watchlist
	subs    []alerts.Subscription
	feeds   []alerts.Feed
	pages   commands.FeedStatus // how the pages of every feed fare
	found   []commands.Found
	told    []commands.Told
	decided []alerts.Decision
	sent    []alerts.Delivery
	wanting []alerts.Undelivered
	audit   []commands.Change
	persons []alerts.Person
	givenUp []string // feeds, by name
	covered alerts.Coverage
	broken  error // what every call returns
	looked  [][]string
}

func invalid(say string) error { return fmt.Errorf("memory: %w", &alerts.Invalid{Say: say}) }

func (m *memory) Watchlists(_ context.Context, w alerts.Workspace) ([]alerts.Watchlist, error) {
	var seen []alerts.Watchlist
	for _, l := range m.lists {
		subscribed := slices.ContainsFunc(m.subs, func(s alerts.Subscription) bool {
			return s.List == l.ListRef && s.Channel.Workspace() == w
		})
		if l.Workspace == w || l.Workspace == alerts.File && subscribed {
			seen = append(seen, l)
		}
	}
	return seen, m.broken
}

func (m *memory) PutWatch(_ context.Context, c commands.Change, list string, w alerts.Watch) error {
	i := slices.IndexFunc(m.lists, func(l alerts.Watchlist) bool {
		return l.Workspace == c.Workspace && match.Fold(l.Name) == match.Fold(list)
	})
	if i < 0 {
		m.lists = append(m.lists, alerts.Watchlist{ListRef: alerts.ListRef{Workspace: c.Workspace, Name: list}})
		i = len(m.lists) - 1
	}
	for _, have := range m.lists[i].Watches {
		if match.Fold(have.Name) == match.Fold(w.Name) {
			return invalid("That watch is there already; remove it first to change it.")
		}
	}
	m.lists[i].Watches = append(m.lists[i].Watches, w)
	m.audit = append(m.audit, c)
	return m.broken
}

func (m *memory) RemoveWatch(_ context.Context, c commands.Change, list, watch string) error {
	for i, l := range m.lists {
		if l.Workspace == c.Workspace && l.Name == list {
			m.lists[i].Watches = slices.DeleteFunc(l.Watches, func(w alerts.Watch) bool { return w.Name == watch })
			m.audit = append(m.audit, c)
		}
	}
	return m.broken
}

func (m *memory) Subscriptions(_ context.Context, w alerts.Workspace) ([]alerts.Subscription, error) {
	var own []alerts.Subscription
	for _, s := range m.subs {
		if s.Channel.Workspace() == w {
			own = append(own, s)
		}
	}
	return own, m.broken
}

func (m *memory) Subscribe(_ context.Context, c commands.Change, s alerts.Subscription) error {
	m.subs = slices.DeleteFunc(m.subs, func(have alerts.Subscription) bool { return have.Channel == s.Channel && have.List == s.List })
	m.subs = append(m.subs, s)
	m.audit = append(m.audit, c)
	return m.broken
}

func (m *memory) Unsubscribe(_ context.Context, c commands.Change, ch alerts.Channel, list alerts.ListRef) error {
	m.subs = slices.DeleteFunc(m.subs, func(s alerts.Subscription) bool { return s.Channel == ch && s.List == list })
	m.audit = append(m.audit, c)
	return m.broken
}

func (m *memory) Leave(_ context.Context, c commands.Change) error {
	m.subs = slices.DeleteFunc(m.subs, func(s alerts.Subscription) bool { return s.Channel.Workspace() == c.Workspace })
	m.audit = append(m.audit, c)
	return m.broken
}

func (m *memory) Feeds(_ context.Context, w alerts.Workspace) ([]commands.FeedStatus, error) {
	var all []commands.FeedStatus
	for _, f := range m.feeds {
		for _, l := range f.Listings {
			if l.Workspace == w || l.Workspace == alerts.File {
				all = append(all, commands.FeedStatus{
					Feed: f, Name: l.Name, Schedule: l.Schedule, FromFile: l.Workspace == alerts.File,
					NextPoll: noon.Add(10 * time.Minute), Articles: 7, Disabled: map[bool]string{true: "it could not be read for two weeks"}[slices.Contains(m.givenUp, l.Name)],
					PagesRead: m.pages.PagesRead, PagesFailed: m.pages.PagesFailed, PageFailure: m.pages.PageFailure,
				})
			}
		}
	}
	return all, m.broken
}

func (m *memory) AddFeed(_ context.Context, c commands.Change, f alerts.Feed) error {
	m.feeds = append(m.feeds, f)
	m.audit = append(m.audit, c)
	return m.broken
}

func (m *memory) RemoveFeed(_ context.Context, c commands.Change, name string) error {
	m.feeds = slices.DeleteFunc(m.feeds, func(f alerts.Feed) bool {
		return f.Listings[0].Workspace == c.Workspace && f.Listings[0].Name == name
	})
	m.audit = append(m.audit, c)
	return m.broken
}

func (m *memory) AcceptFeed(_ context.Context, c commands.Change, name string) error {
	for i := range m.feeds {
		if f := &m.feeds[i]; f.Listings[0].Name == name {
			f.Cursor.Manners, f.Cursor.Failures, f.Cursor.Failure = f.Cursor.Manners.Accepted(noon), 0, ""
		}
	}
	m.audit = append(m.audit, c)
	return m.broken
}

func (m *memory) RetryFeed(_ context.Context, c commands.Change, name string) (due time.Time, err error) {
	due = noon
	for _, f := range m.feeds {
		if f.Listings[0].Name != name {
			continue
		}
		if !slices.Contains(m.givenUp, name) && f.Cursor.Failures == 0 {
			return due, invalid("The feed " + name + " is read without trouble, by its schedule. See how it fares with /feeds status.")
		}
		if f.Cursor.Manners.NotBefore.After(due) {
			due = f.Cursor.Manners.NotBefore
		}
	}
	m.givenUp = slices.DeleteFunc(m.givenUp, func(n string) bool { return n == name })
	m.audit = append(m.audit, c)
	return due, m.broken
}

// Coverage counts nothing but what it was given.
func (m *memory) Coverage(ctx context.Context, w alerts.Workspace, since time.Time) (c alerts.Coverage, err error) {
	c = m.covered
	c.Since = since.Truncate(24 * time.Hour)
	c.Feeds, err = m.Feeds(ctx, w)
	return c, err
}

func (m *memory) heard(f commands.Found, w alerts.Workspace) bool {
	for _, feed := range m.feeds {
		if feed.ID == f.Article.Feed && feed.HeardIn(w) {
			return true
		}
	}
	return false
}

// Lookup finds by substring, so it gives too much: the Desk has to verify.
func (m *memory) Lookup(_ context.Context, w alerts.Workspace, anyOf [][]string, limit int) ([]commands.Found, error) {
	m.looked = anyOf
	var found []commands.Found
	for _, f := range m.found {
		text := match.Fold(f.Article.Title + " " + f.Article.Text)
		holds := slices.ContainsFunc(anyOf, func(group []string) bool {
			return !slices.ContainsFunc(group, func(word string) bool { return !strings.Contains(text, word) })
		})
		if holds && m.heard(f, w) && len(found) < limit {
			found = append(found, f)
		}
	}
	return found, m.broken
}

func (m *memory) Recent(_ context.Context, ch alerts.Channel, limit int) ([]commands.Told, error) {
	var all []commands.Told
	for _, t := range m.told {
		if t.Alert.Channel == ch && len(all) < limit {
			all = append(all, t)
		}
	}
	return all, m.broken
}

func (m *memory) Told(_ context.Context, w alerts.Workspace, id string, skip int) (commands.Told, bool, error) {
	for _, t := range m.told {
		if t.Alert.ID == id && t.Alert.Channel.Workspace() == w {
			if t.Batch > 0 {
				t.Articles = t.Articles[min(skip, len(t.Articles)):]
			}
			return t, true, m.broken
		}
	}
	return commands.Told{}, false, m.broken
}

func (m *memory) Decided(_ context.Context, w alerts.Workspace, canonical string) (commands.Found, []alerts.Decision, bool, error) {
	for _, f := range m.found {
		if f.Article.URL != canonical && f.Article.Canonical != canonical || !m.heard(f, w) {
			continue
		}
		var own []alerts.Decision
		for _, d := range m.decided {
			if d.ArticleKey == f.Article.Key && d.Channel.Workspace() == w {
				own = append(own, d)
			}
		}
		return f, own, true, m.broken
	}
	return commands.Found{}, nil, false, m.broken
}

func (m *memory) Enqueue(_ context.Context, c commands.Change, d alerts.Delivery) error {
	m.sent = append(m.sent, d)
	m.audit = append(m.audit, c)
	return m.broken
}

// Replay tells all articles, the oldest first.
func (m *memory) Replay(_ context.Context, since time.Time, most int, do func(alerts.Past) error) error {
	for _, f := range slices.Backward(m.found) {
		for _, feed := range m.feeds {
			if feed.ID != f.Article.Feed || f.Article.Seen.Before(since) {
				continue
			}
			if err := do(alerts.Past{Article: f.Article, Feed: feed, Story: f.Story, Late: m.late}); err != nil {
				return err
			}
		}
	}
	return m.broken
}

func (m *memory) Learn(_ context.Context, lists []alerts.Watchlist) error {
	for _, l := range lists {
		for i := range l.Watches {
			for _, p := range m.persons {
				l.Watches[i].Learn(p)
			}
		}
	}
	return m.broken
}

// newDesk returns a Desk over m; edit may change its options.
func newDesk(t testing.TB, m *memory, edit ...func(*commands.Options)) *commands.Desk {
	t.Helper()
	roles, err := commands.NewRoles([]string{"discord:100/900", "slack:T1/UBOSS"}, []string{"discord:100/901", "discord:100/42"})
	if err != nil {
		t.Fatal(err)
	}
	o := commands.Options{
		Watchlists: m, Subscriptions: m, Feeds: m, Archive: m, Samples: m, Deliveries: m, History: m, Coverage: m, Roles: roles,
		Now:   func() time.Time { return noon },
		NewID: func() string { return "ref-1" },
		CheckSchedule: func(s string) error {
			if strings.HasPrefix(s, "@every") || len(strings.Fields(s)) == 5 {
				return nil
			}
			return errors.New("expected exactly 5 fields")
		},
		Canonical: func(url string) string { url, _, _ = strings.Cut(url, "?utm"); return url },
		FindFeeds: func(_ context.Context, url string) ([]commands.FeedSample, error) {
			switch {
			case strings.Contains(url, "broken"):
				return nil, errors.New("dial tcp 10.0.0.7:443: secret inside")
			case strings.Contains(url, "page"):
				return nil, invalid("That is a web page, not a feed. Look for its RSS link.")
			}
			if strings.Contains(url, "single") {
				return []commands.FeedSample{{URL: url, Title: "One", Articles: 1, Named: true}}, nil
			}
			return []commands.FeedSample{{URL: url, Title: "UN News – Global", Articles: 30, Named: true}}, nil
		},
	}
	for _, e := range edit {
		e(&o)
	}
	return commands.NewDesk(o)
}

// asks is a request of an admin in the desk's channel.
func asks(command string, pairs ...string) commands.Request {
	r := commands.Request{
		ID: "r1", Workspace: guild, Channel: desk, Command: command, Args: map[string]string{},
		Actor: commands.Actor{ID: "1", Name: "Ann", Admin: true},
	}
	for i := 0; i < len(pairs); i += 2 {
		r.Args[pairs[i]] = pairs[i+1]
	}
	return r
}

// furnished is a workspace in use: two lists of its own, one of the file's, feeds, articles, an alert.
func furnished() *memory {
	person := func(name string) alerts.Watch { return alerts.Watch{Spec: match.Spec{Kind: match.Person, Name: name}} }
	article := alerts.Article{
		Feed: 1, Key: "a1", URL: "https://news.example/witkoff", Canonical: "https://news.example/witkoff", Language: "en",
		Title: "Putin defends Steve Witkoff against charges of bias", Text: "The president said on Monday that Steve Witkoff was fair.",
		Published: noon.Add(-time.Hour), Seen: noon.Add(-30 * time.Minute),
	}
	second := alerts.Article{
		Feed: 2, Key: "a2", URL: "https://other.example/w", Canonical: "https://other.example/w", Title: "Kremlin backs US envoy Steve Witkoff",
		Text: "Steve Witkoff is fair, the Kremlin says.", Published: noon.Add(-2 * time.Hour), Seen: noon.Add(-time.Hour),
	}
	dull := alerts.Article{
		Feed: 1, Key: "a3", URL: "https://news.example/dull", Canonical: "https://news.example/dull", Title: "Rain in the north",
		Text: "It rains.", Published: noon.Add(-3 * time.Hour), Seen: noon.Add(-3 * time.Hour),
	}
	evidence := []match.Evidence{{Field: match.Title, Start: 14, End: 27, Text: "Steve Witkoff", Term: "Steve Witkoff", Rule: match.FullName}}
	list := alerts.ListRef{Workspace: guild, Name: "us-russia"}
	story := alerts.NewStoryID("https://news.example/rss", "a1")
	decision := alerts.Decision{
		Channel: desk, List: list, Watch: "Steve Witkoff", Feed: 1, ArticleKey: "a1", Story: story, Verb: alerts.Posted,
		Reason: alerts.NewStory, Mention: match.Headline, Evidence: evidence, At: noon,
	}
	m := &memory{
		lists: []alerts.Watchlist{
			{ListRef: list, Watches: []alerts.Watch{person("Steve Witkoff"), person("Sergey Lavrov")}},
			{ListRef: alerts.ListRef{Workspace: guild, Name: "climate"}},
			{ListRef: alerts.ListRef{Name: "file-list"}, Watches: []alerts.Watch{person("Vladimir Putin")}},
			{ListRef: alerts.ListRef{Workspace: other, Name: "their-secret"}, Watches: []alerts.Watch{person("Hidden Person")}},
		},
		subs: []alerts.Subscription{
			{Channel: desk, List: list},
			{Channel: desk, List: alerts.ListRef{Name: "file-list"}, FromFile: true},
			{Channel: "discord:200/7", List: alerts.ListRef{Workspace: other, Name: "their-secret"}},
		},
		feeds: []alerts.Feed{
			{
				ID: 1, URL: "https://news.example/rss", Source: alerts.Source{Name: "News", Country: "US", Ownership: alerts.Independent},
				Listings: []alerts.Listing{{Workspace: alerts.File, Name: "news", Schedule: "*/10 * * * *"}},
				Cursor:   alerts.Cursor{Visited: noon, Succeeded: noon},
			},
			{
				ID: 2, URL: "https://other.example/rss", Source: alerts.Source{Name: "Other", Country: "RU", Ownership: alerts.State},
				Listings: []alerts.Listing{{Workspace: guild, Name: "other", Schedule: "@every 10m"}},
				Cursor:   alerts.Cursor{Visited: noon, Succeeded: noon.Add(-24 * time.Hour), Failures: 3, Failure: "The site answers that the page is gone."},
			},
			{
				ID: 3, URL: "https://hidden.example/rss", Source: alerts.Source{Name: "Hidden"},
				Listings: []alerts.Listing{{Workspace: other, Name: "hidden-feed", Schedule: "@every 10m"}},
			},
		},
		decided: []alerts.Decision{decision},
	}
	m.found = []commands.Found{
		{Article: article, Source: m.feeds[0].Source, Story: story},
		{Article: second, Source: m.feeds[1].Source, Story: story},
		{Article: dull, Source: m.feeds[0].Source, Story: "dull"},
	}
	m.told = []commands.Told{{
		Alert: alerts.Alert{
			ID: alerts.NewAlertID(desk, story), Channel: desk, Story: story, Title: article.Title, URL: article.URL, Published: article.Published,
			Sources: []alerts.AlertSource{{Name: "News", Country: "US", Ownership: alerts.Independent, URL: article.URL}, {Name: "Other", Country: "RU", Ownership: alerts.State}},
			Matches: []alerts.Hit{{Watchlist: "us-russia", Watch: "Steve Witkoff", Kind: match.Person, Mention: match.Headline, Evidence: evidence}},
		},
		State: alerts.StateSent, MessageID: "m1", At: noon, Decisions: []alerts.Decision{decision}, Articles: m.found[:2],
	}}
	return m
}

func (m *memory) Undelivered(_ context.Context, w alerts.Workspace, want alerts.Want, limit int) (out []alerts.Undelivered, all int, err error) {
	for _, u := range m.wanting {
		if u.Want != want || u.Channel.Workspace() != w {
			continue
		}
		if all++; all <= limit {
			out = append(out, u)
		}
	}
	return out, all, m.broken
}

func (m *memory) RetryDelivery(_ context.Context, c commands.Change, id int64) error {
	return m.settle(c, id)
}

func (m *memory) DiscardDelivery(_ context.Context, c commands.Change, id int64) error {
	return m.settle(c, id)
}

func (m *memory) settle(c commands.Change, id int64) error {
	before := len(m.wanting)
	m.wanting = slices.DeleteFunc(m.wanting, func(u alerts.Undelivered) bool { return u.ID == id && u.Channel.Workspace() == c.Workspace })
	if len(m.wanting) == before {
		return invalid("There is no such delivery here. Look at the lists.")
	}
	m.audit = append(m.audit, c)
	return m.broken
}
