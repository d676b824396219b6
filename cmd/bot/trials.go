package main

import (
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// trialLine is a line of bot backtest --json.
type trialLine struct {
	Watch      string         `json:"watch"`
	Watchlist  string         `json:"watchlist"`
	From       time.Time      `json:"from"`
	To         time.Time      `json:"to"`
	Read       int            `json:"read"`     // articles looked at
	Articles   int            `json:"articles"` // on which it fires
	Alerts     int            `json:"alerts"`
	PerDay     float64        `json:"alerts_per_day"`
	Alone      int            `json:"alone"`    // alerts that no other watch would have brought
	Gathered   int            `json:"gathered"` // alerts that are told in a message with others
	Busiest    *busiest       `json:"busiest"`
	Silent     map[string]int `json:"silent"` // articles without an alert, by reason
	NearMisses int            `json:"near_misses"`
	Feeds      []feedLine     `json:"feeds"`
	Overlaps   []overlapLine  `json:"overlaps"`
	Samples    []sampleLine   `json:"samples"`
	Nearly     []sampleLine   `json:"near_miss_samples"`
}

type busiest struct {
	Day    string `json:"day"`
	Alerts int    `json:"alerts"`
}

type feedLine struct {
	Feed     string `json:"feed"`
	Articles int    `json:"articles"`
	Read     int    `json:"read"`
}

type overlapLine struct {
	Watchlist string `json:"watchlist"`
	Watch     string `json:"watch"`
	Articles  int    `json:"articles"`
}

type sampleLine struct {
	Title     string           `json:"title"`
	URL       string           `json:"url"`
	Published time.Time        `json:"published"`
	Source    string           `json:"source"`
	Mention   match.Mention    `json:"mention,omitempty"`
	Reason    string           `json:"reason,omitempty"`
	Evidence  []match.Evidence `json:"evidence"`
}

// printTrials prints a report as JSON Lines.
func printTrials(w io.Writer, r alerts.Report) error {
	print, flush := printer(w)
	for _, t := range r.Trials {
		line := trialLine{
			Watch: t.Watch, Watchlist: t.List.Name, From: r.From, To: r.To.UTC(), Read: r.Articles, Articles: t.Articles, Alerts: t.Stories,
			PerDay: math.Round(r.PerDay(t.Stories)*100) / 100, Alone: t.Alone, Gathered: t.Gathered, Silent: map[string]int{}, NearMisses: t.NearMisses,
			Feeds: []feedLine{}, Overlaps: []overlapLine{}, Samples: sampleLines(t.Samples), Nearly: sampleLines(t.Nearly),
		}
		if t.Busiest > 0 {
			line.Busiest = &busiest{t.BusiestDay.Format(time.DateOnly), t.Busiest}
		}
		for reason, n := range t.Silent {
			line.Silent[string(reason)] = n
		}
		for _, f := range t.Feeds {
			line.Feeds = append(line.Feeds, feedLine{f.Feed, f.Fired, f.Read})
		}
		for _, o := range t.Overlaps {
			line.Overlaps = append(line.Overlaps, overlapLine{o.List.Name, o.Watch, o.Articles})
		}
		if err := print(line); err != nil {
			return err
		}
	}
	return flush()
}

func sampleLines(all []alerts.Sample) []sampleLine {
	out := []sampleLine{}
	for _, s := range all {
		out = append(out, sampleLine{s.Article.Title, s.Article.URL, s.Article.Time(), s.Source.Name, s.Mention, s.Reason, s.Evidence})
	}
	return out
}

// showTrials writes a report for people.
func showTrials(w io.Writer, r alerts.Report, since string) error {
	var b strings.Builder
	if r.Articles == 0 {
		fmt.Fprintf(&b, "The store has no articles of the last %s. A longer time: --since\n", since)
	} else {
		fmt.Fprintf(&b, "%s, read from %s to %s.\n", plural(r.Articles, "article"), minute(r.From), minute(r.To))
	}
	for _, t := range r.Trials {
		showTrial(&b, r, t)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func showTrial(b *strings.Builder, r alerts.Report, t alerts.Trial) {
	fmt.Fprintf(b, "\n%s (%s): %s, %.1f a day", t.Watch, t.List.Name, plural(t.Stories, "alert"), r.PerDay(t.Stories))
	if t.Busiest > 1 {
		fmt.Fprintf(b, ", at most %d on one day (%s)", t.Busiest, t.BusiestDay.Format("2 Jan"))
	}
	fmt.Fprintf(b, "\n  fires on %s; %s no other watch would have brought\n", plural(t.Articles, "article"), plural(t.Alone, "alert"))
	if t.Gathered > 0 {
		fmt.Fprintf(b, "  told in a message with others, since they were late or too many of one feed in an hour: %s\n", plural(t.Gathered, "alert"))
	}
	for _, reason := range slices.Sorted(maps.Keys(t.Silent)) {
		fmt.Fprintf(b, "  not announced: %d, %s\n", t.Silent[reason], reason)
	}
	elsewhere := t.Articles
	for _, f := range t.Feeds {
		elsewhere -= f.Fired
		fmt.Fprintf(b, "  feed %s: %d of %s\n", f.Feed, f.Fired, plural(f.Read, "article"))
	}
	if elsewhere > 0 {
		fmt.Fprintf(b, "  other feeds: %s\n", plural(elsewhere, "article"))
	}
	for _, o := range t.Overlaps {
		fmt.Fprintf(b, "  overlaps with %s (%s): %d of %s\n", o.Watch, o.List.Name, o.Articles, plural(t.Articles, "article"))
	}
	if t.More > 0 {
		fmt.Fprintf(b, "  overlaps with more watches: %d\n", t.More)
	}
	for _, s := range t.Samples {
		fmt.Fprintf(b, "  %s  %s · %s\n", minute(s.Article.Time()), quiet(s.Article.Title), s.Source.Name)
		showEvidence(b, s)
	}
	if t.NearMisses > 0 {
		fmt.Fprintf(b, "  near misses: %d\n", t.NearMisses)
	}
	for _, s := range t.Nearly {
		fmt.Fprintf(b, "  %s  %s · %s\n", minute(s.Article.Time()), quiet(s.Article.Title), s.Source.Name)
		showEvidence(b, s)
	}
}

// showEvidence writes the first places of a sample, and what was missing of a near miss.
func showEvidence(b *strings.Builder, s alerts.Sample) {
	for _, e := range s.Evidence[:min(len(s.Evidence), 2)] {
		why := string(e.Rule)
		if e.Form != "" {
			why += ", for " + e.Form
		}
		if s.Reason != "" {
			why = s.Reason
		}
		fmt.Fprintf(b, "      “%s” in the %s: %s\n", quiet(e.Text), e.Field, why)
	}
}

func minute(t time.Time) string { return t.UTC().Format("2 Jan 2006 15:04 UTC") }
