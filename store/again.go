package store

import (
	"context"
	"slices"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// earlier fills in what was recorded before with one of the traits: the first of each feed, the oldest first.
func earlier(ctx context.Context, tx txn, traits []alerts.Traits, w *alerts.World) error {
	var pages, prints []string
	for _, t := range traits {
		if t.Page != "" {
			pages = append(pages, t.Page)
		}
		if t.Print != "" {
			prints = append(prints, t.Print)
		}
	}
	for _, ask := range []struct {
		column string
		values []string
		into   *map[string][]alerts.Earlier
	}{{"canonical", pages, &w.Pages}, {"print", prints, &w.Prints}} {
		*ask.into = map[string][]alerts.Earlier{}
		slices.Sort(ask.values)
		for part := range slices.Chunk(slices.Compact(ask.values), chunk) {
			if err := earlierBy(ctx, tx, ask.column, part, *ask.into); err != nil {
				return err
			}
		}
	}
	return nil
}

func earlierBy(ctx context.Context, tx txn, column string, values []string, into map[string][]alerts.Earlier) error {
	query := `SELECT r.trait, r.feed, r.item, r.story FROM (
			SELECT id, ` + column + ` AS trait, feed, item, story, ROW_NUMBER() OVER (PARTITION BY ` + column + `, feed ORDER BY id) AS place
			FROM articles WHERE ` + column + ` IN (` + marks(1, len(values)) + `) AND ` + column + ` <> ''
		) r WHERE r.place = 1 ORDER BY r.id`
	return tx.each(ctx, query, anys(values), func(columns func(...any) error) error {
		var trait string
		var e alerts.Earlier
		err := columns(&trait, &e.Feed, &e.Key, &e.Story)
		into[trait] = append(into[trait], e)
		return err
	})
}

// ofArticles fills in what the query says of each article that is recorded.
func ofArticles[T any](ctx context.Context, tx txn, query string, keys []alerts.ArticleKey, into map[alerts.ArticleKey]T) error {
	for _, k := range keys {
		var said T
		found, err := tx.row(ctx, query, []any{int64(k.Feed), k.Key}, &said)
		if err != nil {
			return err
		}
		if found {
			into[k] = said
		}
	}
	return nil
}

// storiesOfArticles fills in the stories of articles that are recorded.
func storiesOfArticles(ctx context.Context, tx txn, keys []alerts.ArticleKey, into map[alerts.ArticleKey]alerts.StoryID) error {
	return ofArticles(ctx, tx, `SELECT story FROM articles WHERE feed = $1 AND item = $2`, keys, into)
}

// links fills in the addresses of articles that are recorded.
func links(ctx context.Context, tx txn, keys []alerts.ArticleKey, into map[alerts.ArticleKey]string) error {
	return ofArticles(ctx, tx, `SELECT url FROM articles WHERE feed = $1 AND item = $2`, keys, into)
}
