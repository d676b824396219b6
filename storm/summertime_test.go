package storm

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"
	_ "time/tzdata" // the zones are not on every machine

	"github.com/stretchr/testify/require"
)

// brussels is a zone that changes its clock on 29 March and on 25 October 2026, at 01:00 UTC.
func brussels(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Brussels")
	require.NoError(t, err)
	return zone
}

// changes are the moments of both.
func changes() map[string]time.Time {
	return map[string]time.Time{"spring": time.Date(2026, 3, 29, 1, 0, 0, 0, time.UTC), "autumn": time.Date(2026, 10, 25, 1, 0, 0, 0, time.UTC)}
}

// at makes the bot's clock one that shows the zone's time and stands at the moment after so much of the bubble's time.
func (r *rig) at(moment time.Time, after time.Duration, zone *time.Location) (ahead time.Duration) {
	ahead = moment.Sub(time.Now().Add(after))
	r.now = func() time.Time { return time.Now().Add(ahead).In(zone) }
	return ahead
}

// turns are the schedules of the feeds, and when each comes from midnight until 03:45 UTC, in UTC, on either night.
func turns() map[string]map[string][]string {
	hourly := []string{"23:00", "00:00", "01:00", "02:00", "03:00"}
	return map[string]map[string][]string{
		"CRON_TZ=Europe/Brussels 30 2 * * *": {"spring": {"01:30"}, "autumn": {"00:30", "01:30"}},
		"CRON_TZ=Europe/Brussels 0 * * * *":  {"spring": hourly, "autumn": append([]string{"22:00"}, hourly...)},
		"CRON_TZ=Europe/Brussels 15 3 * * *": {"spring": {"01:15"}, "autumn": {"02:15"}},
		"30 2 * * *":                         {"spring": {"02:30"}, "autumn": {"02:30"}}, // in the zone of the machine, UTC here
	}
}

// overnight polls from midnight by the zone's clock until 03:45 UTC and returns when each feed was visited, first visits left
// out: a new feed is visited at once.
func overnight(t *testing.T, change time.Time, clock func(*rig)) map[string][]string {
	r := newRig(t, anywhere())
	zone := brussels(t)
	midnight := time.Date(change.Year(), change.Month(), change.Day(), 0, 0, 0, 0, zone)
	ahead := r.at(midnight.Add(-20*time.Minute), 0, zone)
	if clock != nil {
		clock(r)
	}
	r.tick = 10 * time.Second
	r.start()
	all := map[string]*site{}
	for expr := range turns() {
		all[fmt.Sprint("feed", len(all))] = &site{schedule: expr}
	}
	for _, s := range all {
		s.answer.Status = 304
	}
	p := r.poller(all)
	r.poll(p, 19*time.Minute)
	first := time.Now()
	r.poll(p, time.Until(change.Add(2*time.Hour+45*time.Minute-ahead)))
	seen := map[string][]string{}
	for _, s := range all {
		require.Zero(t, s.twice)
		for _, at := range s.visits {
			if at.After(first) {
				seen[s.schedule] = append(seen[s.schedule], at.Add(ahead).UTC().Truncate(time.Minute).Format("15:04"))
			}
		}
	}
	return seen
}

// TestFeedsOnNightsOfSummerTime: what a schedule means on the nights when the clock changes; docs/configuration.md says it.
func TestFeedsOnNightsOfSummerTime(t *testing.T) {
	for season, change := range changes() {
		t.Run(season, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				seen := overnight(t, change, nil)
				for expr, want := range turns() {
					require.Equal(t, want[season], seen[expr], expr)
				}
			})
		})
	}
}

// TestControlOfSummerTime: a bot whose moments are what the clock on the wall shows visits at other times.
func TestControlOfSummerTime(t *testing.T) {
	for season, change := range changes() {
		t.Run(season, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				seen := overnight(t, change, func(r *rig) {
					right := r.now
					r.now = func() time.Time {
						n := right()
						_, offset := n.Zone()
						return n.Add(time.Duration(offset) * time.Second)
					}
				})
				right := map[string][]string{}
				for expr, want := range turns() {
					right[expr] = want[season]
				}
				require.NotEqual(t, right, seen)
			})
		})
	}
}

// TestDeliveriesOnNightsOfSummerTime: the clock changes in the middle of an outage that ends with digests, the bot being
// killed in between; and while messages are being sent and in doubt.
func TestDeliveriesOnNightsOfSummerTime(t *testing.T) {
	for season, change := range changes() {
		t.Run(season+", an outage", func(t *testing.T) {
			platform := map[string]string{"spring": "discord", "autumn": "slack"}[season]
			in(t, weather{platform: failing(digestOutage)[platform]}, func(t *testing.T, r *rig) {
				books := &book{}
				r.watch = books.keep
				r.at(change, digestOutage/2, brussels(t))
				all := away(r, 1, 24, (*rig).publish)
				for c, n := range r.everything(all...) {
					require.Equal(t, 2, n, "messages in %s", c)
				}
				r.settled()
				require.Zero(t, r.early())
				require.Empty(t, r.told())
			})
		})
		for name, dies := range map[string]bool{"": false, ", and the process dies": true} {
			t.Run(season+", in doubt"+name, func(t *testing.T) {
				in(t, remembering(), func(t *testing.T, r *rig) {
					ahead := r.at(change, 2*time.Hour+2*time.Second, brussels(t))
					jump(t, r, ahead, 0, dies)
				})
			})
		}
	}
}
