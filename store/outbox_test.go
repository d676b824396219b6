package store

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func claimed(t *testing.T, s *Store, now time.Time, limit int) []alerts.Delivery {
	t.Helper()
	d, err := s.Claim(t.Context(), everywhere, now, lease, limit)
	require.NoError(t, err)
	return d
}

func settled(t *testing.T, s *Store, d alerts.Delivery, as alerts.Settlement, now time.Time) {
	t.Helper()
	require.NoError(t, s.Settle(t.Context(), d, as, now))
}

func sent(id string) alerts.Settlement {
	return alerts.Settlement{State: alerts.StateSent, MessageID: id}
}

func TestChannelsAreServedInOrderOneDeliveryAtATime(t *testing.T) {
	s, _ := open(t)
	r := posted(t, s, withFeed(t, s), 2, desk, office)

	first := claimed(t, s, noon, 10)
	require.Len(t, first, 2, "one of each channel")
	for _, d := range first {
		require.Equal(t, r[0].Story, d.Story)
		require.Equal(t, 1, d.Attempts)
		require.Equal(t, noon, d.FirstAttempt)
		require.True(t, d.LastAttempt.IsZero())
		require.False(t, d.Uncertain)
	}
	require.Equal(t, root(desk, r[0]).Alert, first[0].Alert)
	require.Empty(t, claimed(t, s, noon, 10), "both channels are leased")

	settled(t, s, first[0], sent("m1"), noon)
	next := claimed(t, s, noon, 10)
	require.Len(t, next, 1)
	require.Equal(t, desk, next[0].Channel)
	require.Equal(t, r[1].Story, next[0].Story)
}

func TestOnlyTheAskedPlatformsAreClaimed(t *testing.T) {
	s, _ := open(t)
	posted(t, s, withFeed(t, s), 1, desk, office)
	d, err := s.Claim(t.Context(), []string{"slack"}, noon, lease, 10)
	require.NoError(t, err)
	require.Len(t, d, 1)
	require.Equal(t, office, d[0].Channel)
	require.Len(t, claimed(t, s, noon, 10), 1, "the other one waits still")
}

func TestTheLimitIsOfChannels(t *testing.T) {
	s, _ := open(t)
	posted(t, s, withFeed(t, s), 3, desk, night, office)
	require.Len(t, claimed(t, s, noon, 2), 2)
	require.Empty(t, claimed(t, s, noon, 0))
}

func TestAHeadThatIsNotDueMakesItsChannelWait(t *testing.T) {
	s, _ := open(t)
	posted(t, s, withFeed(t, s), 2, desk)
	d := claimed(t, s, noon, 1)[0]
	settled(t, s, d, alerts.Settlement{State: alerts.StatePending, NotBefore: noon.Add(time.Minute), Uncertain: true, Reason: "no answer"}, noon)
	require.Empty(t, claimed(t, s, noon.Add(59*time.Second), 10))
	again := claimed(t, s, noon.Add(time.Minute), 10)
	require.Len(t, again, 1)
	require.Equal(t, d.ID, again[0].ID)
	require.Equal(t, 2, again[0].Attempts)
	require.True(t, again[0].Uncertain)
	require.Equal(t, noon, again[0].FirstAttempt)
	require.Equal(t, noon, again[0].LastAttempt)
}

func TestARefundedAttemptLeavesNoTrace(t *testing.T) {
	s, _ := open(t)
	posted(t, s, withFeed(t, s), 1, desk)
	wait := alerts.Settlement{State: alerts.StatePending, NotBefore: noon.Add(time.Minute), Refund: true}
	settled(t, s, claimed(t, s, noon, 1)[0], wait, noon)
	d := claimed(t, s, noon.Add(time.Minute), 1)[0]
	require.Equal(t, 1, d.Attempts)
	require.Equal(t, noon.Add(time.Minute), d.FirstAttempt)
	require.True(t, d.LastAttempt.IsZero())

	settled(t, s, d, alerts.Settlement{State: alerts.StatePending, Uncertain: true}, noon.Add(time.Minute))
	d = claimed(t, s, noon.Add(2*time.Minute), 1)[0]
	wait.Uncertain = true
	settled(t, s, d, wait, noon.Add(2*time.Minute))
	d = claimed(t, s, noon.Add(3*time.Minute), 1)[0]
	require.Equal(t, 2, d.Attempts)
	require.Equal(t, noon.Add(time.Minute), d.LastAttempt, "the settle time runs from the attempt that counts")
}

