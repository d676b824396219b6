package store

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/story"
)

// World returns which articles are recorded, which stories with one of the keys are young enough to be joined, and what
// channels have of those.
func (s *Store) World(ctx context.Context, q alerts.Question) (alerts.World, error) {
	w := alerts.World{
		Known: map[alerts.ArticleKey]bool{}, Alerts: map[alerts.ChannelStory]alerts.Standing{}, Windows: map[alerts.FeedID]alerts.Window{},
		Links: map[alerts.ArticleKey]string{}, Edited: map[alerts.ArticleKey]alerts.StoryID{}, Flows: map[alerts.FeedChannel]alerts.Flow{},
	}
	err := s.look(ctx, "read world", func(tx txn) error {
		if _, err := tx.row(ctx, `SELECT version FROM ledger WHERE one = 1`, nil, &w.AsOf); err != nil {
			return err
		}
		if err := known(ctx, tx, q.Keys, w.Known); err != nil {
			return err
		}
		if err := links(ctx, tx, q.Links, w.Links); err != nil {
			return err
		}
		if err := windows(ctx, tx, q.Windows, w.Windows); err != nil {
			return err
		}
		if err := flows(ctx, tx, q.Flows, alerts.FlowSince(q.Now), w.Flows); err != nil {
			return err
		}
		if err := earlier(ctx, tx, q.Traits, &w); err != nil {
			return err
		}
		if err := storiesOfArticles(ctx, tx, q.Edited, w.Edited); err != nil {
			return err
		}
		newest, err := storiesOf(ctx, tx, q.StoryKeys, q.Since)
		if err != nil {
			return err
		}
		return tell(ctx, tx, newest, &w)
	})
	return w, err
}

// tell fills in the stories that may be joined, and what channels have of them and of those that are asked for otherwise.
func tell(ctx context.Context, tx txn, newest map[string]time.Time, w *alerts.World) error {
	ids := slices.Sorted(maps.Keys(newest))
	for part := range slices.Chunk(ids, chunk) {
		members, err := membersOf(ctx, tx, part)
		if err != nil {
			return err
		}
		for _, id := range part {
			w.Stories = append(w.Stories, story.Candidate{ID: id, Newest: newest[id], Members: members[id]})
		}
	}
	for _, id := range w.Edited {
		ids = append(ids, string(id))
	}
	for _, found := range []map[string][]alerts.Earlier{w.Pages, w.Prints} {
		for _, all := range found {
			for _, e := range all {
				ids = append(ids, string(e.Story))
			}
		}
	}
	slices.Sort(ids)
	for part := range slices.Chunk(slices.Compact(ids), chunk) {
		if err := standings(ctx, tx, part, w.Alerts); err != nil {
			return err
		}
		if err := gathered(ctx, tx, part, w.Alerts); err != nil {
			return err
		}
	}
	return nil
}

// known marks those of the keys that are recorded.
func known(ctx context.Context, tx txn, keys []alerts.ArticleKey, mark map[alerts.ArticleKey]bool) error {
	byFeed := map[alerts.FeedID][]string{}
	for _, k := range keys {
		byFeed[k.Feed] = append(byFeed[k.Feed], k.Key)
	}
	for feed, items := range byFeed {
		for part := range slices.Chunk(items, chunk) {
			query := `SELECT item FROM articles WHERE feed = $1 AND item IN (` + marks(2, len(part)) + `)`
			err := tx.each(ctx, query, anys(part, int64(feed)), func(columns func(...any) error) error {
				k := alerts.ArticleKey{Feed: feed}
				err := columns(&k.Key)
				mark[k] = true
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// storiesOf returns the stories that have one of the keys and whose newest article is not before since, with its time. Of
// those that share a key it returns the newest, as many as would be compared: a key that thousands share proves nothing,
// and reading all their members would make planning ever slower.
func storiesOf(ctx context.Context, tx txn, keys []story.Key, since time.Time) (map[string]time.Time, error) {
	newest := map[string]time.Time{}
	for part := range slices.Chunk(keys, chunk) {
		query := `SELECT DISTINCT r.id, r.newest FROM (
				SELECT s.id, s.newest, ROW_NUMBER() OVER (PARTITION BY k.name ORDER BY s.newest DESC, s.id) AS place
				FROM story_keys k JOIN stories s ON s.id = k.story
				WHERE s.newest >= $1 AND k.name IN (` + marks(3, len(part)) + `)
			) r WHERE r.place <= $2`
		args := []any{at(since), story.MaxPerKey}
		for _, k := range part {
			args = append(args, string(k))
		}
		err := tx.each(ctx, query, args, func(columns func(...any) error) error {
			var id string
			var t time.Time
			err := columns(&id, moment{&t})
			newest[id] = t
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return newest, nil
}

// membersOf returns the fingerprints of the stories' articles, in the order they were recorded.
func membersOf(ctx context.Context, tx txn, ids []string) (map[string][]story.Fingerprint, error) {
	members := map[string][]story.Fingerprint{}
	query := `SELECT story, fingerprint FROM articles WHERE fingerprint <> '' AND story IN (` + marks(1, len(ids)) + `) ORDER BY id`
	err := tx.each(ctx, query, anys(ids), func(columns func(...any) error) error {
		var id string
		var p story.Fingerprint
		err := columns(&id, document{&p})
		members[id] = append(members[id], p)
		return err
	})
	return members, err
}

// standings fills in what channels have of the stories: the newest root or edit as it was meant, what became of the
// newest root, and how many there are of each. A second try as plain text says nothing new but what became of the root.
func standings(ctx context.Context, tx txn, ids []string, into map[alerts.ChannelStory]alerts.Standing) error {
	query := `SELECT channel, story, kind, plain, state, discarded, alert FROM deliveries WHERE kind IN ('post', 'edit')
		AND story IN (` + marks(1, len(ids)) + `) ORDER BY position, id`
	return tx.each(ctx, query, anys(ids), func(columns func(...any) error) error {
		var k alerts.ChannelStory
		var kind, discarded string
		var plain bool
		var state alerts.DeliveryState
		var a alerts.Alert
		if err := columns(&k.Channel, &k.Story, &kind, &plain, &state, &discarded, document{&a}); err != nil {
			return err
		}
		standing := into[k]
		switch {
		case kind == "post" && plain:
			standing.State, standing.Discarded = state, cmp.Or(standing.Discarded, discarded)
		case kind == "post":
			standing.State, standing.Alert, standing.Discarded = state, a, discarded
			standing.Roots++
		case !plain:
			standing.Alert = a
			standing.Edits++
		}
		into[k] = standing
		return nil
	})
}
