package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// A page is how many articles are in memory at once: replayPage of them, or fewer once their texts come to replayBytes, as one may
// be of 800,000 bytes. Each page is a transaction of its own, so that a long replay keeps neither the writer nor the checkpoint of the
// log waiting.
const (
	replayPage  = 200
	replayBytes = 4 << 20
)

// errFull ends a page whose texts have come to replayBytes.
var errFull = errors.New("the page is full")

// Replay calls do with the articles whose texts are kept, first read at since or later, in the order in which they were
// recorded, the newest most of them. Feeds are as they are listed and labelled when it begins. An error of do ends it and
// is returned as it is.
func (s *Store) Replay(ctx context.Context, since time.Time, most int, do func(alerts.Past) error) error {
	feeds := map[alerts.FeedID]heardFeed{}
	var next int64
	err := s.look(ctx, "read feeds", func(tx txn) (err error) {
		if feeds, err = allFeeds(ctx, tx); err != nil {
			return err
		}
		_, err = tx.row(ctx, `SELECT COALESCE(MIN(id), 0) FROM (SELECT id FROM articles WHERE NOT pruned AND seen >= $1 ORDER BY id DESC LIMIT $2) newest`,
			[]any{at(since), max(most, 0)}, &next)
		return err
	})
	if err != nil || next == 0 {
		return err
	}
	for {
		page, last, more, err := s.replayed(ctx, next, since)
		if err != nil {
			return err
		}
		for _, p := range page {
			p.Feed, p.Title = feeds[p.Article.Feed].Feed, feeds[p.Article.Feed].title
			if err := do(p); err != nil {
				return err
			}
		}
		if !more {
			return ctx.Err()
		}
		next = last + 1
	}
}

// replayed reads one page, from an article's id on; more tells that there may be others behind it.
func (s *Store) replayed(ctx context.Context, from int64, since time.Time) (page []alerts.Past, last int64, more bool, err error) {
	query := `SELECT id, feed, item, url, canonical, title, body, language, published, updated, seen, story, barred, late, elsewhere FROM articles
		WHERE id >= $1 AND seen >= $2 AND NOT pruned ORDER BY id LIMIT $3`
	err = s.look(ctx, "read articles", func(tx txn) error {
		page = nil
		size := 0
		err := tx.each(ctx, query, []any{from, at(since), replayPage}, func(columns func(...any) error) error {
			var p alerts.Past
			a := &p.Article
			err := columns(&last, &a.Feed, &a.Key, &a.URL, &a.Canonical, &a.Title, &a.Text, &a.Language, moment{&a.Published}, moment{&a.Updated},
				moment{&a.Seen}, &p.Story, &p.Barred, &p.Late, &p.Elsewhere)
			page = append(page, p)
			if size += len(a.Title) + len(a.Text); err == nil && size >= replayBytes {
				return errFull
			}
			return err
		})
		more = len(page) == replayPage || errors.Is(err, errFull)
		if errors.Is(err, errFull) {
			return nil
		}
		return err
	})
	return page, last, more, err
}

// A heardFeed is a feed with its own title.
type heardFeed struct {
	alerts.Feed
	title string
}

// allFeeds returns all feeds with their listings, those that nobody lists any more too.
func allFeeds(ctx context.Context, tx txn) (map[alerts.FeedID]heardFeed, error) {
	var titles []string
	var all []alerts.Feed
	err := tx.each(ctx, `SELECT f.title, `+feedColumns+` FROM feeds f`, nil, func(columns func(...any) error) error {
		var f alerts.Feed
		var title string
		err := columns(append([]any{&title}, feedTargets(&f)...)...)
		all, titles = append(all, f), append(titles, title)
		return err
	})
	if err != nil {
		return nil, err
	}
	for part := range slices.Chunk(all, chunk) {
		if err := addListings(ctx, tx, pointers(part)...); err != nil {
			return nil, err
		}
	}
	feeds := map[alerts.FeedID]heardFeed{}
	for i, f := range all {
		feeds[f.ID] = heardFeed{f, titles[i]}
	}
	return feeds, nil
}
