package store

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// However long the articles are, few megabytes of them are in memory at once, and each is replayed once, in order.
func TestAReplayHoldsFewMegabytesAtATime(t *testing.T) {
	s, _ := open(t)
	f := withFeed(t, s)
	o := alerts.Outcome{Visit: visit(f)}
	long, all := strings.Repeat("же ", 66_666), []string{}
	for i := range 24 {
		r := article(f, i)
		r.Article.Text = long
		o.Recorded, all = append(o.Recorded, r), append(all, r.Article.Key)
	}
	require.NoError(t, s.Record(t.Context(), []alerts.Outcome{o}))
	var got []string
	require.NoError(t, s.Replay(t.Context(), time.Time{}, 1e6, func(p alerts.Past) error {
		require.Equal(t, long, p.Article.Text)
		got = append(got, p.Article.Key)
		return nil
	}))
	require.Equal(t, all, got)

	pages, from := 0, int64(1)
	for more := true; more; pages++ {
		page, last, behind, err := s.replayed(t.Context(), from, time.Time{})
		require.NoError(t, err)
		size := 0
		for _, p := range page {
			size += len(p.Article.Text)
		}
		require.Less(t, size, replayBytes+len(long)+1)
		from, more = last+1, behind
	}
	require.Equal(t, 2, pages, "13 articles of 333,330 bytes fill a page")
}
