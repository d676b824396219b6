package store

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
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

// Those who change a value at once, each from what it read, undo nothing of each other's; and what was changed goes with its time.
func TestSwapLosesNothing(t *testing.T) {
	s, _ := open(t)
	const writers, each = 4, 5
	var work sync.WaitGroup
	for range writers {
		work.Go(func() {
			for range each {
				for swapped := false; !swapped; {
					old, err := s.Meta(t.Context(), "k")
					assert.NoError(t, err)
					if swapped, err = s.Swap(t.Context(), "k", old, old+"x", noon); !assert.NoError(t, err) {
						return
					}
				}
			}
		})
	}
	work.Wait()
	kept, err := s.Meta(t.Context(), "k")
	require.NoError(t, err)
	require.Equal(t, strings.Repeat("x", writers*each), kept)
	swapped, err := s.Swap(t.Context(), "k", "x", "y", noon)
	require.NoError(t, err)
	require.False(t, swapped)
	require.NoError(t, s.Forget(t.Context(), noon))
	swapped, err = s.Swap(t.Context(), "k", kept, "y", noon) // it has gone meanwhile
	require.NoError(t, err)
	require.True(t, swapped)
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
