package store

import (
	"context"
	"errors"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// storedWatch is a watch as it is stored.
type storedWatch struct {
	Kind    match.Kind    `json:"kind"`
	Name    string        `json:"name"`
	Aliases []string      `json:"aliases,omitempty"`
	Near    []string      `json:"near,omitempty"`
	Not     []string      `json:"not,omitempty"`
	Query   string        `json:"match,omitempty"`
	Surname bool          `json:"surname,omitempty"`
	Exact   bool          `json:"exact,omitempty"`
	Least   match.Mention `json:"least,omitempty"`
}

func storeWatch(w alerts.Watch) storedWatch {
	return storedWatch{w.Kind, w.Name, w.Aliases, w.Near, w.Not, w.Query, w.Surname, w.Exact, w.Least}
}

func (s storedWatch) watch() alerts.Watch {
	return alerts.Watch{Least: s.Least, Spec: match.Spec{
		Kind: s.Kind, Name: s.Name, Aliases: s.Aliases, Near: s.Near, Not: s.Not, Query: s.Query, Surname: s.Surname, Exact: s.Exact,
	}}
}

const (
	subscriptionColumns = `s.channel, s.list_workspace, l.name, s.least, s.ping, s.when_uncertain, s.from_file
		FROM subscriptions s JOIN watchlists l ON l.workspace = s.list_workspace AND l.folded = s.list`

	// visibleLists are a workspace's own watchlists and those of the file that one of its channels subscribes to.
	visibleLists = `l.workspace = $1 OR (l.workspace = '' AND EXISTS (SELECT 1 FROM subscriptions s
		WHERE s.workspace = $1 AND s.list_workspace = '' AND s.list = l.folded))`
)

// Roster returns all watchlists, with what their watches learn from imported catalogues, and the subscriptions of workspaces that the bot has not left, unless their version is
// have. Versions begin at 1.
func (s *Store) Roster(ctx context.Context, have int64) (r alerts.Roster, ok bool, err error) {
	err = s.look(ctx, "read roster", func(tx txn) error {
		if _, err := tx.row(ctx, `SELECT version FROM roster WHERE one = 1`, nil, &r.Version); err != nil || r.Version == have {
			return err
		}
		ok = true
		if r.Watchlists, err = watchlists(ctx, tx, `1 = 1`); err != nil {
			return err
		}
		if _, err = learn(ctx, tx, r.Watchlists); err != nil {
			return err
		}
		r.Subscriptions, err = subscriptions(ctx, tx, `NOT EXISTS (SELECT 1 FROM departures p WHERE p.workspace = s.workspace)`)
		return errors.Join(err, tx.shrink(ctx))
	})
	if err != nil {
		return alerts.Roster{}, false, err
	}
	return r, ok, nil
}

// rosterMoved makes every holder of a roster read it anew.
func rosterMoved(ctx context.Context, tx txn) error {
	_, err := tx.exec(ctx, `UPDATE roster SET version = version + 1`)
	return err
}

// watchlists returns the lists l that a condition allows, by name, the workspace's before the file's.
func watchlists(ctx context.Context, tx txn, where string, args ...any) ([]alerts.Watchlist, error) {
	var out []alerts.Watchlist
	var keys []string
	query := `SELECT l.workspace, l.folded, l.name, l.version FROM watchlists l WHERE ` + where + ` ORDER BY l.folded, l.workspace DESC`
	err := tx.each(ctx, query, args, func(columns func(...any) error) error {
		var l alerts.Watchlist
		var key string
		err := columns(&l.Workspace, &key, &l.Name, &l.Version)
		keys, out = append(keys, key), append(out, l)
		return err
	})
	if err != nil {
		return nil, err
	}
	// In the order of an index: to sort a hundred thousand watches would take their room once more.
	query = `SELECT watch FROM watches WHERE workspace = $1 AND list = $2 ORDER BY position`
	for i := range out {
		l := &out[i]
		err = tx.each(ctx, query, []any{string(l.Workspace), keys[i]}, func(columns func(...any) error) error {
			var w storedWatch
			err := columns(document{&w})
			l.Watches = append(l.Watches, w.watch())
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// subscriptions returns those, s, that a condition allows, by channel and list.
func subscriptions(ctx context.Context, tx txn, where string, args ...any) ([]alerts.Subscription, error) {
	var out []alerts.Subscription
	query := `SELECT ` + subscriptionColumns + ` WHERE ` + where + ` ORDER BY s.channel, s.list, s.list_workspace DESC`
	err := tx.each(ctx, query, args, func(columns func(...any) error) error {
		var v alerts.Subscription
		err := columns(&v.Channel, &v.List.Workspace, &v.List.Name, &v.Least, &v.Ping, &v.WhenUncertain, &v.FromFile)
		out = append(out, v)
		return err
	})
	return out, err
}
