package store

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// waits records n articles that open a story each in the channel, at that time, numbered from the first.
func waits(t *testing.T, s *Store, f alerts.Feed, c alerts.Channel, first, n int, at time.Time) []alerts.Recorded {
	t.Helper()
	o := alerts.Outcome{Visit: visit(f)}
	o.Visit.At = at
	for i := range n {
		r := article(f, first+i)
		o.Recorded = append(o.Recorded, r)
		o.Deliveries = append(o.Deliveries, root(c, r))
	}
	require.NoError(t, s.Record(t.Context(), []alerts.Outcome{o}))
	return o.Recorded
}

// sentFrom sends all that is due at that time in the channel, and returns the stories of the posts.
func sentFrom(t *testing.T, s *Store, c alerts.Channel, now time.Time) (stories []alerts.StoryID) {
	t.Helper()
	for {
		due := claimed(t, s, now, 10)
		if len(due) == 0 {
			return stories
		}
		for _, d := range due {
			if d.Channel == c && d.Part.Kind() == "post" {
				stories = append(stories, d.Story)
			}
			settled(t, s, d, sent("m"+d.Ref()), now)
		}
	}
}

func TestAStartedChannelGetsWhatIsNew(t *testing.T) {
	now := noon.Add(30 * time.Hour)
	starts := map[string]func(*testing.T, *Store){
		"start":     func(t *testing.T, s *Store) { require.NoError(t, s.StartChannel(t.Context(), desk, now)) },
		"workspace": func(t *testing.T, s *Store) { require.NoError(t, s.StartWorkspace(t.Context(), guild, now)) },
		"subscribe": func(t *testing.T, s *Store) {
			require.NoError(t, s.PutWatch(t.Context(), change(guild), "europe", person("Ada")))
			c := change(guild)
			c.At = now
			require.NoError(t, s.Subscribe(t.Context(), c, alerts.Subscription{Channel: desk, List: alerts.ListRef{Workspace: guild, Name: "europe"}}))
		},
	}
	for name, start := range starts {
		t.Run(name, func(t *testing.T) {
			s, _ := open(t)
			f := withFeed(t, s)
			old := waits(t, s, f, desk, 0, 2, noon) // 30 hours old, and one of them grows later
			grown := delivery(desk, old[1], alerts.EditPart(1))
			many := waits(t, s, f, desk, 10, keptStories+5, noon.Add(20*time.Hour))
			o := alerts.Outcome{Visit: visit(f), Deliveries: []alerts.Delivery{grown}}
			o.Visit.At = noon.Add(21 * time.Hour)
			require.NoError(t, s.Record(t.Context(), []alerts.Outcome{o}))
			waits(t, s, f, night, 100, 1, noon)
			require.NoError(t, s.StopWorkspace(t.Context(), guild, "no access", noon))
			start(t, s)
			if name != "workspace" {
				require.NoError(t, s.StartChannel(t.Context(), night, noon))
			}

			want := []alerts.StoryID{old[1].Story}
			for _, r := range many[6:] { // the newest, one fewer for the one that grew
				want = append(want, r.Story)
			}
			require.Equal(t, want, sentFrom(t, s, desk, now))
			require.Zero(t, count(t, s, `SELECT COUNT(*) FROM deliveries WHERE state = 'pending'`))
			for r, reason := range map[*alerts.Recorded]string{&old[0]: "more than 24 hours", &many[0]: "more than 50 alerts", &many[5]: "more than 50 alerts"} {
				told, ok, err := s.Told(t.Context(), guild, root(desk, *r).Alert.ID, 0)
				require.NoError(t, err)
				require.True(t, ok)
				require.Equal(t, alerts.StateFailed, told.State)
				require.Contains(t, told.Reason, reason)
			}
		})
	}
}

func TestStartingAChannelThatIsNotStoppedLeavesNothingOut(t *testing.T) {
	s, _ := open(t)
	waits(t, s, withFeed(t, s), desk, 0, keptStories+5, noon)
	require.NoError(t, s.StartChannel(t.Context(), desk, noon.Add(48*time.Hour)))
	require.Len(t, sentFrom(t, s, desk, noon.Add(48*time.Hour)), keptStories+5)
}

func TestWhatMayHaveBeenPostedIsNotLeftOut(t *testing.T) {
	s, _ := open(t)
	waits(t, s, withFeed(t, s), desk, 0, 1, noon)
	stop := alerts.Settlement{State: alerts.StatePending, NotBefore: noon, Uncertain: true, Stop: "no access"}
	settled(t, s, claimed(t, s, noon, 1)[0], stop, noon)
	require.NoError(t, s.StartChannel(t.Context(), desk, noon.Add(48*time.Hour)))
	require.Len(t, claimed(t, s, noon.Add(48*time.Hour), 1), 1, "it is looked for, however old it is")
}
