package store

import (
	"context"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	insertStory = `INSERT INTO stories (id, title, opened, newest, seen) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING`
	renewStory  = `UPDATE stories SET newest = CASE WHEN newest < $2 THEN $2 ELSE newest END, seen = CASE WHEN seen < $3 THEN $3 ELSE seen END,
			pruned = FALSE
		WHERE id = $1 AND (newest < $2 OR seen < $3 OR pruned)`

	insertArticle = `INSERT INTO articles (feed, item, url, canonical, title, body, author, categories, language,
			published, updated, seen, told, story, fingerprint, barred, page, print, late, elsewhere, link)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
		ON CONFLICT (feed, item) DO NOTHING RETURNING id`
	insertWords    = `INSERT INTO article_words (rowid, words) VALUES ($1, $2)`
	insertStoryKey = `INSERT INTO story_keys (name, story) VALUES ($1, $2) ON CONFLICT (name, story) DO NOTHING`

	insertDecision = `INSERT INTO decisions (channel, workspace, list_workspace, list, watch, feed, item, story,
			verb, reason, mention, evidence, decided)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
		ON CONFLICT (feed, item, channel, list_workspace, list, watch) DO NOTHING`

	visitFeed = `UPDATE feeds SET etag = $2, last_modified = $3, body_hash = $4, visited = $5, succeeded = $6, failures = $7,
			failure = $8, title = CASE WHEN $9 = '' THEN title ELSE $9 END, moved = $10, next_poll = $11, lease_until = 0, articles = articles + $12,
			warning = $13, failing = $14, polls = polls + 1, polls_failed = polls_failed + $15, manners = $16
		WHERE id = $1 AND (lease_until = $17 OR $17 = 0)`

	countLate = `UPDATE feeds SET articles = articles + $2 WHERE id = $1`

	moveLedger = `UPDATE ledger SET version = version + 1 WHERE version = $1 OR $1 = 0`

	countPages = `UPDATE feeds SET pages_read = pages_read + $2, pages_failed = pages_failed + $3,
			page_failure = CASE WHEN $4 <> '' THEN $4 WHEN $2 > 0 THEN '' ELSE page_failure END
		WHERE id = $1`
)

