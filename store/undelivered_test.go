package store

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// undeliveredIDs are the numbers of a list, the newest first.
func undeliveredIDs(t *testing.T, s *Store, w alerts.Workspace, want alerts.Want) (ids []int64) {
	t.Helper()
	list, all, err := s.Undelivered(t.Context(), w, want, 10)
	require.NoError(t, err)
	require.Len(t, list, all)
	for _, u := range list {
		require.Equal(t, want, u.Want)
		require.NotEmpty(t, u.Reason)
		require.NotEmpty(t, u.Alert.Title)
		ids = append(ids, u.ID)
	}
	return ids
}

// settledAs is a store with one message in desk that ended so, and its delivery.
func settledAs(t *testing.T, as alerts.Settlement) (*Store, alerts.Delivery) {
	t.Helper()
	s, _ := open(t)
	posted(t, s, withFeed(t, s), 1, desk)
	d := claimed(t, s, noon, 1)[0]
	settled(t, s, d, as, noon)
	return s, d
}

func TestWhatFailedIsListedForItsWorkspaceAndTriedAgain(t *testing.T) {
	s, d := settledAs(t, alerts.Settlement{State: alerts.StateFailed, Reason: "refused"})
	require.Equal(t, []int64{d.ID}, undeliveredIDs(t, s, guild, alerts.WantFailed))
	require.Equal(t, []int64{d.ID}, undeliveredIDs(t, s, "", alerts.WantFailed), "of all workspaces")
	require.Empty(t, undeliveredIDs(t, s, team, alerts.WantFailed))
	require.Empty(t, undeliveredIDs(t, s, guild, alerts.WantUncertain))

	require.NotEmpty(t, alerts.Say(s.RetryDelivery(t.Context(), change(team), d.ID)), "it is of another workspace")
	require.NotEmpty(t, alerts.Say(s.RetryDelivery(t.Context(), change(guild), d.ID+1)))
	require.NoError(t, s.RetryDelivery(t.Context(), change(guild), d.ID))
	require.Empty(t, undeliveredIDs(t, s, guild, alerts.WantFailed))
	again := claimed(t, s, noon.Add(time.Hour), 1)
	require.Len(t, again, 1)
	require.Equal(t, d.Ref(), again[0].Ref())
	require.Equal(t, 1, again[0].Attempts, "its attempts are counted anew")
	require.False(t, again[0].Uncertain)
	require.Equal(t, 1, count(t, s, `SELECT COUNT(*) FROM audit WHERE command = 'test'`))
	require.NotEmpty(t, alerts.Say(s.RetryDelivery(t.Context(), change(guild), d.ID)), "it is on its way")
}

func TestWhatIsUncertainIsLookedForBeforeItIsPostedAgain(t *testing.T) {
	s, d := settledAs(t, alerts.Settlement{State: alerts.StateUncertain, Reason: "nobody can tell"})
	require.Equal(t, []int64{d.ID}, undeliveredIDs(t, s, guild, alerts.WantUncertain))
	require.NoError(t, s.RetryDelivery(t.Context(), change(guild), d.ID))
	again := claimed(t, s, noon.Add(time.Hour), 1)[0]
	require.True(t, again.Uncertain)
	require.Equal(t, alerts.Repeat, again.OnUncertain)
	require.Equal(t, noon, again.FirstAttempt, "from where the channel is looked through")
}

func TestARefusedMessageIsListedAsItsPlainSecondTry(t *testing.T) {
	s, first := settledAs(t, alerts.Settlement{State: alerts.StateFailed, Reason: "refused", Plain: true})
	require.Empty(t, undeliveredIDs(t, s, guild, alerts.WantFailed), "the second try is on its way")
	second := claimed(t, s, noon, 1)[0]
	settled(t, s, second, alerts.Settlement{State: alerts.StateFailed, Reason: "refused again"}, noon)
	require.Equal(t, []int64{second.ID}, undeliveredIDs(t, s, guild, alerts.WantFailed))
	require.NotEqual(t, first.ID, second.ID)
}