// What an attempt sends may leave at its very end, so the wait for its message runs from there.
func TestAnAttemptIsDatedByItsEnd(t *testing.T) {
	for _, as := range []alerts.Settlement{
		{State: alerts.StatePending, NotBefore: noon.Add(time.Minute), Uncertain: true, Reason: "no answer"},
		{State: alerts.StatePending, NotBefore: noon.Add(time.Minute), Reason: "refused"},
	} {
		s, _ := open(t)
		posted(t, s, withFeed(t, s), 1, desk)
		settled(t, s, claimed(t, s, noon, 1)[0], as, noon.Add(20*time.Second))
		d := claimed(t, s, noon.Add(time.Minute), 1)[0]
		require.Equal(t, noon, d.FirstAttempt)
		require.Equal(t, noon.Add(20*time.Second), d.LastAttempt)
	}
}

func TestALeaseThatRanOutComesBackUncertain(t *testing.T) {
	s, _ := open(t)
	posted(t, s, withFeed(t, s), 1, desk)
	lost := claimed(t, s, noon, 1)[0]
	require.Empty(t, claimed(t, s, noon.Add(lease-time.Second), 1))
	taken := claimed(t, s, noon.Add(lease), 1)[0]
	require.True(t, taken.Uncertain)
	require.Equal(t, noon.Add(lease-justBefore), taken.LastAttempt, "it may have been sent as long as the lease ran")

	settled(t, s, lost, alerts.Settlement{State: alerts.StateFailed, Reason: "late"}, noon.Add(lease))
	require.Empty(t, claimed(t, s, noon.Add(lease), 1), "the late settlement neither counts nor frees the channel")
	settled(t, s, lost, sent("m1"), noon.Add(lease))
	told, err := s.Recent(t.Context(), desk, 1)
	require.NoError(t, err)
	require.Equal(t, alerts.StateSent, told[0].State, "but a late success is the truth")
	settled(t, s, taken, sent("m2"), noon.Add(lease))
	told, err = s.Recent(t.Context(), desk, 1)
	require.NoError(t, err)
	require.Equal(t, "m1", told[0].MessageID)
}

func TestSettlingTwiceKeepsTheNextLease(t *testing.T) {
	s, _ := open(t)
	posted(t, s, withFeed(t, s), 2, desk)
	first := claimed(t, s, noon, 1)[0]
	settled(t, s, first, sent("m1"), noon)
	require.Len(t, claimed(t, s, noon, 1), 1)
	settled(t, s, first, sent("m1"), noon)
	require.Empty(t, claimed(t, s, noon, 1))
}

func TestAReopenedStoreDoubtsWhatWasBeingSent(t *testing.T) {
	s, path := openFile(t)
	posted(t, s, withFeed(t, s), 1, desk)
	for crash := range 5 {
		now := noon.Add(time.Duration(crash) * time.Hour)
		d := claimed(t, s, now, 1)
		require.Len(t, d, 1)
		require.Equal(t, crash > 0, d[0].Uncertain)
		if crash > 0 {
			require.Equal(t, noon.Add(time.Duration(crash-1)*time.Hour+lease), d[0].LastAttempt, "its process may have sent it as long as the lease ran")
		}
		require.NoError(t, s.Close())
		s = reopen(t, "sqlite:"+path)
		if crash < 3 {
			b, err := s.Backlog(t.Context())
			require.NoError(t, err)
			require.Equal(t, map[alerts.DeliveryState]int{alerts.StatePending: 1}, b.States)
			continue
		}
		require.Empty(t, claimed(t, s, now.Add(lease-time.Second), 1), "a crash loop backs off")
	}
}

