package store

import (
	"context"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const insertNearMiss = `INSERT INTO near_misses (channel, workspace, list_workspace, list, watch, feed, item, reason, evidence, missed)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
	ON CONFLICT (feed, item, channel, list_workspace, list, watch) DO NOTHING`

func recordNearMiss(ctx context.Context, tx txn, n alerts.NearMiss) error {
	_, err := tx.exec(ctx, insertNearMiss, string(n.Channel), string(n.Channel.Workspace()), string(n.List.Workspace), n.List.Name,
		n.Watch, int64(n.Feed), n.ArticleKey, n.Reason, document{n.Evidence}, at(n.At))
	return err
}

// nearMisses returns those of an article for channels of a workspace.
func nearMisses(ctx context.Context, tx txn, a alerts.Article, w alerts.Workspace) ([]alerts.NearMiss, error) {
	var out []alerts.NearMiss
	query := `SELECT channel, list_workspace, list, watch, feed, item, reason, evidence, missed FROM near_misses
		WHERE feed = $1 AND item = $2 AND workspace = $3 ORDER BY id`
	err := tx.each(ctx, query, []any{int64(a.Feed), a.Key, string(w)}, func(columns func(...any) error) error {
		var n alerts.NearMiss
		err := columns(&n.Channel, &n.List.Workspace, &n.List.Name, &n.Watch, &n.Feed, &n.ArticleKey, &n.Reason, document{&n.Evidence}, moment{&n.At})
		out = append(out, n)
		return err
	})
	return out, err
}

func pruneNearMisses(ctx context.Context, tx txn, before time.Time) (int, error) {
	n, err := tx.exec(ctx, `DELETE FROM near_misses WHERE id IN (SELECT id FROM near_misses WHERE missed < $1 ORDER BY missed LIMIT $2)`, at(before), pruneBatch)
	return int(n), err
}
