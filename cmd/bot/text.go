package main

import (
	"cmp"
	"errors"
	"fmt"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
	"github.com/seed-6c43f0f2/attache/alerts/story"
	"github.com/seed-6c43f0f2/attache/alerts/summary"
	"github.com/seed-6c43f0f2/attache/feeds"
)

type matchCmd struct {
	Watchlists string   `short:"w" required:"" placeholder:"FILE" help:"Any YAML with a top-level watchlists:, a whole configuration too."`
	Aliases    string   `placeholder:"ALIASES" help:"A catalogue of names for this run: Wikidata or OpenSanctions JSON, or CSV."`
	NearMisses bool     `help:"Also print what nearly fires, and what is missing."`
	Articles   []string `arg:"" optional:"" help:"JSON Lines; standard input if left out."`
}

// matched is a line of bot match.
type matched struct {
	ID         string         `json:"id"`
	Matches    []fired        `json:"matches"`
	NearMisses *[]alerts.Miss `json:"near_misses,omitempty"` // nil where nobody asks
}

// fired is a match as it is printed: muted if the watch's own least: keeps it from being announced.
type fired struct {
	alerts.Hit
	Muted bool `json:"muted,omitempty"`
}

// bars are what the watches ask for with least:, by watchlist and watch.
type bars map[[2]string]match.Mention

func barsOf(lists []alerts.Watchlist) bars {
	b := bars{}
	for _, l := range lists {
		for _, w := range l.Watches {
			b[[2]string{l.Name, w.Name}] = w.Least
		}
	}
	return b
}

// judge marks what the watches do not announce.
func (b bars) judge(hits []alerts.Hit) []fired {
	out := make([]fired, len(hits))
	for i, h := range hits {
		out[i] = fired{h, !h.Mention.AtLeast(b[[2]string{h.Watchlist, h.Watch}])}
	}
	return out
}

func (c matchCmd) Run(s surroundings) (err error) {
	lists, err := loadWatchlists(c.Watchlists, s)
	if err != nil {
		return err
	}
	if c.Aliases != "" {
		if err := learnFrom(c.Aliases, s, lists); err != nil {
			return err
		}
	}
	lens, err := alerts.NewLens(alerts.Roster{Watchlists: lists})
	if err != nil {
		return err
	}
	bars := barsOf(lists)
	print, flush := printer(s.stdout)
	defer func() { err = errors.Join(err, flush()) }()
	return eachCut(s, c.Articles, func(a article) error {
		hits, misses := lens.Look(a.doc())
		line := matched{ID: a.ID, Matches: bars.judge(hits)}
		if c.NearMisses {
			line.NearMisses = &misses
		}
		return print(line)
	})
}

type storiesCmd struct {
	Articles []string `arg:"" optional:"" help:"JSON Lines; standard input if left out. Without published, their order is the order of time."`
}

func (c storiesCmd) Run(s surroundings) (err error) {
	print, flush := printer(s.stdout)
	defer func() { err = errors.Join(err, flush()) }()
	stories := story.NewStories(nil)
	at, n := s.now(), 0
	return eachCut(s, c.Articles, func(a article) error {
		n++
		if !a.Published.IsZero() {
			at = a.Published
		}
		item := story.Item{Canonical: feeds.Canonical(a.URL), Title: a.Title, Text: a.Text}
		fresh := alerts.NewStoryID("articles", cmp.Or(a.ID, fmt.Sprint(n)))
		id, _ := stories.Place(story.Of(item), at, string(fresh))
		return print(struct {
			ID    string `json:"id"`
			Story string `json:"story"`
		}{a.ID, id})
	})
}

type summarizeCmd struct {
	Chars    int      `default:"400" help:"The most characters of a summary."`
	Articles []string `arg:"" optional:"" help:"JSON Lines; standard input if left out."`
}

func (c summarizeCmd) Run(s surroundings) (err error) {
	if c.Chars < 1 {
		return fmt.Errorf("%w: --chars is at least 1", errUsage)
	}
	print, flush := printer(s.stdout)
	defer func() { err = errors.Join(err, flush()) }()
	return eachCut(s, c.Articles, func(a article) error {
		return print(struct {
			ID      string `json:"id"`
			Summary string `json:"summary"`
		}{a.ID, summary.Lead(a.Text, c.Chars)})
	})
}
