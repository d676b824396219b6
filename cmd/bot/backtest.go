package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
	"github.com/seed-6c43f0f2/attache/store"
)

type backtestCmd struct {
	Config     string `short:"c" default:"attache.yaml" placeholder:"FILE" help:"The configuration (attache.yaml)."`
	Watchlists string `short:"w" required:"" placeholder:"FILE" help:"The watches on trial: any YAML with a top-level watchlists:."`
	Since      string `default:"7d" help:"How far back: hours, days or weeks (7d)."`
	JSON       bool   `name:"json" help:"Print JSON Lines, one object a watch."`
}

// Run tries watches out on the articles that the store has, beside a bot that may be running: it takes no lock and writes
// nothing.
func (c backtestCmd) Run(ctx context.Context, s surroundings) (err error) {
	span, ok := alerts.ParseSpan(c.Since)
	if !ok {
		return fmt.Errorf("%w: --since is a number of hours, days or weeks, such as 12h, 7d or 2w, and at most ten years", errUsage)
	}
	file, n, err := load(c.Config, s)
	if err != nil {
		return configFailure(c.Config, err)
	}
	tried, err := loadWatchlists(c.Watchlists, s)
	if err != nil {
		return err
	}
	db, err := store.View(ctx, file.Store)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	b, err := trial(ctx, db, n, tried)
	if err != nil {
		return err
	}
	now := s.now()
	if err := db.Replay(ctx, now.Add(-span), math.MaxInt, func(a alerts.Past) error {
		a.Feed.Listings = append(slices.Clip(a.Feed.Listings), alerts.Listing{Workspace: trialChannel.Workspace()})
		b.Add(a)
		return nil
	}); err != nil {
		return err
	}
	report := b.Report(now)
	if c.JSON {
		return printTrials(s.stdout, report)
	}
	return showTrials(s.stdout, report, c.Since)
}

// trialChannel hears the lists on trial to which no channel subscribes; it hears every feed.
const trialChannel alerts.Channel = "backtest:trial"

// trial puts the watchlists on trial in the place of the configuration's of the same name, beside all others.
func trial(ctx context.Context, db *store.Store, n nouns, tried []alerts.Watchlist) (*alerts.Backtest, error) {
	r, _, err := db.Roster(ctx, -1)
	if err != nil {
		return nil, err
	}
	r.Subscriptions = slices.DeleteFunc(r.Subscriptions, func(s alerts.Subscription) bool { return s.FromFile })
	r.Subscriptions = append(r.Subscriptions, n.content.Subscriptions...)
	r.Watchlists = slices.DeleteFunc(r.Watchlists, func(l alerts.Watchlist) bool { return l.Workspace == alerts.File })
	onTrial := map[alerts.ListRef]bool{}
	var others []alerts.Watchlist
	for _, l := range n.content.Watchlists {
		i := slices.IndexFunc(tried, func(t alerts.Watchlist) bool { return match.Fold(t.Name) == match.Fold(l.Name) })
		if i < 0 {
			others = append(others, l)
			continue
		}
		tried[i].Name = l.Name // as subscriptions name it
	}
	for _, l := range tried {
		onTrial[l.ListRef] = true
		if !slices.ContainsFunc(r.Subscriptions, func(s alerts.Subscription) bool { return s.List == l.ListRef }) {
			r.Subscriptions = append(r.Subscriptions, alerts.Subscription{Channel: trialChannel, List: l.ListRef})
		}
	}
	file := append(others, tried...)
	if err := db.Learn(ctx, file); err != nil {
		return nil, err
	}
	r.Watchlists = append(r.Watchlists, file...)
	lens, err := alerts.NewLens(r)
	if err != nil {
		return nil, err
	}
	return alerts.NewBacktest(lens, func(l alerts.ListRef, _ string) bool { return onTrial[l] }), nil
}
