package feeds

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// scheduleForms is how a schedule is written.
const scheduleForms = "Write it like */10 * * * * (minute hour day month weekday), @every 10m or @hourly; " +
	"a time zone goes before: CRON_TZ=Europe/Brussels 0 7 * * *."

// wrongSchedule says what is wrong with a schedule that can't be read, as narrowly as can be told, and what to write.
func wrongSchedule(expr string) string {
	zone, rest, ok := zoned(expr)
	if _, err := time.LoadLocation(zone); err != nil {
		return fmt.Sprintf("%s is no time zone that is known. Write its IANA name, such as CRON_TZ=Europe/Brussels or CRON_TZ=UTC.", quote(zone))
	}
	if ok && rest == "" {
		return "Here nothing follows the time zone. " + scheduleForms
	}
	if every, ok := meantEvery(rest); ok {
		return fmt.Sprintf("%s is no schedule. Did you mean @every %s?", quote(rest), every)
	}
	if length, ok := strings.CutPrefix(rest, "@every"); ok {
		return fmt.Sprintf("%s is no length of time: it needs a number and a unit. Write @every 10m or @every 1h30m.", quote(strings.TrimSpace(length)))
	}
	if strings.HasPrefix(rest, "@") {
		return quote(rest) + " is not known. Write @hourly, @daily, @weekly, @monthly, @yearly, @every 10m or a cron expression."
	}
	if _, err := cron.ParseStandard("@" + rest); err == nil {
		return fmt.Sprintf("%s is no schedule. Did you mean @%s?", quote(rest), rest)
	}
	return wrongField(rest)
}

// wrongField says which part of a cron expression is wrong.
func wrongField(expr string) string {
	parts := strings.Fields(expr)
	if len(parts) != 5 {
		if !strings.ContainsAny(expr, "*0123456789") {
			return quote(expr) + " is no schedule. " + scheduleForms
		}
		extra := ""
		if _, err := cron.ParseStandard(strings.Join(parts[min(1, len(parts)):], " ")); err == nil && len(parts) == 6 {
			extra = ": there are no seconds"
		}
		return fmt.Sprintf("That schedule has %d parts instead of five%s. %s", len(parts), extra, scheduleForms)
	}
	for i, is := range []string{
		"a minute: minutes go from 0 to 59", "an hour: hours go from 0 to 23", "a day: days go from 1 to 31",
		"a month: months go from 1 to 12, or JAN to DEC", "a weekday: weekdays go from 0 (Sunday) to 6, or SUN to SAT",
	} {
		alone := []string{"*", "*", "*", "*", "*"}
		alone[i] = parts[i]
		if _, err := cron.ParseStandard(strings.Join(alone, " ")); err != nil {
			return fmt.Sprintf("%s is not %s. Write one, a range from the smaller to the larger such as 1-5, a list such as 1,3, or a step of 1 or more such as */2.", quote(parts[i]), is)
		}
	}
	return "That is no schedule. " + scheduleForms
}

// length is a length of time as people write it, with or without the word before it.
var length = regexp.MustCompile(`^@?(?:every)?\s*(\d+)\s*(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)$`)

// meantEvery returns the length of time for @every that was meant.
func meantEvery(expr string) (every string, ok bool) {
	found := length.FindStringSubmatch(strings.ToLower(expr))
	if found == nil {
		return "", false
	}
	number, unit := found[1], found[2][:1]
	if days, err := strconv.Atoi(number); unit == "d" && err == nil && days < 1000 {
		return fmt.Sprintf("%dh", 24*days), true
	}
	return number + unit, unit != "d"
}

// quote shows what was written, on one line and not too long.
func quote(s string) string {
	const most = 40
	if runes := []rune(s); len(runes) > most {
		s = string(runes[:most]) + "…"
	}
	return strconv.Quote(s)
}
