package store

import (
	"context"
	"slices"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const hubColumns = `h.feed, h.path, h.secret, h.hub, h.topic, h.due, h.expires, h.tries`

func hubTargets(s *alerts.HubSubscription) []any {
	return []any{&s.Feed, &s.Path, &s.Secret, &s.Hub, &s.Topic, moment{&s.Due}, moment{&s.Expires}, &s.Tries}
}

// recordHub keeps the hub that a feed names, if it is another than before: it is asked soon, and anew.
func recordHub(ctx context.Context, tx txn, v alerts.Visit) error {
	before, now := v.Feed.Cursor.Manners, v.Cursor.Manners
	if before.Hub == now.Hub && before.Topic == now.Topic {
		return nil
	}
	if now.Hub == "" {
		_, err := tx.exec(ctx, `DELETE FROM hubs WHERE feed = $1`, int64(v.Feed.ID))
		return err
	}
	_, err := tx.exec(ctx, `INSERT INTO hubs (feed, hub, topic, due) VALUES ($1, $2, $3, $4)
		ON CONFLICT (feed) DO UPDATE SET hub = excluded.hub, topic = excluded.topic, due = excluded.due, path = '', secret = '', expires = 0, tries = 0`,
		int64(v.Feed.ID), now.Hub, now.Topic, at(v.At))
	return err
}

// DueHubs returns up to limit subscriptions of feeds that somebody hears and whose hub is to be asked now. One that was
// never asked for gets the path and the secret that random returns.
func (s *Store) DueHubs(ctx context.Context, now time.Time, limit int, random func() string) ([]alerts.HubSubscription, error) {
	var out []alerts.HubSubscription
	err := s.look(ctx, "read hubs", func(tx txn) error {
		query := `SELECT ` + hubColumns + ` FROM hubs h JOIN feeds f ON f.id = h.feed WHERE h.due <= $1 AND ` + listened + ` ORDER BY h.due, h.feed LIMIT $2`
		return tx.each(ctx, query, []any{at(now), limit}, func(columns func(...any) error) error {
			var v alerts.HubSubscription
			err := columns(hubTargets(&v)...)
			out = append(out, v)
			return err
		})
	})
	if err != nil || !slices.ContainsFunc(out, func(v alerts.HubSubscription) bool { return v.Path == "" }) {
		return out, err
	}
	err = s.change(ctx, "name hubs' callbacks", func(tx txn) error {
		for i := range out {
			v := &out[i]
			if _, err := tx.exec(ctx, `UPDATE hubs SET path = $2, secret = $3 WHERE feed = $1 AND path = ''`, int64(v.Feed), random(), random()); err != nil {
				return err
			}
			// Another process may have been faster; there is one callback.
			if _, err := tx.row(ctx, `SELECT path, secret FROM hubs WHERE feed = $1`, []any{int64(v.Feed)}, &v.Path, &v.Secret); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// Subscribed returns the subscription whose callback has that path; ok is false if there is none or nobody hears the feed.
func (s *Store) Subscribed(ctx context.Context, path string) (v alerts.HubSubscription, ok bool, err error) {
	if path == "" {
		return v, false, nil
	}
	err = s.look(ctx, "read hub", func(tx txn) error {
		ok, err = tx.row(ctx, `SELECT `+hubColumns+` FROM hubs h JOIN feeds f ON f.id = h.feed WHERE h.path = $1 AND `+listened, []any{path}, hubTargets(&v)...)
		return err
	})
	return v, ok, err
}

// KeepHub stores due, expires and tries of a subscription, unless its feed has named another hub since.
func (s *Store) KeepHub(ctx context.Context, v alerts.HubSubscription) error {
	return s.change(ctx, "keep hub", func(tx txn) error {
		_, err := tx.exec(ctx, `UPDATE hubs SET due = $3, expires = $4, tries = $5 WHERE feed = $1 AND path = $2`,
			int64(v.Feed), v.Path, at(v.Due), at(v.Expires), v.Tries)
		return err
	})
}

// HurryFeed makes a feed due now, but not before its Retry-After, nor within a minute of its last visit, nor while it fails.
func (s *Store) HurryFeed(ctx context.Context, id alerts.FeedID, now time.Time) error {
	return s.change(ctx, "hurry feed", func(tx txn) error {
		var visited time.Time
		var m alerts.Manners
		found, err := tx.row(ctx, `SELECT visited, manners FROM feeds WHERE id = $1`, []any{int64(id)}, moment{&visited}, document{&m})
		if err != nil || !found {
			return err
		}
		due := now
		for _, t := range []time.Time{visited.Add(time.Minute), m.NotBefore} {
			if t.After(due) {
				due = t
			}
		}
		_, err = tx.exec(ctx, hurryFeed, int64(id), at(due))
		return err
	})
}
