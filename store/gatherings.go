package store

import (
	"cmp"
	"context"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	// A story whose message with others failed for good may be gathered once more, by another article. Whoever planned that
	// may not have known that the message is tried again, or that it is discarded: then what stands stays.
	insertGathering = `INSERT INTO gatherings (channel, story, workspace, alert_id, feed, item, reason, piece, gathered, told)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (channel, story) DO UPDATE SET feed = excluded.feed, item = excluded.item, reason = excluded.reason,
			piece = excluded.piece, gathered = excluded.gathered, batch = '', told = excluded.told
		WHERE (gatherings.feed <> excluded.feed OR gatherings.item <> excluded.item) AND gatherings.batch <> ''
			AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.channel = gatherings.channel AND d.story = gatherings.batch AND d.kind = 'post'
				AND (d.state <> 'failed' OR d.discarded <> ''))`

	tellGathering = `UPDATE gatherings SET batch = $3, told = $4 WHERE channel = $1 AND story = $2`

	// batchStands is true of a gathering g whose message is still to be made, has not failed for good or was discarded.
	batchStands = `(g.batch = '' OR EXISTS (SELECT 1 FROM deliveries d WHERE d.channel = g.channel AND d.story = g.batch AND d.kind = 'post'
		AND (d.state <> 'failed' OR d.discarded <> '')))`
	batchDiscarded = `COALESCE((SELECT MAX(d.discarded) FROM deliveries d WHERE d.channel = g.channel AND d.story = g.batch AND d.kind = 'post'), '')`

	// dropTold takes stories out of a message that have one of their own by now, sent or still to be sent or discarded.
	dropTold = `DELETE FROM gatherings WHERE batch = $1 AND channel = $2 AND EXISTS (SELECT 1 FROM deliveries d
		WHERE d.channel = gatherings.channel AND d.story = gatherings.story AND d.kind = 'post' AND (d.state <> 'failed' OR d.discarded <> ''))`

	gatheringColumns = `channel, story, feed, item, reason, piece, gathered`
)

func recordGathering(ctx context.Context, tx txn, g alerts.Gathering) error {
	_, err := tx.exec(ctx, insertGathering, string(g.Channel), string(g.Story), string(g.Channel.Workspace()),
		alerts.NewAlertID(g.Channel, g.Story), int64(g.Feed), g.ArticleKey, string(g.Reason), document{g.Piece}, at(g.At), at(time.Time{}))
	return err
}

// gathered marks the stories that channels are told together with others.
func gathered(ctx context.Context, tx txn, ids []string, into map[alerts.ChannelStory]alerts.Standing) error {
	query := `SELECT g.channel, g.story, ` + batchDiscarded + ` FROM gatherings g WHERE g.story IN (` + marks(1, len(ids)) + `) AND ` + batchStands
	return tx.each(ctx, query, anys(ids), func(columns func(...any) error) error {
		var k alerts.ChannelStory
		var by string
		err := columns(&k.Channel, &k.Story, &by)
		s := into[k]
		if by != "" && s.Alert.ID != "" {
			return err // it was told alone since
		}
		s.Gathered, s.Discarded = true, cmp.Or(s.Discarded, by)
		into[k] = s
		return err
	})
}

// TellGathered makes messages of the stories that wait to be told together, as alerts.Batches says, and puts them into the
// outbox, in one transaction. hurry does not wait for more. It returns how many messages there are.
func (s *Store) TellGathered(ctx context.Context, now time.Time, hurry bool) (made int, err error) {
	waits := false
	err = s.look(ctx, "read gathered stories", func(tx txn) (err error) {
		var n int
		waits, err = tx.row(ctx, `SELECT 1 FROM gatherings WHERE batch = '' LIMIT 1`, nil, &n)
		return err
	})
	if err != nil || !waits {
		return 0, err
	}
	err = s.change(ctx, "tell gathered stories", func(tx txn) error {
		made = 0
		waiting, err := waitingGatherings(ctx, tx)
		if err != nil {
			return err
		}
		last, err := lastBursts(ctx, tx, now)
		if err != nil {
			return err
		}
		for _, b := range alerts.Batches(waiting, last, now, hurry) {
			if _, err := enqueue(ctx, tx, b.Delivery, now); err != nil {
				return err
			}
			for _, id := range b.Stories {
				if _, err := tx.exec(ctx, tellGathering, string(b.Delivery.Channel), string(id), string(b.Delivery.Story), at(now)); err != nil {
					return err
				}
			}
			made++
		}
		return nil
	})
	return made, err
}

