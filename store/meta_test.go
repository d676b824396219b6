package store

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// What is kept until a time goes when it is over, and no sooner; what is kept for good stays.
func TestWhatIsOverIsForgotten(t *testing.T) {
	s, _ := open(t)
	require.NoError(t, s.SetMeta(t.Context(), "for good", "v"))
	require.NoError(t, s.KeepUntil(t.Context(), "a wait", "1", noon.Add(time.Minute)))
	require.NoError(t, s.KeepUntil(t.Context(), "a wait that grew", "1", noon.Add(time.Minute)))
	require.NoError(t, s.KeepUntil(t.Context(), "a wait that grew", "2", noon.Add(time.Hour)))
	require.NoError(t, s.KeepUntil(t.Context(), "now for good", "1", noon))
	require.NoError(t, s.SetMeta(t.Context(), "now for good", "v"))
	keys := func(now time.Time) (out []string) {
		require.NoError(t, s.Forget(t.Context(), now))
		for _, key := range []string{"for good", "now for good", "a wait", "a wait that grew"} {
			value, err := s.Meta(t.Context(), key)
			require.NoError(t, err)
			if value != "" {
				out = append(out, key+" "+value)
			}
		}
		require.Equal(t, len(out), count(t, s, `SELECT COUNT(*) FROM meta`))
		return out
	}
	require.Equal(t, []string{"for good v", "now for good v", "a wait 1", "a wait that grew 2"}, keys(noon.Add(time.Minute-time.Microsecond)))
	require.Equal(t, []string{"for good v", "now for good v", "a wait that grew 2"}, keys(noon.Add(time.Minute)))
	require.Equal(t, []string{"for good v", "now for good v"}, keys(noon.Add(1000*time.Hour)))
}

// Waits that were kept before rows had an end are given theirs, and what is kept for good is left alone.
func TestOldWaitsAreForgottenToo(t *testing.T) {
	s, dsn := open(t)
	wait := fmt.Sprint(noon.UnixMilli())
	require.NoError(t, s.SetMeta(t.Context(), "discord.paused POST /channels/{}/messages 10", wait))
	require.NoError(t, s.SetMeta(t.Context(), "slack.paused C1", wait))
	require.NoError(t, s.SetMeta(t.Context(), "slack.pauses", `{"":1}`))
	require.NoError(t, s.SetMeta(t.Context(), "discord.commands 7", "a hash"))
	for _, query := range []string{`DROP INDEX meta_by_until`, `ALTER TABLE meta DROP COLUMN until`, `DELETE FROM goose_db_version WHERE version_id >= 15`} {
		_, err := s.write.Exec(query)
		require.NoError(t, err)
	}
	require.NoError(t, s.Close())
	s = reopen(t, dsn)
	require.NoError(t, s.Forget(t.Context(), noon.Add(-time.Millisecond)))
	require.Equal(t, 4, count(t, s, `SELECT COUNT(*) FROM meta`))
	require.NoError(t, s.Forget(t.Context(), noon))
	require.Equal(t, 2, count(t, s, `SELECT COUNT(*) FROM meta WHERE name IN ('slack.pauses', 'discord.commands 7')`))
	require.Equal(t, 2, count(t, s, `SELECT COUNT(*) FROM meta`))
}
