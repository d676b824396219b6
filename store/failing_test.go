package store

import (
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/stretchr/testify/require"
)

// The file may not grow: as on a full disk, nothing is kept, which is said until something was kept again.
func TestAFullDiskIsSaidUntilThereIsRoom(t *testing.T) {
	s := reopen(t, "sqlite:"+filepath.Join(t.TempDir(), "x.db"))
	require.NoError(t, s.SetMeta(t.Context(), "a", "b"))
	require.NoError(t, s.Failing())
	pages := count(t, s, `PRAGMA page_count`)
	limit := func(n int) {
		_, err := s.write.ExecContext(t.Context(), `PRAGMA max_page_count = `+strconv.Itoa(n))
		require.NoError(t, err)
	}
	limit(pages)
	long := strings.Repeat("x", 1<<20)
	err := s.SetMeta(t.Context(), "long", long)
	require.Contains(t, alerts.Say(err), "is full. Make room")
	require.Contains(t, alerts.Say(s.Failing()), "is full. Make room")
	require.NoError(t, s.change(t.Context(), "change nothing", func(txn) error { return nil }))
	require.Error(t, s.Failing(), "a change of nothing proves nothing")
	require.Zero(t, count(t, s, `SELECT COUNT(*) FROM meta WHERE name = 'long'`))
	limit(pages + 1000)
	require.NoError(t, s.SetMeta(t.Context(), "long", long))
	require.NoError(t, s.Failing())
}
