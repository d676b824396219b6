package store

import (
	"context"
	"strings"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	// heard is true of an article a that workspace $1 hears.
	heard = `EXISTS (SELECT 1 FROM listings h WHERE h.feed = a.feed AND h.workspace IN ('', $1))`

	// foundColumns are what scanFound reads; the label is the one that workspace $1 hears.
	foundColumns = `a.feed, a.item, a.url, a.canonical, a.title, a.body, a.author, a.categories, a.language, a.published, a.updated,
		a.seen, a.page, a.story, COALESCE((SELECT source FROM listings WHERE feed = a.feed AND workspace IN ('', $1) ORDER BY ` + fileFirst + ` LIMIT 1), '')`

	decisionColumns = `channel, list_workspace, list, watch, feed, item, story, verb, reason, mention, evidence, decided`

	// storyArticles is how many articles of a story an alert is explained with.
	storyArticles = 50
)

// found asks for articles. Its first argument is the workspace.
func found(ctx context.Context, tx txn, query string, args ...any) ([]alerts.Found, error) {
	var out []alerts.Found
	err := tx.each(ctx, query, args, func(columns func(...any) error) error {
		var f alerts.Found
		a := &f.Article
		err := columns(&a.Feed, &a.Key, &a.URL, &a.Canonical, &a.Title, &a.Text, &a.Author, document{&a.Categories}, &a.Language,
			moment{&a.Published}, moment{&a.Updated}, moment{&a.Seen}, &a.Page, &f.Story, document{&f.Source})
		out = append(out, f)
		return err
	})
	return out, err
}

// decisions asks for decisions.
func decisions(ctx context.Context, tx txn, query string, args ...any) ([]alerts.Decision, error) {
	var out []alerts.Decision
	err := tx.each(ctx, query, args, func(columns func(...any) error) error {
		var d alerts.Decision
		err := columns(&d.Channel, &d.List.Workspace, &d.List.Name, &d.Watch, &d.Feed, &d.ArticleKey, &d.Story, &d.Verb, &d.Reason,
			&d.Mention, document{&d.Evidence}, moment{&d.At})
		out = append(out, d)
		return err
	})
	return out, err
}

// Lookup returns up to limit articles of the feeds that w hears whose words hold all the words of any group, newest
// first. Words are folded as the matcher folds them. Articles whose texts were pruned are not found.
func (s *Store) Lookup(ctx context.Context, w alerts.Workspace, anyOf [][]string, limit int) (out []alerts.Found, err error) {
	condition, words := s.engine.search(anyOf, 3)
	if condition == "" || limit <= 0 {
		return nil, nil
	}
	query := `SELECT ` + foundColumns + ` FROM article_words w JOIN articles a ON a.id = w.rowid
		WHERE (` + condition + `) AND ` + heard + ` ORDER BY a.told DESC, a.id DESC LIMIT $2`
	err = s.look(ctx, "look up articles", func(tx txn) error {
		out, err = found(ctx, tx, query, anys(words, any(string(w)), any(limit))...)
		return err
	})
	return out, err
}

// Recent returns up to limit alerts of the channel, newest first, without decisions and articles. A story whose first
// message failed and that was posted anew is one of them, as of the newest.
func (s *Store) Recent(ctx context.Context, ch alerts.Channel, limit int) (out []alerts.Told, err error) {
	err = s.look(ctx, "read recent alerts", func(tx txn) error {
		var stories []alerts.StoryID
		err := tx.each(ctx, `SELECT d.story FROM deliveries d WHERE d.channel = $1 AND d.kind = 'post' AND NOT d.plain
			AND NOT EXISTS (SELECT 1 FROM deliveries n WHERE n.channel = d.channel AND n.story = d.story AND n.kind = 'post'
				AND NOT n.plain AND n.position > d.position)
			ORDER BY d.position DESC, d.id DESC LIMIT $2`, []any{string(ch), max(limit, 0)}, func(columns func(...any) error) error {
			var id alerts.StoryID
			err := columns(&id)
			stories = append(stories, id)
			return err
		})
		if err != nil {
			return err
		}
		for _, id := range stories {
			t, err := told(ctx, tx, ch, id)
			if err != nil {
				return err
			}
			out = append(out, t)
		}
		return nil
	})
	return out, err
}

// told returns a story as a channel has it: the newest alert that was recorded, and what became of its newest root.
func told(ctx context.Context, tx txn, ch alerts.Channel, id alerts.StoryID) (t alerts.Told, err error) {
	err = tx.each(ctx, `SELECT d.kind, d.plain, d.alert, d.state, d.reason, d.discarded, d.message_id, d.created, c.stopped
		FROM deliveries d JOIN channels c ON c.channel = d.channel
		WHERE d.channel = $1 AND d.story = $2 AND d.kind IN ('post', 'edit') ORDER BY d.position, d.id`,
		[]any{string(ch), string(id)}, func(columns func(...any) error) error {
			var row alerts.Told
			var kind, stopped string
			var plain bool
			if err := columns(&kind, &plain, document{&row.Alert}, &row.State, &row.Reason, &row.Discarded, &row.MessageID, moment{&row.At}, &stopped); err != nil {
				return err
			}
			if !plain {
				t.Alert = row.Alert
			}
			if kind == "post" { // a second try says what became of the first
				first := t.At
				t.State, t.Reason, t.Discarded, t.MessageID, t.At = row.State, row.Reason, row.Discarded, row.MessageID, row.At
				if plain {
					t.At = first
				}
				if row.State == alerts.StatePending && stopped != "" {
					t.Reason = "the channel is stopped: " + stopped
				}
			}
			return nil
		})
	return t, err
}