// Record writes the outcomes in one transaction. What stands already is left as it is; of a visit that failed only the
// cursor and the next poll are written. A visit that found nothing new costs one UPDATE. alerts.ErrMoved, and nothing is
// written, if they tell something new and were planned before the last recording of such.
func (s *Store) Record(ctx context.Context, outcomes []alerts.Outcome) error {
	if len(outcomes) == 0 {
		return nil
	}
	found := s.engine.found(outcomes) // others wait for the transaction, and not for this
	return s.change(ctx, "record visits", func(tx txn) error {
		if err := movesLedger(ctx, tx, outcomes); err != nil {
			return err
		}
		for i, o := range outcomes {
			if err := recordOutcome(ctx, tx, o, found[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// movesLedger counts the recording of something new, and refuses one that was planned on an older state.
func movesLedger(ctx context.Context, tx txn, outcomes []alerts.Outcome) error {
	fresh, asOf := false, int64(0)
	for _, o := range outcomes {
		fresh = fresh || len(o.Recorded)+len(o.Deliveries)+len(o.Gathered) > 0
		asOf = max(asOf, o.AsOf)
	}
	if !fresh {
		return nil
	}
	moved, err := tx.exec(ctx, moveLedger, asOf)
	if err == nil && moved == 0 {
		return alerts.ErrMoved
	}
	return err
}

// found returns what each of the outcomes' articles is found by, as article_words holds it: nil for an article that is not.
func (e *engine) found(outcomes []alerts.Outcome) [][]any {
	out := make([][]any, len(outcomes))
	for i, o := range outcomes {
		if o.Visit.Failed() {
			continue // nothing of it is recorded
		}
		out[i] = make([]any, len(o.Recorded))
		for j, r := range o.Recorded {
			if words := r.Words(); len(words) > 0 {
				out[i][j] = e.words(words)
			}
		}
	}
	return out
}

// recordOutcome writes one outcome; found is what its articles are found by.
func recordOutcome(ctx context.Context, tx txn, o alerts.Outcome, found []any) error {
	v := o.Visit
	if v.Failed() {
		return recordVisit(ctx, tx, v, 0)
	}
	var inserted []alerts.Recorded
	for i, r := range o.Recorded {
		isNew, err := recordArticle(ctx, tx, v.Feed.ID, r, found[i])
		if err != nil {
			return err
		}
		if isNew {
			inserted = append(inserted, r)
		}
	}
	for _, d := range o.Decisions {
		if _, err := tx.exec(ctx, insertDecision, string(d.Channel), string(d.Channel.Workspace()), string(d.List.Workspace), d.List.Name,
			d.Watch, int64(d.Feed), d.ArticleKey, string(d.Story), string(d.Verb), string(d.Reason), string(d.Mention),
			document{d.Evidence}, at(d.At)); err != nil {
			return err
		}
	}
	for _, n := range o.NearMisses {
		if err := recordNearMiss(ctx, tx, n); err != nil {
			return err
		}
	}
	for _, d := range o.Deliveries {
		if _, err := enqueue(ctx, tx, d, v.At); err != nil {
			return err
		}
	}
	if err := recordRest(ctx, tx, o, len(inserted) < len(o.Recorded)); err != nil {
		return err
	}
	if err := recordPages(ctx, tx, v.Feed.ID, inserted); err != nil {
		return err
	}
	return recordVisit(ctx, tx, v, len(inserted))
}

// recordPages counts what became of the articles' pages. A visit that asked for none writes nothing.
func recordPages(ctx context.Context, tx txn, feed alerts.FeedID, recorded []alerts.Recorded) error {
	read, failed, why := 0, 0, ""
	for _, r := range recorded {
		switch r.Article.Page {
		case "":
		case alerts.PageRead:
			read++
		default:
			failed++
			why = r.Article.Page
		}
	}
	if read+failed == 0 {
		return nil
	}
	_, err := tx.exec(ctx, countPages, int64(feed), read, failed, why)
	return err
}

// recordVisit writes what the feed is to remember, and releases it; if its lease ran out and another took over, only
// how many articles there were. With the first visit of a day it keeps the counts as
// they stood until then.
func recordVisit(ctx context.Context, tx txn, v alerts.Visit, fresh int) error {
	c, failed := v.Cursor, 0
	if v.Failed() {
		failed = 1
	}
	if day := midnight(v.At); day.After(midnight(v.Feed.Cursor.Visited)) {
		if _, err := tx.exec(ctx, startDay, int64(v.Feed.ID), at(day)); err != nil {
			return err
		}
	}
	leased := int64(0)
	if !v.Feed.Leased.IsZero() {
		leased = at(v.Feed.Leased)
	}
	n, err := tx.exec(ctx, visitFeed, int64(v.Feed.ID), c.ETag, c.LastModified, c.BodyHash, at(c.Visited), at(c.Succeeded),
		c.Failures, c.Failure, v.Title, v.Moved, at(v.NextPoll), fresh, c.Warning,
		at(c.Failing), failed, document{c.Manners}, leased)
	if err == nil && n == 0 && fresh > 0 {
		_, err = tx.exec(ctx, countLate, int64(v.Feed.ID), fresh)
	}
	if err != nil {
		return err
	}
	return recordHub(ctx, tx, v)
}

// recordArticle writes an article of the feed that is not there yet, with all by which it is found again: words is what
// article_words is to hold, nil if nothing.
func recordArticle(ctx context.Context, tx txn, feed alerts.FeedID, r alerts.Recorded, words any) (inserted bool, err error) {
	a := r.Article
	var print any = document{r.Fingerprint}
	if r.Again {
		print = "" // nothing joins a story by what stood in it before
	}
	if _, err := tx.exec(ctx, insertStory, string(r.Story), a.Title, at(a.Time()), at(a.Time()), at(a.Seen)); err != nil {
		return false, err
	}
	var id int64
	inserted, err = tx.row(ctx, insertArticle, []any{
		int64(feed), a.Key, a.URL, a.Canonical, a.Title, a.Text, a.Author,
		document{a.Categories},
		a.Language, at(a.Published), at(a.Updated), at(a.Seen), at(a.Time()), string(r.Story),
		print,
		string(r.Barred), a.Page, r.Print, r.Late, r.Elsewhere, a.Link,
	}, &id)
	if err != nil || !inserted || r.Again {
		return inserted, err
	}
	if !r.Opens {
		if _, err := tx.exec(ctx, renewStory, string(r.Story), at(a.Time()), at(a.Seen)); err != nil {
			return false, err
		}
	}
	for _, k := range r.Fingerprint.Keys {
		if _, err := tx.exec(ctx, insertStoryKey, string(k), string(r.Story)); err != nil {
			return false, err
		}
	}
	if words == nil {
		return true, nil
	}
	_, err = tx.exec(ctx, insertWords, id, words)
	return err == nil, err
}

// hotStatements are those that run for every visit, article, delivery or imported name.
func hotStatements() []string {
	return []string{
		insertStory, renewStory, insertArticle, insertWords, insertStoryKey, insertDecision, insertNearMiss, visitFeed, countPages, moveLedger,
		insertChannel, insertDelivery, supersedeEdits,
		putWindow, addFlow, startDay,
		findPerson, insertPerson, insertPersonName,
		claimDelivery, leaseChannel, rootMessage, rootState, standingDelivery, settleDelivery, releaseChannel,
	}
}
