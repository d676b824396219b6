package feeds

import (
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const public, private = "https://a.example/rss", "http://localhost/rss"

func TestSchedule(t *testing.T) {
	from := time.Date(2026, 3, 2, 10, 7, 30, 0, time.UTC)
	cases := map[string]string{ // what comes after from
		"":                                      "2026-03-02T10:22:30Z",
		"auto":                                  "2026-03-02T10:22:30Z",
		"*/10 * * * *":                          "2026-03-02T10:10:00Z",
		"@hourly":                               "2026-03-02T11:00:00Z",
		"@every 90s":                            "2026-03-02T10:09:00Z",
		"@every 744h":                           "2026-04-02T10:07:30Z",
		"CRON_TZ=Europe/Brussels 0 7 * * *":     "2026-03-03T06:00:00Z",
		"TZ=Asia/Kathmandu 0 7 * * *":           "2026-03-03T01:15:00Z",
		" 0 0 29 2 * ":                          "2028-02-29T00:00:00Z",
		"CRON_TZ=America/New_York @every 1h30m": "2026-03-02T11:37:30Z",
	}
	for expr, want := range cases {
		s, err := Schedule(expr)
		require.NoError(t, err, expr)
		require.Equal(t, want, s.Next(from).UTC().Format(time.RFC3339), expr)
	}
	for _, expr := range []string{
		"x", "* * * *", "* * * * * *", "61 * * * *", "0 0 30 2 *", "@every", "@every x", "@every 0s", "@every -5m", "@every 745h", "@every 1000000h",
		"CRON_TZ=Nowhere/Land 0 7 * * *", "CRON_TZ=UTC", "TZ=", "@fortnightly",
	} {
		_, err := Schedule(expr)
		require.NotEmpty(t, alerts.Say(err), expr)
	}
}

func TestAWrongScheduleIsToldWhatIsWrong(t *testing.T) {
	for expr, say := range map[string]string{
		"61 * * * *":                         `"61" is not a minute: minutes go from 0 to 59.`,
		"0 25 * * *":                         `"25" is not an hour: hours go from 0 to 23.`,
		"0 0 0 * *":                          `"0" is not a day: days go from 1 to 31.`,
		"0 0 1 13 *":                         `"13" is not a month: months go from 1 to 12, or JAN to DEC.`,
		"0 0 * * 7":                          `"7" is not a weekday: weekdays go from 0 (Sunday) to 6, or SUN to SAT.`,
		"0 0 * * FOO":                        `"FOO" is not a weekday`,
		"*/0 * * * *":                        `"*/0" is not a minute`,
		"50-10 * * * *":                      `"50-10" is not a minute`,
		"CRON_TZ=Europe/Brussels 61 * * * *": `"61" is not a minute`,
		"CRON_TZ=Europe/Bruxelles 0 7 * * *": `"Europe/Bruxelles" is no time zone that is known. Write`,
		"TZ=Nowhere @hourly":                 `"Nowhere" is no time zone`,
		"CRON_TZ=Europe/Brussels":            `nothing follows the time zone`,
		"* * * *":                            `4 parts instead of five`,
		"0 * * * * *":                        `6 parts instead of five`,
		"15m":                                `Did you mean @every 15m?`,
		"every 15m":                          `Did you mean @every 15m?`,
		"@15m":                               `Did you mean @every 15m?`,
		"15 minutes":                         `Did you mean @every 15m?`,
		"every 2 hours":                      `Did you mean @every 2h?`,
		"@every 10 min":                      `Did you mean @every 10m?`,
		"1d":                                 `Did you mean @every 24h?`,
		"@every 10":                          `"10" is no length of time: it needs a number and a unit`,
		"@every 1000000h":                    `which is 31 days`,
		"@every":                             `needs a number and a unit`,
		"@fortnightly":                       `"@fortnightly" is not known. Write @hourly, @daily`,
		"hourly":                             `Did you mean @hourly?`,
		"now":                                `"now" is no schedule. Write it like */10 * * * *`,
	} {
		_, err := Schedule(expr)
		require.Contains(t, alerts.Say(err), say, expr)
		require.Regexp(t, `^.+[.:] .+[.?]$`, alerts.Say(err), expr)
	}
}

func TestScheduleFloor(t *testing.T) {
	_, err := ScheduleFor(public, "@every 30s")
	require.Contains(t, alerts.Say(err), "once a minute")
	for _, u := range []string{private, "http://127.0.0.1:8080/x", "http://[::1]/", "http://10.1.2.3/x", "http://feeds/x", "http://nas.local/x"} {
		_, err := ScheduleFor(u, "@every 2s")
		require.NoError(t, err, u)
	}
	for _, u := range []string{"https://8.8.8.8/", "https://local.example/", "https://10.example/", "not a url with . dots"} {
		require.False(t, PrivateHost(u), u)
	}
	_, err = ScheduleFor(public, "@every 1m")
	require.NoError(t, err)
}

func listed(feedURL string, exprs ...string) alerts.Feed {
	f := alerts.Feed{URL: feedURL}
	for _, e := range exprs {
		f.Listings = append(f.Listings, alerts.Listing{Schedule: e})
	}
	return f
}

func TestNext(t *testing.T) {
	now := time.Date(2026, 3, 2, 10, 7, 30, 5e8, time.UTC)
	require.Equal(t, "10:10:00", Next(listed(public, "@daily", "*/10 * * * *", "@hourly"), now).Format(time.TimeOnly), "the earliest listing")
	for _, f := range []alerts.Feed{listed(public, "@every 10m"), listed(public), listed(public, "nonsense"), listed(public, "@every 1s"), listed(private, "@every 1s")} {
		next := Next(f, now)
		require.Equal(t, next, Next(f, now), "the same each time")
		require.True(t, next.After(now), "%v", f)
	}
	wait := Next(listed(public, "@every 1s"), now).Sub(now)
	require.Greater(t, wait, 59*time.Second, "the floor holds for what was stored, too")
	spread := map[time.Duration]bool{}
	for _, u := range []string{"https://a.example", "https://b.example", "https://c.example", "https://d.example"} {
		delay := Next(listed(u, "@every 10m"), now.Truncate(time.Second)).Sub(now.Truncate(time.Second))
		require.GreaterOrEqual(t, delay, 10*time.Minute, "never earlier than written")
		require.Less(t, delay, 11*time.Minute)
		spread[delay] = true
	}
	require.Greater(t, len(spread), 2, "feeds spread out")
}

func TestNextWaitsForRetryAfter(t *testing.T) {
	now := time.Date(2026, 3, 2, 10, 7, 30, 0, time.UTC)
	earliest := now.Add(25 * time.Minute)
	require.Equal(t, "10:40:00", nextFrom(listed(public, "*/10 * * * *"), now, earliest).Format(time.TimeOnly), "a cron keeps to its turns")
	require.Equal(t, earliest, nextFrom(listed(public, "@every 10m"), now, earliest))
	exact := time.Date(2026, 3, 2, 10, 30, 0, 0, time.UTC)
	require.Equal(t, exact, nextFrom(listed(public, "*/10 * * * *"), now, exact))
}

// TestSummerTime walks through both changes of the clock, in zones that make them at different hours.
func TestSummerTime(t *testing.T) {
	cases := []struct {
		expr, from, want string
	}{
		{"CRON_TZ=Europe/Brussels 30 2 * * *", "2026-03-28T12:00:00Z", "2026-03-29T01:30:00Z"}, // 02:30 is left out: 03:30
		{"CRON_TZ=Europe/Brussels 30 2 * * *", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z"}, // and only once
		{"CRON_TZ=Europe/Brussels 0 * * * *", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z"},
		{"CRON_TZ=Europe/Brussels */15 * * * *", "2026-10-25T00:45:00Z", "2026-10-25T01:00:00Z"}, // the repeated hour is polled
		{"CRON_TZ=America/Sao_Paulo 0 0 * * *", "2018-11-03T12:00:00Z", "2018-11-04T03:00:00Z"},  // midnight is left out: 01:00
		{"CRON_TZ=Australia/Lord_Howe 15 2 * * *", "2026-10-03T12:00:00Z", "2026-10-03T15:45:00Z"},
	}
	for _, c := range cases {
		from, err := time.Parse(time.RFC3339, c.from)
		require.NoError(t, err)
		require.Equal(t, c.want, Next(listed(public, c.expr), from).UTC().Format(time.RFC3339), "%s after %s", c.expr, c.from)
	}
	step := 5*time.Hour + 13*time.Minute
	if testing.Short() {
		step *= 8
	}
	for _, zone := range []string{"Europe/Brussels", "America/Sao_Paulo", "Australia/Lord_Howe", "Africa/Cairo", "Pacific/Apia", "Asia/Gaza"} {
		for _, expr := range []string{"*/7 * * * *", "30 2 * * *", "0 0 * * 1-5", "59 23 31 12 *"} {
			f := listed(public, "CRON_TZ="+zone+" "+expr)
			for at := time.Date(2011, 12, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2013; at = at.Add(step) {
				next := Next(f, at)
				require.True(t, next.After(at), "%s %s at %s: %s", zone, expr, at, next)
				require.Less(t, next.Sub(at), 367*24*time.Hour)
			}
		}
	}
}

func TestBackOffGrowsAndEnds(t *testing.T) {
	require.Zero(t, backOff(0))
	require.Zero(t, backOff(1), "one failure is a hiccup")
	last := time.Duration(0)
	for n := 2; n < 200; n++ {
		require.GreaterOrEqual(t, backOff(n), last)
		require.LessOrEqual(t, backOff(n), backOffMost)
		last = backOff(n)
	}
	require.Equal(t, backOffMost, last)
}
