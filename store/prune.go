package store

import (
	"context"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/story"
)

const (
	pruneBatch = 500 // rows of one transaction, so that others wait for milliseconds only

	// joinable is how much longer than the time that Prune is given a story is kept after an article of it was last read,
	// with room to spare: an article may be as old as max_age when it is first read, which is at most the retention, and
	// the engine looks back one window from it to stories that may be one window older.
	joinable = 3 * story.Window
)

// Pruned counts what Prune dropped.
type Pruned struct {
	Articles   int // texts
	Alerts     int // summaries
	Stories    int // what articles would find them by
	NearMisses int
}

// Prune drops the texts, words and near misses of articles first read before the time, and the summaries of alerts settled before it,
// and what was counted a week and more before it.
// Keys, titles, links, decisions and evidence stay, so that nothing is told twice and /why still answers. A story that an
// article may still join keeps what it is found by, whatever the time: what counts is when it was last read. It works in small transactions; on an error what
// was dropped stays so.
func (s *Store) Prune(ctx context.Context, before time.Time) (Pruned, error) {
	var p Pruned
	for _, step := range []struct {
		count *int
		prune func(context.Context, txn, time.Time) (int, error)
		until time.Time
	}{
		{&p.Articles, pruneArticles, before},
		{&p.NearMisses, pruneNearMisses, before},
		{&p.Alerts, pruneAlerts, before.Add(-joinable)},
		{&p.Stories, pruneStories, before.Add(-joinable)},
	} {
		for n := pruneBatch; n == pruneBatch; {
			err := s.change(ctx, "prune", func(tx txn) (err error) {
				n, err = step.prune(ctx, tx, step.until)
				return err
			})
			if err != nil {
				return p, err
			}
			*step.count += n
		}
	}
	return p, s.change(ctx, "prune counts", func(tx txn) error { return pruneCounts(ctx, tx, before.Add(-joinable)) })
}

// pruneCounts drops what is counted of older days, gaps that were told, and when platforms were not heard.
func pruneCounts(ctx context.Context, tx txn, before time.Time) error {
	for _, step := range []struct {
		query string
		until int64
	}{
		{`DELETE FROM feed_days WHERE day < $1`, at(before)},
		{`DELETE FROM gaps WHERE found < $1 AND told`, at(before)},
		{`DELETE FROM unheard WHERE ended < $1`, at(before)},
		{`DELETE FROM paces WHERE slot < $1`, before.Unix() / 60},
	} {
		if _, err := tx.exec(ctx, step.query, step.until); err != nil {
			return err
		}
	}
	return nil
}

// ids returns a column of ids.
func ids[T any](ctx context.Context, tx txn, query string, args ...any) ([]T, error) {
	var out []T
	err := tx.each(ctx, query, args, func(columns func(...any) error) error {
		var id T
		err := columns(&id)
		out = append(out, id)
		return err
	})
	return out, err
}

func pruneArticles(ctx context.Context, tx txn, before time.Time) (int, error) {
	old, err := ids[int64](ctx, tx, `SELECT id FROM articles WHERE NOT pruned AND seen < $1 ORDER BY seen LIMIT $2`, at(before), pruneBatch)
	for _, id := range old {
		if _, err := tx.exec(ctx, `UPDATE articles SET body = '', author = '', categories = '', pruned = TRUE WHERE id = $1`, id); err != nil {
			return 0, err
		}
		if _, err := tx.exec(ctx, `DELETE FROM article_words WHERE rowid = $1`, id); err != nil {
			return 0, err
		}
	}
	return len(old), err
}

func pruneAlerts(ctx context.Context, tx txn, before time.Time) (int, error) {
	old, err := ids[int64](ctx, tx, `SELECT id FROM deliveries WHERE settled > 0 AND NOT pruned AND settled < $1 ORDER BY settled LIMIT $2`, at(before), pruneBatch)
	for _, id := range old {
		var a alerts.Alert
		if _, err := tx.row(ctx, `SELECT alert FROM deliveries WHERE id = $1`, []any{id}, document{&a}); err != nil {
			return 0, err
		}
		a.Summary = ""
		if _, err := tx.exec(ctx, `UPDATE deliveries SET alert = $2, pruned = TRUE WHERE id = $1`, id, document{a}); err != nil {
			return 0, err
		}
	}
	return len(old), err
}

func pruneStories(ctx context.Context, tx txn, before time.Time) (int, error) {
	old, err := ids[string](ctx, tx, `SELECT id FROM stories WHERE NOT pruned AND seen < $1 ORDER BY seen LIMIT $2`, at(before), pruneBatch)
	for _, id := range old {
		for _, query := range []string{
			`DELETE FROM story_keys WHERE story = $1`,
			`UPDATE articles SET fingerprint = '' WHERE story = $1`,
			`UPDATE stories SET pruned = TRUE WHERE id = $1`,
		} {
			if _, err := tx.exec(ctx, query, id); err != nil {
				return 0, err
			}
		}
	}
	return len(old), err
}
