package store

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// late is a desktop whose channels were told n late stories in one message each.
func late(t *testing.T, n int) *desktop {
	d := newDesktop(t, "un")
	d.reads()
	d.now = d.now.Add(30 * time.Hour)
	d.reads(d.span(100, n, 2*time.Hour)...)
	require.Equal(t, 2, d.tells(3*time.Minute))
	return d
}

// ends ends all messages of a channel so, and returns the number of the newest.
func (d *desktop) ends(c alerts.Channel, state alerts.DeliveryState) (id int64) {
	d.t.Helper()
	require.NoError(d.t, d.store.change(d.t.Context(), "end", func(tx txn) error {
		if _, err := tx.exec(d.t.Context(), `UPDATE deliveries SET state = $2, reason = 'no way' WHERE channel = $1`, string(c), string(state)); err != nil {
			return err
		}
		_, err := tx.row(d.t.Context(), `SELECT MAX(id) FROM deliveries WHERE channel = $1`, []any{string(c)}, &id)
		return err
	}))
	return id
}

// again reads another article of the n-th story, and returns what desk's channel decided.
func (d *desktop) again(n int) alerts.Decision {
	d.t.Helper()
	d.now = d.now.Add(10 * time.Minute)
	a := d.item(n, 0)
	a.Key = fmt.Sprintf("again %d %s", n, d.now)
	a.Canonical, a.URL = "https://other.example/"+digestOf(a.Key), "https://other.example/"+digestOf(a.Key)
	d.reads(a)
	_, decided, ok, err := d.store.Decided(d.t.Context(), guild, a.URL)
	require.NoError(d.t, err)
	require.True(d.t, ok)
	require.Len(d.t, decided, 1)
	return decided[0]
}

func digestOf(s string) string { return fmt.Sprintf("%x", s) }

// Another replica that did not know that a story's message was made does not untell it.
func TestAGatheringThatIsToldStaysTold(t *testing.T) {
	d := late(t, 2)
	waits := func() int { return count(t, d.store, `SELECT COUNT(*) FROM gatherings WHERE batch = ''`) }
	require.Zero(t, waits())
	told := d.posts(desk)[0].Stories[0]
	another := alerts.Outcome{
		Visit:    alerts.Visit{Feed: alerts.Feed{ID: 1}, At: d.now, NextPoll: d.now, Cursor: alerts.Cursor{Visited: d.now, Succeeded: d.now}},
		Gathered: []alerts.Gathering{{Channel: desk, Story: told.Story, Feed: 1, ArticleKey: "another", Reason: alerts.LateRead, Piece: told, At: d.now}},
	}
	for _, state := range []alerts.DeliveryState{alerts.StatePending, alerts.StateSending, alerts.StateSent, alerts.StateUncertain} {
		d.ends(desk, state)
		require.NoError(t, d.store.Record(t.Context(), []alerts.Outcome{another}))
		require.Zero(t, waits(), state)
	}
	id := d.ends(desk, alerts.StateFailed)
	require.NoError(t, d.store.DiscardDelivery(t.Context(), change(guild), id))
	require.NoError(t, d.store.Record(t.Context(), []alerts.Outcome{another}))
	require.Zero(t, waits(), "it was discarded")

	d = late(t, 2)
	d.ends(desk, alerts.StateFailed)
	another.Gathered[0].Story = d.posts(desk)[0].Stories[0].Story
	require.NoError(t, d.store.Record(t.Context(), []alerts.Outcome{another}))
	require.Equal(t, 1, waits(), "a message that failed told nobody")
}

