package store

import "context"

// Meta returns what SetMeta kept under the key, "" if nothing.
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
	return s.change(ctx, "keep state", func(tx txn) error {
		_, err := tx.exec(ctx, `INSERT INTO meta (name, value) VALUES ($1, $2)
			ON CONFLICT (name) DO UPDATE SET value = excluded.value`, key, value)
		return err
	})
}
