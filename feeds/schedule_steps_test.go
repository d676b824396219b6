package feeds

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// What a step says and what cron makes of it are two things where the step is larger than what it steps through.
func TestAStepThatLeadsNowhereIsRefused(t *testing.T) {
	for expr, say := range map[string]string{
		"*/90 * * * *":             `"*/90" is not every 90 minutes: cron begins anew each hour, so it is minute 0 alone. Write @every 1h30m, or 0 if that is what you mean.`,
		"*/120 * * * *":            `Write @every 2h, or 0`,
		"CRON_TZ=UTC */90 * * * *": `Write @every 1h30m, or 0`,
		"*/90 9-17 * * *":          `so it is minute 0 alone. Write 0 if that is what you mean, or a list such as 0,20,40.`,
		"0 */45 * * *":             `"*/45" is not every 45 hours: cron begins anew each day, so it is hour 0 alone. Write @every 45h, or 0`,
		"0 */30 * * *":             `Write @every 30h, or 0`,
		"*/10 */30 * * *":          `hour 0 alone. Write 0 if that is what you mean, or a list such as 6,12,18.`,
		"0 0 */40 * *":             `"*/40" is not every 40 days: cron begins anew each month, so it is day 1 alone. Write 1 if`,
		"0 0 1 */13 *":             `month 1 alone. Write 1 if that is what you mean, or a list such as 1,7.`,
		"0 0 * * */8":              `weekday 0 alone. Write 0 if that is what you mean, or a list such as MON,THU.`,
		"15,*/90 * * * *":          `"*/90" is not every 90 minutes`,
		"5/58 * * * *":             `"5/58" is not every 58 minutes: cron begins anew each hour, so it is minute 5 alone. Write @every 58m, or 5`,
		"0 9-17/12 * * *":          `"9-17/12" is not every 12 hours: cron begins anew each day, so it is hour 9 alone.`,
		"0 0 1 JAN-MAR/5 *":        `month 1 alone.`,
		"*/100000 * * * *":         `Write 0 if that is what you mean`,
		"TZ= 0 7 * * *":            `The time zone has no name. Write its IANA name`,
	} {
		_, err := ScheduleFor(private, expr)
		require.Contains(t, alerts.Say(err), say, expr)
		_, err = Schedule(expr)
		require.NoError(t, err, "what was stored before goes on: %s", expr)
	}
	for _, expr := range []string{
		"", "auto", "@hourly", "@every 90m", "*/10 * * * *", "*/60 * * * *", "5/60 * * * *", "0 */24 * * *", "0 0 */31 * *", "0 0 * */12 *", "0 0 * * */7",
		"*/45 * * * *", "*/59 * * * *", "0/15 * * * *", "59/1 * * * *", "5-5/10 * * * *", "0 0 * * MON-FRI/2", "CRON_TZ=Europe/Brussels 0 7 * * *",
	} {
		_, err := ScheduleFor(private, expr)
		require.NoError(t, err, expr)
	}
}

// What is offered in place of a step is a schedule that comes as often as the step says.
func TestWhatIsOfferedForAStepIsASchedule(t *testing.T) {
	minute := cronFields()[0]
	for step := 1; step <= 3000; step++ {
		expr := minute.every(0, step, []string{"*", "*", "*", "*", "*"})
		s, err := ScheduleFor(public, expr)
		require.NoError(t, err, expr)
		require.Equal(t, every(time.Duration(step)*time.Minute), s, expr)
	}
}

// A step larger than half of what it steps through comes unevenly: that is cron, and hardly what is meant.
func TestAnUnevenStepIsDoubted(t *testing.T) {
	require.Equal(t, `"*/50" is minutes 0 and 50 of each hour: 50 minutes apart, then 10. If they shall be as far apart each time, write @every 50m.`, ScheduleDoubt("*/50 * * * *"))
	require.Equal(t, `"*/16" is hours 0 and 16 of each day: 16 hours apart, then 8. If they shall be as far apart each time, write @every 16h.`, ScheduleDoubt("CRON_TZ=UTC 0 */16 * * *"))
	require.Equal(t, `"*/45" is minutes 0 and 45 of each hour: 45 minutes apart, then 15.`, ScheduleDoubt("*/45 9-17 * * *"))
	for _, expr := range []string{"", "auto", "@every 50m", "nonsense", "*/30 * * * *", "0 */12 * * *", "0,50 * * * *", "*/7 * * * *", "*/25 * * * *", "0 0 */20 * *"} {
		require.Empty(t, ScheduleDoubt(expr), expr)
	}
	for step := 1; step < 60; step++ {
		expr := fmt.Sprintf("*/%d * * * *", step)
		require.Equal(t, step > 30, ScheduleDoubt(expr) != "", expr)
	}
}

func TestAScheduleThatNeverComesSaysWhy(t *testing.T) {
	const months = " February has 28 days or 29; April, June, September and November have 30. Write another day or month."
	for expr, say := range map[string]string{
		"0 0 31 2 *":               `That day never comes: day "31" of month "2".` + months,
		"0 0 30 2 *":               `That day never comes: day "30" of month "2".` + months,
		"0 0 31 2,4,6,9,11 *":      `That day never comes: day "31" of month "2,4,6,9,11".` + months,
		"0 0 30,31 FEB *":          `That day never comes: day "30,31" of month "FEB".` + months,
		"CRON_TZ=UTC 0 0 31 APR ?": `That day never comes: day "31" of month "APR".` + months,
		", * * * *":                `"," names no minute. Write * for every minute, or a list such as 0,20,40.`,
		"0 0 * * ,":                `"," names no weekday. Write * for every weekday, or a list such as MON,THU.`,
		"5-1 * * * *":              `"5-1" is not a minute: minutes go from 0 to 59. Write one, a range from the smaller to the larger such as 1-5`,
		"*/0 * * * *":              `a step of 1 or more`,
		"0 */5 * * * *":            `6 parts instead of five: there are no seconds.`,
		"@every 0s":                `The shortest schedule is @every 1s, and @every 1m where the server is not your own.`,
	} {
		_, err := Schedule(expr)
		require.Contains(t, alerts.Say(err), say, expr)
	}
	for _, expr := range []string{"0 0 29 2 *", "0 0 31 2,3 *", "0 0 30 2 MON"} {
		_, err := Schedule(expr)
		require.NoError(t, err, expr)
	}
}