// What was told alone after the message with others had failed is not in it when it is tried again.
func TestARetriedMessageTellsOnlyWhatIsUntold(t *testing.T) {
	d := late(t, 3)
	id := d.ends(desk, alerts.StateFailed)
	one := d.again(101)
	require.Equal(t, alerts.NewStory, one.Reason)
	require.NoError(t, d.store.RetryDelivery(t.Context(), change(guild), id))
	batch := d.posts(desk)[0]
	require.Equal(t, "Late: 2 stories from un", batch.Title)
	require.Len(t, batch.Stories, 2)
	for _, p := range batch.Stories {
		require.NotEqual(t, one.Story, p.Story)
	}
	told, ok, err := d.store.Told(t.Context(), guild, batch.ID, 0)
	require.NoError(t, err)
	require.True(t, ok)
	require.Len(t, told.Articles, 2)
	require.Equal(t, alerts.SameStory, d.again(100).Reason, "the message tells it again")

	id = d.ends(desk, alerts.StateFailed)
	require.Equal(t, alerts.Reposted, d.again(101).Reason)
	for _, n := range []int{100, 102} {
		require.Equal(t, alerts.NewStory, d.again(n).Reason)
	}
	require.NoError(t, d.store.look(t.Context(), "read", func(tx txn) error {
		_, err := tx.row(t.Context(), `SELECT id FROM deliveries WHERE channel = $1 AND alert_id = $2`, []any{string(desk), batch.ID}, &id)
		return err
	}))
	require.Contains(t, alerts.Say(d.store.RetryDelivery(t.Context(), change(guild), id)), "Discard it instead")
	require.NoError(t, d.store.DiscardDelivery(t.Context(), change(guild), id))
	require.Equal(t, alerts.SameStory, d.again(100).Reason, "what was told alone is not discarded with the message")
}

// What was planned while a message had failed does not stand beside its retry.
func TestARetryMakesWhatIsPlannedOld(t *testing.T) {
	d := late(t, 2)
	id := d.ends(desk, alerts.StateFailed)
	w, err := d.store.World(t.Context(), alerts.Question{Now: d.now})
	require.NoError(t, err)
	require.NoError(t, d.store.RetryDelivery(t.Context(), change(guild), id))
	planned := alerts.Outcome{AsOf: w.AsOf, Visit: alerts.Visit{Feed: alerts.Feed{ID: 1}, At: d.now}, Deliveries: []alerts.Delivery{{
		Channel: desk, Story: d.posts(desk)[0].Stories[0].Story, Part: alerts.Root, Drawing: 1,
	}}}
	require.ErrorIs(t, d.store.Record(t.Context(), []alerts.Outcome{planned}), alerts.ErrMoved)
}

// A story whose message a person discarded stays discarded, told alone or with others, and it is known by whom.
func TestADiscardedStoryStaysDiscarded(t *testing.T) {
	for name, end := range map[string]func(d *desktop) int64{
		"a dead letter":  func(d *desktop) int64 { return d.ends(desk, alerts.StateFailed) },
		"a doubtful one": func(d *desktop) int64 { return d.ends(desk, alerts.StateUncertain) },
		"held by a stop": func(d *desktop) int64 {
			id := d.ends(desk, alerts.StatePending)
			require.NoError(d.t, d.store.StopChannel(d.t.Context(), desk, "it is gone", d.now))
			return id
		},
	} {
		t.Run(name, func(t *testing.T) {
			alone := newDesktop(t, "un")
			alone.reads()
			alone.now = alone.now.Add(10 * time.Minute)
			alone.reads(alone.item(100, 0))
			for _, d := range []*desktop{alone, late(t, 3)} {
				id := end(d)
				require.NoError(t, d.store.DiscardDelivery(t.Context(), change(guild), id))
				one := d.again(100)
				require.Equal(t, alerts.Skipped, one.Verb)
				require.Equal(t, alerts.Discarded, one.Reason)
				require.Len(t, d.posts(desk), 1)
				told, ok, err := d.store.Told(t.Context(), guild, alerts.NewAlertID(desk, one.Story), 0)
				require.NoError(t, err)
				require.True(t, ok)
				require.Equal(t, "Ada", told.Discarded)
				require.Len(t, d.posts(office), 1, "another channel's is its own")
			}
		})
	}
}