func waitingGatherings(ctx context.Context, tx txn) ([]alerts.Gathering, error) {
	return gatherings(ctx, tx, `SELECT `+gatheringColumns+` FROM gatherings WHERE batch = '' ORDER BY gathered, channel, story`)
}

func gatherings(ctx context.Context, tx txn, query string, args ...any) (out []alerts.Gathering, err error) {
	err = tx.each(ctx, query, args, func(columns func(...any) error) error {
		var g alerts.Gathering
		err := columns(&g.Channel, &g.Story, &g.Feed, &g.ArticleKey, &g.Reason, document{&g.Piece}, moment{&g.At})
		out = append(out, g)
		return err
	})
	return out, err
}

// regather makes a message of gathered stories, which failed and is to be tried again, one of those that were not told
// otherwise since. It does nothing to another delivery. An *alerts.Invalid if none is left.
func regather(ctx context.Context, tx txn, u alerts.Undelivered) error {
	batch, ch := string(u.Alert.Story), string(u.Channel)
	told, err := tx.exec(ctx, dropTold, batch, ch)
	if err != nil {
		return err
	}
	left, err := gatherings(ctx, tx, `SELECT `+gatheringColumns+` FROM gatherings WHERE batch = $1 AND channel = $2 ORDER BY gathered, story`, batch, ch)
	switch {
	case err != nil:
		return err
	case len(left) == 0 && told == 0 && len(u.Alert.Stories) == 0:
		return nil
	case len(left) == 0:
		return invalid("All stories of delivery %d were told otherwise since. Discard it instead.", u.ID)
	}
	_, err = tx.exec(ctx, `UPDATE deliveries SET alert = $3 WHERE story = $1 AND channel = $2 AND kind = 'post'`, batch, ch, document{u.Alert.Regather(left)})
	return err
}

// lastBursts returns when a message of what a feed brought beyond its habit was made last, of the last day.
func lastBursts(ctx context.Context, tx txn, now time.Time) (map[alerts.FeedChannel]time.Time, error) {
	out := map[alerts.FeedChannel]time.Time{}
	err := tx.each(ctx, `SELECT feed, channel, MAX(told) FROM gatherings WHERE told >= $2 AND reason = $1 GROUP BY feed, channel`,
		[]any{string(alerts.Burst), at(now.Add(-24 * time.Hour))}, func(columns func(...any) error) error {
			var k alerts.FeedChannel
			var t time.Time
			err := columns(&k.Feed, &k.Channel, moment{&t})
			out[k] = t
			return err
		})
	return out, err
}

// batchOf returns the message in which the story of that alert id was told with others, and its channel.
func batchOf(ctx context.Context, tx txn, w alerts.Workspace, alertID string) (ch alerts.Channel, id alerts.StoryID, ok bool, err error) {
	ok, err = tx.row(ctx, `SELECT channel, batch FROM gatherings WHERE alert_id = $1 AND workspace = $2 AND batch <> ''`,
		[]any{alertID, string(w)}, &ch, &id)
	return ch, id, ok, err
}

// addGathered adds the decisions and articles of a message of gathered stories, as far as w hears their feeds; batched is
// false if it is no such message.
func addGathered(ctx context.Context, tx txn, w alerts.Workspace, ch alerts.Channel, batch alerts.StoryID, skip int, t *alerts.Told) (batched bool, err error) {
	const from = ` FROM articles a JOIN gatherings g ON g.feed = a.feed AND g.item = a.item WHERE g.batch = $2 AND g.channel = $3 AND ` + heard
	var all int
	if _, err := tx.row(ctx, `SELECT COUNT(*) FROM gatherings WHERE batch = $1 AND channel = $2`, []any{string(batch), string(ch)}, &all); err != nil || all == 0 {
		return false, err
	}
	args := []any{string(w), string(batch), string(ch)}
	if _, err := tx.row(ctx, `SELECT COUNT(*)`+from, args, &t.Batch); err != nil {
		return true, err
	}
	t.Batch = max(t.Batch, 1) // the message is one of several stories, whoever lists their feeds now
	t.Articles, err = found(ctx, tx, `SELECT `+foundColumns+from+` ORDER BY a.told DESC, a.id DESC LIMIT $4 OFFSET $5`, append(args, storyArticles, max(skip, 0))...)
	for _, f := range t.Articles {
		if err != nil {
			break
		}
		var own []alerts.Decision
		own, err = decisions(ctx, tx, `SELECT `+decisionColumns+` FROM decisions WHERE feed = $1 AND item = $2 AND channel = $3 AND verb = 'gathered' ORDER BY id`,
			int64(f.Article.Feed), f.Article.Key, string(ch))
		t.Decisions = append(t.Decisions, own...)
	}
	return true, err
}
