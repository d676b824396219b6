package store

import (
	"context"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	enableFeed = `UPDATE feeds SET disabled = '', next_poll = $2, failing = $2 WHERE id = $1 AND disabled <> ''`

	tellIll     = `UPDATE feeds SET told_ill = TRUE WHERE id = $1`
	tellDead    = `UPDATE feeds SET told_ill = TRUE, disabled = $2 WHERE id = $1`
	tellRevived = `UPDATE feeds SET told_ill = FALSE WHERE id = $1`
	tellGaps    = `UPDATE gaps SET told = TRUE WHERE feed = $1 AND found <= $2 AND NOT told`

	// gapsTold is for how long a feed whose gaps were told is not named again for others.
	gapsTold = 24 * time.Hour
)

// Ailing returns the feeds that fail, or of which the admins were told that they do, with all listings.
func (s *Store) Ailing(ctx context.Context) (out []alerts.FeedHealth, err error) {
	err = s.look(ctx, "read ailing feeds", func(tx txn) error {
		err := tx.each(ctx, `SELECT f.told_ill, f.disabled, `+feedColumns+` FROM feeds f WHERE (f.failures > 0 OR f.told_ill) AND `+listened+` ORDER BY f.id`,
			nil, func(columns func(...any) error) error {
				var h alerts.FeedHealth
				err := columns(append([]any{&h.Told, &h.Disabled}, feedTargets(&h.Feed)...)...)
				out = append(out, h)
				return err
			})
		for i := range out {
			if err == nil {
				err = addListings(ctx, tx, &out[i].Feed)
			}
		}
		return err
	})
	return out, err
}

// UntoldGaps returns the gaps that the admins were not told of, by feed, those of feeds left out whose gaps they were told
// of within a day.
func (s *Store) UntoldGaps(ctx context.Context, now time.Time) (feeds []alerts.Feed, gaps map[alerts.FeedID][]alerts.Gap, err error) {
	gaps = map[alerts.FeedID][]alerts.Gap{}
	err = s.look(ctx, "read untold gaps", func(tx txn) error {
		query := `SELECT g.began, g.ended, g.found, ` + feedColumns + ` FROM gaps g JOIN feeds f ON f.id = g.feed WHERE NOT g.told AND ` + listened + `
			AND NOT EXISTS (SELECT 1 FROM gaps t WHERE t.feed = g.feed AND t.told AND t.found > $1) ORDER BY g.feed, g.found`
		err := tx.each(ctx, query, []any{at(now.Add(-gapsTold))}, func(columns func(...any) error) error {
			var g alerts.Gap
			var f alerts.Feed
			err := columns(append([]any{moment{&g.From}, moment{&g.To}, moment{&g.Found}}, feedTargets(&f)...)...)
			g.Feed = f.ID
			if gaps[f.ID] == nil {
				feeds = append(feeds, f)
			}
			gaps[f.ID] = append(gaps[f.ID], g)
			return err
		})
		for i := range feeds {
			if err == nil {
				err = addListings(ctx, tx, &feeds[i])
			}
		}
		return err
	})
	return feeds, gaps, err
}

// A Flood is a feed that brought more than its habit.
type Flood struct {
	Feed    alerts.Feed
	Stories int       // that were told together, over all channels
	Last    time.Time // when such a message was made last
}

// Floods returns the feeds whose stories were told together for their number, since the time.
func (s *Store) Floods(ctx context.Context, since time.Time) (out []Flood, err error) {
	err = s.look(ctx, "read floods", func(tx txn) error {
		err := tx.each(ctx, `SELECT b.stories, b.last, `+feedColumns+` FROM feeds f JOIN (
				SELECT feed, COUNT(DISTINCT story) AS stories, MAX(told) AS last FROM gatherings WHERE told >= $1 AND reason = $2 GROUP BY feed
			) b ON b.feed = f.id ORDER BY f.id`, []any{at(since), string(alerts.Burst)}, func(columns func(...any) error) error {
			var f Flood
			err := columns(append([]any{&f.Stories, moment{&f.Last}}, feedTargets(&f.Feed)...)...)
			out = append(out, f)
			return err
		})
		for i := range out {
			if err == nil {
				err = addListings(ctx, tx, &out[i].Feed)
			}
		}
		return err
	})
	return out, err
}

// A Telling is what the admins are told of feeds and channels, and what follows from it.
type Telling struct {
	Notices []alerts.Delivery // none if there is no channel for them
	Ill     []alerts.FeedID
	Dead    []alerts.FeedID // not polled any more
	Why     string          // why those are not
	Revived []alerts.FeedID
	Gaps    []alerts.FeedID // whose gaps found until Now are told
	Stops   []alerts.Channel
	Now     time.Time
}

// Tell puts the notices into the outbox and remembers what they tell, in one transaction: each is told once.
func (s *Store) Tell(ctx context.Context, t Telling) error {
	return s.change(ctx, "tell the admins", func(tx txn) error {
		for _, d := range t.Notices {
			if _, err := enqueue(ctx, tx, d, t.Now); err != nil {
				return err
			}
		}
		for _, step := range []struct {
			feeds []alerts.FeedID
			query string
			args  []any
		}{{t.Ill, tellIll, nil}, {t.Dead, tellDead, []any{t.Why}}, {t.Revived, tellRevived, nil}, {t.Gaps, tellGaps, []any{at(t.Now)}}} {
			for _, id := range step.feeds {
				if _, err := tx.exec(ctx, step.query, append([]any{int64(id)}, step.args...)...); err != nil {
					return err
				}
			}
		}
		for _, c := range t.Stops {
			if _, err := tx.exec(ctx, `UPDATE channels SET told = TRUE WHERE channel = $1 AND stopped <> ''`, string(c)); err != nil {
				return err
			}
		}
		return nil
	})
}

// RetryFeed polls a feed again that was given up; an *alerts.Invalid if the workspace does not hear it, or it is polled
// anyhow. The file's may be asked for too: its listing stays as it is.
func (s *Store) RetryFeed(ctx context.Context, c alerts.Change, name string) error {
	return s.change(ctx, "retry feed", func(tx txn) error {
		var id alerts.FeedID
		var named, disabled string
		found, err := tx.row(ctx, `SELECT f.id, l.name, f.disabled FROM listings l JOIN feeds f ON f.id = l.feed
			WHERE l.folded = $2 AND l.workspace IN ('', $1) ORDER BY l.workspace DESC LIMIT 1`, []any{string(c.Workspace), folded(name)}, &id, &named, &disabled)
		switch {
		case err != nil:
			return err
		case !found:
			return invalid("There is no feed named %s. See the feeds with /feeds list.", name)
		case disabled == "":
			return invalid("The feed %s is polled by its schedule. See how it fares with /feeds status.", named)
		}
		if _, err := tx.exec(ctx, enableFeed, int64(id), at(c.At)); err != nil {
			return err
		}
		return audit(ctx, tx, c, disabled, nil)
	})
}