// A process that ends within its lease sends nothing more: the wait runs from when the next one finds it, not from the lease's end.
func TestAReopenedStoreWaitsFromNowOn(t *testing.T) {
	s, path := openFile(t)
	posted(t, s, withFeed(t, s), 1, desk)
	require.Len(t, claimed(t, s, noon, 1), 1)
	require.NoError(t, s.Close())
	s = reopen(t, "sqlite:"+path)
	now := noon.Add(5 * time.Second)
	d := claimed(t, s, now, 1)[0]
	require.Equal(t, now.Add(-justBefore), d.LastAttempt)
	settled(t, s, d, alerts.Settlement{State: alerts.StatePending, NotBefore: now.Add(time.Minute), Refund: true, Uncertain: true}, now)
	require.Empty(t, claimed(t, s, now.Add(59*time.Second), 1))
	require.Equal(t, now.Add(-justBefore), claimed(t, s, now.Add(time.Minute), 1)[0].LastAttempt)
}

func TestAReplyGetsTheRootsMessage(t *testing.T) {
	s, _ := open(t)
	f := withFeed(t, s)
	r := posted(t, s, f, 1, desk)[0]
	require.NoError(t, s.Record(t.Context(), []alerts.Outcome{{Visit: visit(f), Deliveries: []alerts.Delivery{
		delivery(desk, r, alerts.ReplyPart(1)), delivery(desk, r, alerts.EditPart(1)),
	}}}))
	settled(t, s, claimed(t, s, noon, 1)[0], sent("m1"), noon)
	for _, p := range []alerts.Part{alerts.ReplyPart(1), alerts.EditPart(1)} {
		d := claimed(t, s, noon, 1)[0]
		require.Equal(t, p, d.Part)
		require.Equal(t, "m1", d.RootMessage)
		settled(t, s, d, sent("x"), noon)
	}
}

func TestAPlainSecondTryComesBeforeWhatFollows(t *testing.T) {
	s, _ := open(t)
	f := withFeed(t, s)
	r := posted(t, s, f, 2, desk)
	require.NoError(t, s.Record(t.Context(), []alerts.Outcome{{Visit: visit(f), Deliveries: []alerts.Delivery{delivery(desk, r[0], alerts.EditPart(1))}}}))
	settled(t, s, claimed(t, s, noon, 1)[0], alerts.Settlement{State: alerts.StateFailed, Reason: "refused", Plain: true}, noon)
	d := claimed(t, s, noon, 1)[0]
	require.Equal(t, alerts.Root.AsPlain(), d.Part)
	require.Equal(t, 1, d.Attempts)
	require.Equal(t, root(desk, r[0]).Alert, d.Alert)
	settled(t, s, d, sent("p1"), noon)

	d = claimed(t, s, noon, 1)[0]
	require.Equal(t, r[1].Story, d.Story)
	settled(t, s, d, sent("m2"), noon)
	d = claimed(t, s, noon, 1)[0]
	require.Equal(t, "p1", d.RootMessage, "the edit changes the plain message")

	told, ok, err := s.Told(t.Context(), guild, root(desk, r[0]).Alert.ID, 0)
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, alerts.StateSent, told.State)
	require.Equal(t, "p1", told.MessageID)
}

func TestWhatFollowsAFailedRootFailsWithAReason(t *testing.T) {
	for state, reason := range map[alerts.DeliveryState]string{
		alerts.StateFailed:    "the message that it belongs to was never posted",
		alerts.StateUncertain: "the message that it belongs to is held as uncertain",
	} {
		t.Run(string(state), func(t *testing.T) {
			s, _ := open(t)
			f := withFeed(t, s)
			r := posted(t, s, f, 1, desk)[0]
			settled(t, s, claimed(t, s, noon, 1)[0], alerts.Settlement{State: state, Reason: "refused"}, noon)
			other := article(f, 7)
			require.NoError(t, s.Record(t.Context(), []alerts.Outcome{{Visit: visit(f), Recorded: []alerts.Recorded{other}, Deliveries: []alerts.Delivery{
				delivery(desk, r, alerts.ReplyPart(1)), delivery(desk, r, alerts.EditPart(1)), root(desk, other),
			}}}))
			d := claimed(t, s, noon, 1)
			require.Len(t, d, 1)
			require.Equal(t, other.Story, d[0].Story, "the channel goes on")
			require.Equal(t, 2, count(t, s, `SELECT COUNT(*) FROM deliveries WHERE state = 'failed' AND reason = $1`, reason))
		})
	}
}