// Told returns the alert of that short id in any channel of w, with the decisions that made it and the articles of its
// story that w hears; of a message of gathered stories, and of one of these, with the decisions and articles of those that
// follow the first skip, the newest first, 50 at most.
func (s *Store) Told(ctx context.Context, w alerts.Workspace, alertID string, skip int) (t alerts.Told, ok bool, err error) {
	err = s.look(ctx, "read alert", func(tx txn) error {
		var ch alerts.Channel
		var id alerts.StoryID
		ok, err = tx.row(ctx, `SELECT channel, story FROM deliveries WHERE alert_id = $1 AND workspace = $2 ORDER BY id DESC LIMIT 1`,
			[]any{strings.ToLower(strings.TrimSpace(alertID)), string(w)}, &ch, &id)
		if err == nil && !ok {
			ch, id, ok, err = batchOf(ctx, tx, w, strings.ToLower(strings.TrimSpace(alertID)))
		}
		if err != nil || !ok {
			return err
		}
		if t, err = told(ctx, tx, ch, id); err != nil {
			return err
		}
		if batched, err := addGathered(ctx, tx, w, ch, id, skip, &t); batched || err != nil {
			return err
		}
		if t.Decisions, err = decisions(ctx, tx, `SELECT `+decisionColumns+` FROM decisions WHERE story = $1 AND channel = $2 ORDER BY id`, string(id), string(ch)); err != nil {
			return err
		}
		t.Articles, err = found(ctx, tx, `SELECT `+foundColumns+` FROM articles a WHERE a.story = $2 AND `+heard+`
			ORDER BY a.told DESC, a.id DESC LIMIT $3`, string(w), string(id), storyArticles)
		return err
	})
	return t, ok, err
}

// Decided returns the article of that URL, canonical URL or link that w hears or heard, with its near misses, and what was decided
// about it for channels of w. Of a feed that w does not list any more only what was decided about is told. Of several, one that was
// told comes first, then one that was decided about, then the newest.
func (s *Store) Decided(ctx context.Context, w alerts.Workspace, canonical string) (f alerts.Found, d []alerts.Decision, ok bool, err error) {
	err = s.look(ctx, "read decisions", func(tx txn) error {
		hits, err := found(ctx, tx, `SELECT `+foundColumns+` FROM articles a
			WHERE ((a.canonical = $2 AND a.canonical <> '') OR (a.url = $2 AND a.url <> '') OR (a.link = $2 AND a.link <> ''))
				AND (`+heard+` OR EXISTS (SELECT 1 FROM decisions d WHERE d.feed = a.feed AND d.item = a.item AND d.workspace = $1))
			ORDER BY (SELECT COALESCE(MIN(CASE WHEN d.verb = $3 THEN 1 ELSE 0 END), 2) FROM decisions d
				WHERE d.feed = a.feed AND d.item = a.item AND d.workspace = $1), a.told DESC, a.id DESC LIMIT 1`, string(w), canonical, string(alerts.Skipped))
		if err != nil || len(hits) == 0 {
			return err
		}
		f, ok = hits[0], true
		d, err = decisions(ctx, tx, `SELECT `+decisionColumns+` FROM decisions WHERE feed = $1 AND item = $2 AND workspace = $3 ORDER BY id`,
			int64(f.Article.Feed), f.Article.Key, string(w))
		if err != nil {
			return err
		}
		f.NearMisses, err = nearMisses(ctx, tx, f.Article, w)
		return err
	})
	return f, d, ok, err
}

// Enqueue puts a delivery behind the others of its channel, with its audit row; one that stands already is left as it
// is. An *alerts.Invalid if the channel is stopped or not of the workspace.
func (s *Store) Enqueue(ctx context.Context, c alerts.Change, d alerts.Delivery) error {
	if err := ownChannel(c, d.Channel); err != nil {
		return err
	}
	return s.change(ctx, "enqueue delivery", func(tx txn) error {
		var stopped string
		if _, err := tx.row(ctx, `SELECT stopped FROM channels WHERE channel = $1`, []any{string(d.Channel)}, &stopped); err != nil {
			return err
		}
		if stopped != "" {
			return invalid("Nothing is posted in this channel at present: %s Mend that; then subscribe, or a restart of the bot, starts the channel again.", sentence(stopped))
		}
		added, err := enqueue(ctx, tx, d, c.At)
		if err != nil || !added {
			return err
		}
		return audit(ctx, tx, c, nil, d.Alert)
	})
}

// sentence ends a reason with a full stop.
func sentence(reason string) string {
	return strings.TrimRight(reason, ". ") + "."
}
