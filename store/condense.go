package store

import (
	"context"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	// untried is true of a delivery d that is to open a story and was never tried, whose article is known, and to which no
	// reply belongs.
	untried = ` WHERE d.channel = $1 AND d.state IN ('pending', 'sending') AND d.state = 'pending' AND d.part = 'root' AND d.attempts = 0 AND NOT d.uncertain
		AND EXISTS (SELECT 1 FROM decisions p WHERE p.story = d.story AND p.channel = d.channel AND p.verb = 'posted')
		AND NOT EXISTS (SELECT 1 FROM deliveries r WHERE r.channel = d.channel AND r.story = d.story AND r.kind = 'reply')`

	putGathering = `INSERT INTO gatherings (channel, story, workspace, alert_id, feed, item, reason, piece, gathered, batch, told)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $9)
		ON CONFLICT (channel, story) DO UPDATE SET feed = excluded.feed, item = excluded.item, reason = excluded.reason,
			piece = excluded.piece, gathered = excluded.gathered, batch = excluded.batch, told = excluded.told`

	decideAnew = `UPDATE decisions SET verb = 'gathered', reason = $3 WHERE story = $1 AND channel = $2 AND verb = 'posted'`

	takePlace = `UPDATE deliveries SET position = $3 WHERE channel = $1 AND story = $2 AND part = 'root'`
)

// untriedOnes asks for what was never tried in channel $1, with the newest alert of each and the article that opened its story.
func untriedOnes(e *engine) string {
	return `SELECT d.story, COALESCE((SELECT n.alert FROM deliveries n WHERE n.channel = d.channel AND n.story = d.story AND n.kind = 'edit'
				ORDER BY n.position DESC, n.id DESC LIMIT 1), d.alert), d.on_uncertain, d.not_before, d.position, o.feed, o.item
		FROM deliveries d` + e.openOnes + ` JOIN decisions o ON o.id = (SELECT p.id FROM decisions p
				WHERE p.story = d.story AND p.channel = d.channel AND p.verb = 'posted' ORDER BY p.id LIMIT 1)` + untried + `
		ORDER BY d.position, d.id LIMIT $2`
}

// A condenseError is why messages could not be made one. What it comes from is not to be unwrapped: the transaction that
// settles a message is not tried again for its sake.
type condenseError struct{ err error }

func (e *condenseError) Error() string { return e.err.Error() }

// condense makes one message of those that wait in a channel, as alerts.Condense says, once one got through that was held
// up, and returns how many stories it tells. It runs in the transaction that settles that one, while the channel is leased:
// nothing of it is being sent, and no crash comes between. Its errors are *condenseError.
func condense(ctx context.Context, tx txn, d alerts.Delivery, created, now time.Time) (stories int, err error) {
	if digest := len(d.Alert.Stories) > 0; !digest && !alerts.HeldUp(created, now) {
		return 0, nil
	}
	var n int
	few := `SELECT COUNT(*) FROM (SELECT 1 FROM deliveries d` + tx.engine.openOnes + untried + ` ORDER BY d.position, d.id LIMIT $2) u`
	if _, err = tx.row(ctx, few, []any{string(d.Channel), alerts.FewWaiting + 1}, &n); err == nil && n > alerts.FewWaiting {
		stories, err = tellTogether(ctx, tx, d.Channel, now)
	}
	if err != nil {
		return 0, &condenseError{err}
	}
	return stories, nil
}

func tellTogether(ctx context.Context, tx txn, c alerts.Channel, now time.Time) (int, error) {
	// What is planned meanwhile took the stories for posted alone. It comes first, so that whoever records waits for this, and
	// this does not fail for them.
	if _, err := tx.exec(ctx, moveLedger, 0); err != nil {
		return 0, err
	}
	held, positions, err := waitingIn(ctx, tx, c)
	if err != nil {
		return 0, err
	}
	b, told, ok := alerts.Condense(held, now)
	if !ok {
		return 0, nil
	}
	for _, g := range told {
		if err := tellInstead(ctx, tx, g, b.Delivery.Story); err != nil {
			return 0, err
		}
	}
	if _, err := enqueue(ctx, tx, b.Delivery, now); err != nil {
		return 0, err
	}
	_, err = tx.exec(ctx, takePlace, string(c), string(b.Delivery.Story), positions[0])
	return len(told), err
}

// waitingIn returns what was never tried in a channel, in order, and where it stands in the queue. It is one question, since
// other changes may wait for its answer.
func waitingIn(ctx context.Context, tx txn, c alerts.Channel) (out []alerts.Waiting, positions []int64, err error) {
	err = tx.each(ctx, untriedOnes(tx.engine), []any{string(c), alerts.MostCondensed}, func(columns func(...any) error) error {
		w, position := alerts.Waiting{Delivery: alerts.Delivery{Channel: c}}, int64(0)
		err := columns(&w.Delivery.Story, document{&w.Delivery.Alert}, &w.Delivery.OnUncertain, moment{&w.Since}, &position, &w.Feed, &w.ArticleKey)
		out, positions = append(out, w), append(positions, position)
		return err
	})
	return out, positions, err
}

// tellInstead makes a story that was to be posted alone one that is told with others: its own messages are as if they had
// never been planned, and its decision says what is done.
func tellInstead(ctx context.Context, tx txn, g alerts.Gathering, batch alerts.StoryID) error {
	if _, err := tx.exec(ctx, `DELETE FROM deliveries WHERE channel = $1 AND story = $2`, string(g.Channel), string(g.Story)); err != nil {
		return err
	}
	if _, err := tx.exec(ctx, putGathering, string(g.Channel), string(g.Story), string(g.Channel.Workspace()), alerts.NewAlertID(g.Channel, g.Story),
		int64(g.Feed), g.ArticleKey, string(g.Reason), document{g.Piece}, at(g.At), string(batch)); err != nil {
		return err
	}
	_, err := tx.exec(ctx, decideAnew, string(g.Story), string(g.Channel), string(g.Reason))
	return err
}