func TestALaterEditSupersedesThoseThatWait(t *testing.T) {
	s, _ := open(t)
	f := withFeed(t, s)
	r := posted(t, s, f, 1, desk, night)[0]
	for _, d := range claimed(t, s, noon, 2) {
		settled(t, s, d, sent("m"), noon)
	}
	edit := func(n int, c alerts.Channel) {
		require.NoError(t, s.Record(t.Context(), []alerts.Outcome{{Visit: visit(f), Deliveries: []alerts.Delivery{delivery(c, r, alerts.EditPart(n))}}}))
	}
	edit(1, desk)
	require.Len(t, claimed(t, s, noon, 1), 1, "edit 1 is being sent")
	edit(1, night)
	edit(2, desk)
	edit(3, desk)
	edit(2, desk) // again: it stands already
	states := func(c alerts.Channel, state alerts.DeliveryState) int {
		return count(t, s, `SELECT COUNT(*) FROM deliveries WHERE channel = $1 AND kind = 'edit' AND state = $2`, string(c), string(state))
	}
	require.Equal(t, 1, states(desk, alerts.StateSending))
	require.Equal(t, 1, states(desk, alerts.StateSuperseded))
	require.Equal(t, 1, states(desk, alerts.StatePending))
	require.Equal(t, 1, states(night, alerts.StatePending), "another channel's stays")
	w, err := s.World(t.Context(), alerts.Question{StoryKeys: r.Fingerprint.Keys})
	require.NoError(t, err)
	require.Equal(t, alerts.Standing{Alert: delivery(desk, r, alerts.EditPart(3)).Alert, Roots: 1, State: alerts.StateSent, Edits: 3}, w.Alerts[alerts.ChannelStory{Channel: desk, Story: r.Story}])
}

func TestAStoppedChannelKeepsWhatWaits(t *testing.T) {
	s, _ := open(t)
	posted(t, s, withFeed(t, s), 2, desk, night)
	d := claimed(t, s, noon, 1)[0]
	require.Equal(t, desk, d.Channel)
	settled(t, s, d, alerts.Settlement{State: alerts.StatePending, NotBefore: noon, Refund: true, Stop: "no access"}, noon)
	for _, d := range claimed(t, s, noon.Add(time.Hour), 10) {
		require.Equal(t, night, d.Channel)
	}
	stopped, err := s.Stopped(t.Context())
	require.NoError(t, err)
	require.Equal(t, []StoppedChannel{{Channel: desk, Reason: "no access", Since: noon, Waiting: 2}}, stopped)
	told, err := s.Recent(t.Context(), desk, 1)
	require.NoError(t, err)
	require.Equal(t, "the channel is stopped: no access", told[0].Reason)
	require.NotEmpty(t, alerts.Say(s.Enqueue(t.Context(), change(guild), delivery(desk, article(alerts.Feed{URL: "u", ID: 1}, 9), alerts.Root))))

	require.NoError(t, s.StartChannel(t.Context(), desk, noon))
	require.Len(t, claimed(t, s, noon.Add(time.Second), 10), 1)

	require.NoError(t, s.StopWorkspace(t.Context(), guild, "revoked", noon))
	require.Empty(t, claimed(t, s, noon.Add(time.Hour), 10))
	require.NoError(t, s.StartWorkspace(t.Context(), guild, noon))
	require.Len(t, claimed(t, s, noon.Add(2*time.Hour), 10), 2)
}

func TestTheBacklogCountsWhatWaitsAndWhatFailed(t *testing.T) {
	s, _ := open(t)
	posted(t, s, withFeed(t, s), 2, desk, office)
	d := claimed(t, s, noon, 1)[0]
	settled(t, s, d, alerts.Settlement{State: alerts.StateFailed, Reason: "x"}, noon)
	claimed(t, s, noon, 1)
	b, err := s.Backlog(t.Context())
	require.NoError(t, err)
	require.Equal(t, Backlog{States: map[alerts.DeliveryState]int{alerts.StatePending: 2, alerts.StateSending: 1, alerts.StateFailed: 1}, Oldest: noon}, b)
}