func TestAStoryThatWasPostedAnewIsNotPostedByARetry(t *testing.T) {
	s, d := settledAs(t, alerts.Settlement{State: alerts.StateFailed, Reason: "refused"})
	r := article(alerts.Feed{ID: 1}, 0)
	require.NoError(t, s.Enqueue(t.Context(), change(guild), alerts.Delivery{
		Channel: desk, Story: d.Story, Part: alerts.RootPart(2), Drawing: 1, OnUncertain: alerts.Repeat, Alert: root(desk, r).Alert,
	}))
	require.Contains(t, alerts.Say(s.RetryDelivery(t.Context(), change(guild), d.ID)), "Discard it instead")
	require.NoError(t, s.DiscardDelivery(t.Context(), change(guild), d.ID))
	require.Empty(t, undeliveredIDs(t, s, guild, alerts.WantFailed))
}

func TestWhatIsDiscardedIsNotCountedAndStaysOnRecord(t *testing.T) {
	s, d := settledAs(t, alerts.Settlement{State: alerts.StateUncertain, Reason: "nobody can tell"})
	require.NoError(t, s.DiscardDelivery(t.Context(), change(guild), d.ID))
	require.Empty(t, undeliveredIDs(t, s, guild, alerts.WantUncertain))
	require.NotEmpty(t, alerts.Say(s.DiscardDelivery(t.Context(), change(guild), d.ID)), "it is done")
	b, err := s.Backlog(t.Context())
	require.NoError(t, err)
	require.Zero(t, b.States[alerts.StateUncertain])
	require.Equal(t, 1, count(t, s, `SELECT COUNT(*) FROM deliveries WHERE state = 'uncertain' AND discarded = 'Ada' AND reason = 'nobody can tell'`))
	require.Empty(t, claimed(t, s, noon.Add(time.Hour), 1))
}

func TestWhatWaitsForAnotherTryIsNamed(t *testing.T) {
	s, _ := open(t)
	posted(t, s, withFeed(t, s), 3, desk)
	require.Empty(t, undeliveredIDs(t, s, guild, alerts.WantWaiting), "nothing was tried")
	first := claimed(t, s, noon, 1)[0]
	next := noon.Add(time.Minute)
	settled(t, s, first, alerts.Settlement{State: alerts.StatePending, NotBefore: next, Reason: "no space left on device"}, noon)
	list, all, err := s.Undelivered(t.Context(), guild, alerts.WantWaiting, 10)
	require.NoError(t, err)
	require.Equal(t, 1, all)
	require.Equal(t, "no space left on device", list[0].Reason)
	require.True(t, list[0].Next.Equal(next))
	require.Equal(t, []int{1, 3}, []int{list[0].Attempts, list[0].Queued})
	for _, refused := range []error{s.RetryDelivery(t.Context(), change(guild), first.ID), s.DiscardDelivery(t.Context(), change(guild), first.ID)} {
		require.Contains(t, alerts.Say(refused), "is tried again without you, next at "+next.UTC().Format("15:04:05 UTC"))
	}
	settled(t, s, claimed(t, s, next, 1)[0], alerts.Settlement{State: alerts.StateSent, MessageID: "m"}, next)
	require.Empty(t, undeliveredIDs(t, s, guild, alerts.WantWaiting))
}

func TestWhatAStoppedChannelHolds(t *testing.T) {
	s, _ := open(t)
	posted(t, s, withFeed(t, s), 2, desk)
	first := claimed(t, s, noon, 1)[0]
	settled(t, s, first, alerts.Settlement{State: alerts.StatePending, NotBefore: noon, Reason: "gone", Stop: "the channel is gone"}, noon)
	held := undeliveredIDs(t, s, guild, alerts.WantHeld)
	require.Len(t, held, 2)
	require.Contains(t, alerts.Say(s.RetryDelivery(t.Context(), change(guild), held[0])), "the channel is gone")
	require.NoError(t, s.DiscardDelivery(t.Context(), change(guild), held[0]))
	require.Equal(t, held[1:], undeliveredIDs(t, s, guild, alerts.WantHeld))
	require.NoError(t, s.StartChannel(t.Context(), desk, noon))
	require.Empty(t, undeliveredIDs(t, s, guild, alerts.WantHeld))
	require.Len(t, claimed(t, s, noon, 10), 1, "the discarded one is not sent")
}
