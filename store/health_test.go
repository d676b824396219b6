package store

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// Two replicas that read the same state tell it once, however late the second is: its whole telling is left for its next
// turn, and nothing new in it is lost.
func TestTheAdminsAreToldOnceByHoweverMany(t *testing.T) {
	d := newDesktop(t, "un", "who")
	d.reads(d.span(0, 5, time.Hour)...)
	d.now = d.now.Add(30 * time.Hour)
	require.Equal(t, 2, d.reads(d.span(100, 5, 2*time.Hour)...).Gaps)
	require.NoError(t, d.store.StopChannel(t.Context(), office, "gone", d.now))
	notices := 0
	tell := func(telling Telling) error {
		notices++
		telling.Now = d.now
		id := alerts.StoryID("notice" + string(rune('a'+notices)))
		telling.Notices = []alerts.Delivery{{Channel: desk, Story: id, Part: alerts.Root, Drawing: 1, Alert: alerts.Alert{ID: string(id), Notice: true}}}
		return d.store.Tell(t.Context(), telling)
	}
	told := func() int { return count(t, d.store, `SELECT COUNT(*) FROM deliveries WHERE story LIKE 'notice%'`) }
	before := told()
	for name, telling := range map[string]Telling{
		"a feed that fails": {Ill: []alerts.FeedID{1}}, "a gap": {Gaps: []alerts.FeedID{1}}, "a stop": {Stops: []alerts.Channel{office}},
		"one that is given up": {Dead: []alerts.FeedID{2}, Why: "dead"},
	} {
		require.NoError(t, tell(telling), name)
		require.ErrorIs(t, tell(telling), ErrTold, name)
	}
	require.Equal(t, before+4, told())
	require.NoError(t, tell(Telling{Revived: []alerts.FeedID{1}}))
	require.ErrorIs(t, tell(Telling{Revived: []alerts.FeedID{1}, Gaps: []alerts.FeedID{2}}), ErrTold)
	require.Equal(t, before+5, told())
	_, gaps, err := d.store.UntoldGaps(t.Context(), d.now)
	require.NoError(t, err)
	require.Len(t, gaps[2], 1, "the other's gap is still to be told")
	require.NoError(t, tell(Telling{Gaps: []alerts.FeedID{2}}))
}

// The race itself: both read, both tell at the same moment, one notice goes out.
func TestReplicasTellTheAdminsOnce(t *testing.T) {
	a, b := two(t)
	require.NoError(t, a.SyncFile(t.Context(), FileContent{Now: noon, Feeds: []alerts.Feed{fileFeed("un")}}))
	var id alerts.FeedID
	require.NoError(t, a.look(t.Context(), "read", func(tx txn) error {
		_, err := tx.row(t.Context(), `SELECT id FROM feeds`, nil, &id)
		return err
	}))
	workers := []*Store{a, b, a, b}
	told := make([]bool, len(workers))
	each(t, workers, func(i int, s *Store) error {
		story := alerts.StoryID("notice" + string(rune('a'+i)))
		err := s.Tell(t.Context(), Telling{Now: noon, Ill: []alerts.FeedID{id}, Notices: []alerts.Delivery{
			{Channel: desk, Story: story, Part: alerts.Root, Drawing: 1, Alert: alerts.Alert{ID: string(story), Notice: true}},
		}})
		told[i] = err == nil
		if err != nil && !errors.Is(err, ErrTold) {
			return err
		}
		return nil
	})
	require.Equal(t, 1, count(t, a, `SELECT COUNT(*) FROM deliveries`))
	n := 0
	for _, ok := range told {
		if ok {
			n++
		}
	}
	require.Equal(t, 1, n)
}
