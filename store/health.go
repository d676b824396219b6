package store

import (
	"context"
	"errors"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	retryFeed = `UPDATE feeds SET disabled = '', next_poll = $2, manners = $3 WHERE id = $1`

	// Each changes what is not told yet, and nothing where another replica told it meanwhile.
	tellIll     = `UPDATE feeds SET told_ill = TRUE WHERE id = $1 AND NOT told_ill`
	tellDead    = `UPDATE feeds SET told_ill = TRUE, disabled = $2 WHERE id = $1 AND disabled = ''`
	tellRevived = `UPDATE feeds SET told_ill = FALSE WHERE id = $1 AND told_ill`
	tellGaps    = `UPDATE gaps SET told = TRUE WHERE feed = $1 AND found <= $2 AND NOT told`
	tellStop    = `UPDATE channels SET told = TRUE WHERE channel = $1 AND stopped <> '' AND NOT told`

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

// ErrTold says that something of a Telling was told meanwhile, by another replica: nothing of it is told now.
var ErrTold = errors.New("another replica told the admins meanwhile")

// Tell puts the notices into the outbox and remembers what they tell, in one transaction: each is told once, by however
// many replicas. ErrTold, and nothing is told, if any of it needs no telling any more: what is left is told at the next turn.
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
				if err := tellOne(ctx, tx, step.query, append([]any{int64(id)}, step.args...)...); err != nil {
					return err
				}
			}
		}
		for _, c := range t.Stops {
			if err := tellOne(ctx, tx, tellStop, string(c)); err != nil {
				return err
			}
		}
		return nil
	})
}

func tellOne(ctx context.Context, tx txn, query string, args ...any) error {
	n, err := tx.exec(ctx, query, args...)
	if err == nil && n == 0 {
		return ErrTold
	}
	return err
}

// RetryFeed polls a feed that fails, or was given up, again: now, or as soon as its server's Retry-After allows, which it
// returns. An *alerts.Invalid if the workspace does not hear it, it is read without trouble, or it waits for another word.
// The file's may be asked for too: its listing stays as it is.
func (s *Store) RetryFeed(ctx context.Context, c alerts.Change, name string) (due time.Time, err error) {
	err = s.change(ctx, "retry feed", func(tx txn) error {
		var id alerts.FeedID
		var named, disabled string
		var failures int
		var m alerts.Manners
		found, err := tx.row(ctx, `SELECT f.id, l.name, f.disabled, f.failures, f.manners FROM listings l JOIN feeds f ON f.id = l.feed
			WHERE l.folded = $2 AND l.workspace IN ('', $1) ORDER BY l.workspace DESC LIMIT 1`, []any{string(c.Workspace), folded(name)},
			&id, &named, &disabled, &failures, document{&m})
		switch {
		case err != nil:
			return err
		case !found:
			return invalid("There is no feed named %s. To see the feeds: feeds list.", name)
		case disabled == "" && m.Trouble == alerts.TroubleGone:
			return invalid("Its publisher took the feed %s down for good (410), so it is no longer asked. If it is there again: feeds accept %s.", named, named)
		case disabled == "" && failures == 0:
			return invalid("The feed %s is read without trouble, by its schedule. How it fares: feeds status.", named)
		}
		if due, err = retry(ctx, tx, id, m, c.At); err != nil {
			return err
		}
		return audit(ctx, tx, c, disabled, nil)
	})
	return due, err
}

// retry makes a feed due: now, or as soon as its server allows.
func retry(ctx context.Context, tx txn, id alerts.FeedID, m alerts.Manners, now time.Time) (due time.Time, err error) {
	if due = now; m.NotBefore.After(due) {
		due = m.NotBefore
	}
	m.Retried = now
	_, err = tx.exec(ctx, retryFeed, int64(id), at(due), document{m})
	return due, err
}

// enable takes a feed up again if it was given up.
func enable(ctx context.Context, tx txn, id alerts.FeedID, now time.Time) error {
	var m alerts.Manners
	found, err := tx.row(ctx, `SELECT manners FROM feeds WHERE id = $1 AND disabled <> ''`, []any{int64(id)}, document{&m})
	if err == nil && found {
		_, err = retry(ctx, tx, id, m, now)
	}
	return err
}