func TestWhatWaitsIsNamedByChannel(t *testing.T) {
	s, _ := open(t)
	posted(t, s, withFeed(t, s), 2, desk, night, office)
	settled(t, s, claimed(t, s, noon, 1)[0], alerts.Settlement{State: alerts.StatePending, NotBefore: noon, Refund: true, Stop: "no access"}, noon)
	settled(t, s, claimed(t, s, noon, 1)[0], sent("m"), noon)
	_, err := s.write.ExecContext(t.Context(), `INSERT INTO departures (workspace, departed) VALUES ('slack:T1', 0)`)
	require.NoError(t, err)
	w, err := s.Waiting(t.Context())
	require.NoError(t, err)
	require.Equal(t, []WaitingChannel{
		{Channel: desk, Deliveries: 2, Stopped: "no access"}, {Channel: night, Deliveries: 1}, {Channel: office, Deliveries: 2, Departed: true},
	}, w)
}

func TestConcurrentClaimsNeverShareAChannel(t *testing.T) {
	s, _ := open(t)
	posted(t, s, withFeed(t, s), 10, desk, night, office, "console:a", "console:b")
	var mu sync.Mutex
	busy, served := map[alerts.Channel]bool{}, 0
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for {
				claims, err := s.Claim(t.Context(), everywhere, noon, lease, 2)
				mu.Lock()
				done := served == 50 || err != nil
				for _, d := range claims {
					if busy[d.Channel] {
						t.Errorf("%s was claimed twice", d.Channel)
					}
					busy[d.Channel] = true
				}
				mu.Unlock()
				if done {
					if err != nil {
						t.Error(err)
					}
					return
				}
				for _, d := range claims {
					mu.Lock()
					busy[d.Channel] = false
					served++
					mu.Unlock()
					if err := s.Settle(t.Context(), d, sent("m"), noon); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	group.Wait()
	require.Equal(t, 50, count(t, s, `SELECT COUNT(*) FROM deliveries WHERE state = 'sent'`))
}

// Whatever happens, a channel's roots are sent in the order in which they were recorded, each once.
func TestOrderHoldsForAnySequence(t *testing.T) {
	s, _ := open(t)
	f := withFeed(t, s)
	serial := 0
	rapid.Check(t, func(r *rapid.T) {
		serial++
		a, b := alerts.NewChannel("discord:1", fmt.Sprint("a", serial)), alerts.NewChannel("slack:T1", fmt.Sprint("b", serial))
		now := noon
		recorded, done := map[alerts.Channel][]alerts.StoryID{}, map[alerts.Channel][]alerts.StoryID{}
		held := map[alerts.Channel]alerts.Delivery{}
		step := func(act int) {
			now = now.Add(time.Second)
			switch act {
			case 0:
				n := serial*1000 + len(recorded[a])
				v := article(f, n)
				recorded[a], recorded[b] = append(recorded[a], v.Story), append(recorded[b], v.Story)
				if err := s.Record(t.Context(), []alerts.Outcome{{Visit: visit(f), Recorded: []alerts.Recorded{v}, Deliveries: []alerts.Delivery{root(a, v), root(b, v)}}}); err != nil {
					r.Fatal(err)
				}
			case 1:
				claims, err := s.Claim(t.Context(), everywhere, now, lease, 1)
				if err != nil {
					r.Fatal(err)
				}
				for _, d := range claims {
					held[d.Channel] = d
				}
			default:
				for c, d := range held {
					as := sent("m")
					switch act {
					case 3:
						as = alerts.Settlement{State: alerts.StatePending, NotBefore: now.Add(3 * time.Second)}
					case 4:
						as = alerts.Settlement{State: alerts.StateFailed, Reason: "x", Plain: !d.Part.Plain()}
					case 5:
						now = now.Add(lease) // lost
						delete(held, c)
						return
					}
					if err := s.Settle(t.Context(), d, as, now); err != nil {
						r.Fatal(err)
					}
					if as.State == alerts.StateSent || as.State == alerts.StateFailed && !as.Plain {
						done[c] = append(done[c], d.Story)
					}
					delete(held, c)
					return
				}
			}
		}
		for _, act := range rapid.SliceOfN(rapid.IntRange(0, 5), 1, 30).Draw(r, "acts") {
			step(act)
		}
		for len(done[a])+len(done[b]) < len(recorded[a])+len(recorded[b]) {
			now = now.Add(lease)
			step(1)
			step(2)
		}
		for c, want := range recorded {
			require.Equal(r, want, done[c])
		}
	})
}
