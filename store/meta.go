package store

import (
	"context"
	"time"
)

// Meta returns what SetMeta or KeepUntil kept under the key, "" if nothing.
func (s *Store) Meta(ctx context.Context, key string) (string, error) {
	var value string
	err := s.look(ctx, "read state", func(tx txn) error {
		_, err := tx.row(ctx, `SELECT value FROM meta WHERE name = $1`, []any{key}, &value)
		return err
	})
	return value, err
}

// SetMeta keeps a small piece of the program's state, such as the hash of what was registered with a platform.
func (s *Store) SetMeta(ctx context.Context, key, value string) error {
	return s.keepMeta(ctx, key, value, 0)
}

// KeepUntil is SetMeta for what says nothing any more after the time, such as a wait: Forget drops it then.
func (s *Store) KeepUntil(ctx context.Context, key, value string, until time.Time) error {
	return s.keepMeta(ctx, key, value, at(until))
}

func (s *Store) keepMeta(ctx context.Context, key, value string, until int64) error {
	return s.change(ctx, "keep state", func(tx txn) error {
		_, err := tx.exec(ctx, `INSERT INTO meta (name, value, until) VALUES ($1, $2, $3)
			ON CONFLICT (name) DO UPDATE SET value = excluded.value, until = excluded.until`, key, value, until)
		return err
	})
}

// Swap is KeepUntil where what is kept is still old, or nothing is; it tells whether that was so. Of several that change the
// same value at once, one succeeds.
func (s *Store) Swap(ctx context.Context, key, old, value string, until time.Time) (swapped bool, err error) {
	err = s.change(ctx, "keep state", func(tx txn) error {
		n, err := tx.exec(ctx, `INSERT INTO meta (name, value, until) VALUES ($1, $2, $3)
			ON CONFLICT (name) DO UPDATE SET value = excluded.value, until = excluded.until WHERE meta.value = $4`, key, value, at(until), old)
		swapped = n > 0
		return err
	})
	return swapped, err
}

// Forget drops what was to be kept until now at most.
func (s *Store) Forget(ctx context.Context, now time.Time) error {
	return s.change(ctx, "forget what is over", func(tx txn) error {
		_, err := tx.exec(ctx, `DELETE FROM meta WHERE until > 0 AND until <= $1`, at(now))
		return err
	})
}
