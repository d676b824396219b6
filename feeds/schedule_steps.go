package feeds

import (
	"fmt"
	"math/bits"
	"strconv"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// A field is one of the five of a cron expression, as people speak of it.
type field struct {
	unit, span string        // a minute of each hour
	length     time.Duration // between two of them that @every can keep; 0 where there is none
	values     int           // how many there are
	list       string        // some of them
	of         func(*cron.SpecSchedule) uint64
}

// cronFields are the fields in the order in which they are written.
func cronFields() []field {
	return []field{
		{"minute", "hour", time.Minute, 60, "0,20,40", func(s *cron.SpecSchedule) uint64 { return s.Minute }},
		{"hour", "day", time.Hour, 24, "6,12,18", func(s *cron.SpecSchedule) uint64 { return s.Hour }},
		{"day", "month", 24 * time.Hour, 31, "1,15", func(s *cron.SpecSchedule) uint64 { return s.Dom }},
		{"month", "year", 0, 12, "1,7", func(s *cron.SpecSchedule) uint64 { return s.Month }},
		{"weekday", "week", 0, 7, "MON,THU", func(s *cron.SpecSchedule) uint64 { return s.Dow }},
	}
}

// only returns what one item of field i allows, as bits, whatever the other fields say.
func (f field) only(i int, item string) uint64 {
	alone := []string{"*", "*", "*", "*", "*"}
	alone[i] = item
	s, err := cron.ParseStandard(strings.Join(alone, " "))
	spec, ok := s.(*cron.SpecSchedule)
	if err != nil || !ok {
		return 0
	}
	return f.of(spec) & (1<<63 - 1) // the last is the library's mark of a star
}

// ScheduleDoubt says of a schedule that ScheduleFor takes what hardly anybody means by it: a step with which two turns are
// far apart and the next two near. "" if there is nothing to say.
func ScheduleDoubt(expr string) string {
	parts := cronParts(expr)
	for i, f := range cronFields()[:min(2, len(parts))] {
		from, number, _ := strings.Cut(parts[i], "/")
		step, err := strconv.Atoi(number)
		if err != nil || from != "*" || step*2 == f.values || bits.OnesCount64(f.only(i, parts[i])) != 2 {
			continue
		}
		say := fmt.Sprintf("%s is %ss 0 and %d of each %s: %d %ss apart, then %d.", quote(parts[i]), f.unit, step, f.span, step, f.unit, f.values-step)
		if every := f.every(i, step, parts); every != "" {
			return say + fmt.Sprintf(" If they shall be as far apart each time, write %s.", every)
		}
		return say
	}
	return ""
}

// deadStep says of a cron expression which of its steps is larger than what it steps through, and what to write; "" if
// none is. The steps that are as large as the field, such as */60, do what they say.
func deadStep(expr string) string {
	parts := cronParts(expr)
	for i, f := range cronFields()[:len(parts)] {
		for item := range strings.SplitSeq(parts[i], ",") {
			from, number, _ := strings.Cut(item, "/")
			step, err := strconv.Atoi(number)
			low, high, ranged := strings.Cut(from, "-")
			allowed := f.only(i, item)
			switch {
			case err != nil || step < 2 || bits.OnesCount64(allowed) != 1:
				continue
			case ranged && low == high, !ranged && step == f.values: // is what it seems
				continue
			}
			only := bits.TrailingZeros64(allowed)
			say := fmt.Sprintf("%s is not every %d %ss: cron begins anew each %s, so it is %s %d alone.", quote(item), step, f.unit, f.span, f.unit, only)
			if every := f.every(i, step, parts); every != "" {
				return say + fmt.Sprintf(" Write %s, or %d if that is what you mean.", every, only)
			}
			return say + fmt.Sprintf(" Write %d if that is what you mean, or a list such as %s.", only, f.list)
		}
	}
	return ""
}

// every returns the @every that keeps the step of field i; "" where the other fields say more than it could, or it were too long.
func (f field) every(i, step int, parts []string) string {
	for j, p := range parts {
		if _, err := strconv.Atoi(p); j < i && err != nil || j > i && p != "*" && p != "?" {
			return ""
		}
	}
	if f.length == 0 || step > int(maxInterval/f.length) {
		return ""
	}
	every := strings.TrimSuffix((time.Duration(step) * f.length).String(), "0s")
	if hours, whole := strings.CutSuffix(every, "h0m"); whole {
		return "@every " + hours + "h"
	}
	return "@every " + every
}

// cronParts returns the five fields of a cron expression, without its time zone; none of anything else.
func cronParts(expr string) []string {
	_, rest, _ := zoned(expr)
	if parts := strings.Fields(rest); len(parts) == 5 {
		return parts
	}
	return nil
}

// zoned parts a time zone that stands before a schedule from what follows.
func zoned(expr string) (zone, rest string, ok bool) {
	rest = strings.TrimSpace(expr)
	if !strings.HasPrefix(rest, "CRON_TZ=") && !strings.HasPrefix(rest, "TZ=") {
		return "", rest, false
	}
	zone, rest, _ = strings.Cut(rest[strings.IndexByte(rest, '=')+1:], " ")
	return zone, strings.TrimSpace(rest), true
}

// neverComes says why no time fits a schedule.
func neverComes(expr string) string {
	parts := cronParts(expr)
	if len(parts) == 0 {
		return "That schedule never comes. " + scheduleForms
	}
	for i, f := range cronFields() {
		if strings.Trim(parts[i], ",") == "" {
			return fmt.Sprintf("%s names no %s. Write * for every %s, or a list such as %s.", quote(parts[i]), f.unit, f.unit, f.list)
		}
	}
	return fmt.Sprintf("That day never comes: day %s of month %s. February has 28 days or 29; April, June, September and November have 30. "+
		"Write another day or month.", quote(parts[2]), quote(parts[3]))
}
