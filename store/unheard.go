package store

import (
	"context"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	// mostUnheard is how many times a platform is remembered not to have been heard, the newest. A platform lets a bot sign
	// in a thousand times a day.
	mostUnheard = 100

	// Of two replicas that both say when a time began, each may have the end that it saw: the later one counts.
	putUnheard = `INSERT INTO unheard (platform, began, ended) VALUES ($1, $2, $3)
		ON CONFLICT (platform, began) DO UPDATE SET ended = excluded.ended WHERE excluded.ended > unheard.ended`
	dropUnheard = `DELETE FROM unheard WHERE platform = $1 AND began <
		(SELECT MIN(began) FROM (SELECT began FROM unheard WHERE platform = $1 ORDER BY began DESC LIMIT $2) newest)`
)

// KeepUnheard records a time in which a platform was not heard; said again it is the same. Of each platform the newest
// hundred are kept.
func (s *Store) KeepUnheard(ctx context.Context, u alerts.Unheard) error {
	return s.change(ctx, "keep that a platform was not heard", func(tx txn) error {
		if _, err := tx.exec(ctx, putUnheard, u.Platform, at(u.From), at(u.To)); err != nil {
			return err
		}
		_, err := tx.exec(ctx, dropUnheard, u.Platform, mostUnheard)
		return err
	})
}

// unheard fills in when platforms were not heard, as far as that ended in the time of c.
func unheard(ctx context.Context, tx txn, c *alerts.Coverage) error {
	return tx.each(ctx, `SELECT platform, began, ended FROM unheard WHERE ended >= $1 ORDER BY began DESC, platform`, []any{at(c.Since)}, func(columns func(...any) error) error {
		var u alerts.Unheard
		err := columns(&u.Platform, moment{&u.From}, moment{&u.To})
		c.Unheard = append(c.Unheard, u)
		return err
	})
}
