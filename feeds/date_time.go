package feeds

import (
	"regexp"
	"strings"
)

// A timeOfDay is a time of day and its zone's offset from UTC in seconds.
type timeOfDay struct{ hour, minute, second, offset int }

// The ways to write a time of day: hours, minutes and seconds are the groups. The first that is found counts.
var timeForms = []*regexp.Regexp{ //nolint:gochecknoglobals // a table that never changes
	regexp.MustCompile(`(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,:]\d+)?)?`),
	regexp.MustCompile(`(\d{1,2}) ?[時时點点시] ?(?:(\d{1,2}) ?[分분] ?(?:(\d{1,2}) ?[秒초])?)?`),
	regexp.MustCompile(`\b(\d{1,2}) ?(?:h|uhr)\b ?(\d{2}\b)?`),
	regexp.MustCompile(`\b(\d{1,2})h(\d{2})\b`),
	regexp.MustCompile(`\b(?:klo|kl|um|ore|at) (\d{1,2})[.](\d{2})(?:[.](\d{2}))?\b`),
	regexp.MustCompile(`\b(\d{1,2}) ?(?:[ap]\.?m\b)`),
}

// The halves of the day, and the zones of those who write them so: one each, since Korea and Japan are at UTC+9 and all
// of China at UTC+8.
var (
	forenoon  = regexp.MustCompile(`\b(?:am\b|a\. ?m\.?)|π\.?μ\.?|오전|上午|午前|\bde\.`)
	afternoon = regexp.MustCompile(`\b(?:pm\b|p\. ?m\.?)|μ\.?μ\.?|오후|下午|午後|\bdu\.`)
	glued     = regexp.MustCompile(`\d(am|pm|a\.m|p\.m)`)
	korea     = regexp.MustCompile(`오전|오후|년|월|일|시`)
	japan     = regexp.MustCompile(`午前|午後`)
	china     = regexp.MustCompile(`上午|下午`)
)

// findTime finds the time of day and its zone, and returns what stands before and after: all before if there is none.
func findTime(s string) (c timeOfDay, before, after string) {
	for _, form := range timeForms {
		m := form.FindStringSubmatchIndex(s)
		if m == nil {
			continue
		}
		part := func(i int) int {
			if 2*i >= len(m) || m[2*i] < 0 {
				return 0
			}
			return number(s[m[2*i]:m[2*i+1]])
		}
		c = timeOfDay{hour: part(1), minute: part(2), second: part(3)}
		before, after = s[:m[0]], s[m[1]:]
		c.hour = c.halved(s)
		if offset, n := zone(after); n > 0 {
			c.offset, after = offset, after[n:]
		} else {
			c.offset = zoneOf(s)
		}
		return c, before, after
	}
	return timeOfDay{offset: zoneOf(s)}, s, ""
}

// halved returns the hour of 24 where the text names the half of the day.
func (c timeOfDay) halved(s string) int {
	s = glued.ReplaceAllString(s, "0 $1")
	switch {
	case c.hour > 12:
	case afternoon.MatchString(s):
		return c.hour%12 + 12
	case forenoon.MatchString(s):
		return c.hour % 12
	}
	return c.hour
}

// zoneOf returns the offset of a date that names no zone: zero, but for those whose writing tells it.
func zoneOf(s string) int {
	switch {
	case korea.MatchString(s), japan.MatchString(s):
		return 9 * 3600
	case china.MatchString(s):
		return 8 * 3600
	}
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r < 'a' || r > 'z' }) {
		if offset, ok := zoneName(word); ok && len(word) > 1 {
			return offset
		}
	}
	return 0
}

// offsetForm is a zone in numbers, after a name for UTC or not. Two signs are a slip that is seen.
var offsetForm = regexp.MustCompile(`^[ ,:]*(?:([ap])\.?m\.?)?[ ,]*(?:[a-z]{1,4} ?)?([+-])[+-]?(\d{1,2}):?(\d{2})?(?::?\d{2})?(?:$|[^\d])`)

// nameForm is a zone's name.
var nameForm = regexp.MustCompile(`^[ ,]*(?:[ap]\.?m\.?\b)?[ ,]*([a-z]+)`)

// zone reads the zone at the beginning of s: its offset in seconds and how long it is, 0 if there is none.
func zone(s string) (offset, n int) {
	if m := offsetForm.FindStringSubmatchIndex(s); m != nil {
		offset = number(s[m[6]:m[7]]) * 3600
		end := m[7]
		if m[8] >= 0 {
			offset, end = offset+number(s[m[8]:m[9]])*60, m[9]
		}
		if s[m[4]] == '-' {
			offset = -offset
		}
		return offset, end
	}
	if m := nameForm.FindStringSubmatchIndex(s); m != nil {
		if offset, ok := zoneName(s[m[2]:m[3]]); ok {
			return offset, m[3]
		}
	}
	return 0, 0
}

// zoneName returns the offset of a zone by its abbreviation in lower case. Where several countries use one, it is the one
// of RFC 822 (section 5.1), else the one that is seen most in feeds.
func zoneName(name string) (offset int, ok bool) {
	const hour = 3600
	switch name {
	case "z", "ut", "utc", "gmt", "wet", "uct", "zulu":
		return 0, true
	case "bst", "cet", "met", "mez", "west", "wat":
		return hour, true
	case "cest", "mest", "mesz", "eet", "sast", "cat":
		return 2 * hour, true
	case "eest", "msk", "eat", "trt":
		return 3 * hour, true
	case "msd", "gst", "samt":
		return 4 * hour, true
	case "pkt", "uzt", "yekt":
		return 5 * hour, true
	case "ist":
		return 5*hour + hour/2, true
	case "npt":
		return 5*hour + 45*60, true
	case "omst", "almt":
		return 6 * hour, true
	case "wib", "ict", "krat", "novt":
		return 7 * hour, true
	case "hkt", "sgt", "myt", "pht", "awst", "wita", "irkt":
		return 8 * hour, true
	}
	if offset, ok := pacificZone(name); ok {
		return offset, true
	}
	return americanZone(name)
}

func pacificZone(name string) (offset int, ok bool) {
	const hour = 3600
	switch name {
	case "jst", "kst", "wit", "yakt":
		return 9 * hour, true
	case "acst":
		return 9*hour + hour/2, true
	case "aest", "vlat", "chst":
		return 10 * hour, true
	case "acdt":
		return 10*hour + hour/2, true
	case "aedt", "magt":
		return 11 * hour, true
	case "nzst", "pett":
		return 12 * hour, true
	case "nzdt":
		return 13 * hour, true
	}
	return 0, false
}

func americanZone(name string) (offset int, ok bool) {
	const hour = 3600
	switch name {
	case "ndt":
		return -2*hour - hour/2, true
	case "nst":
		return -3*hour - hour/2, true
	case "adt", "brt", "art", "clst", "uyt":
		return -3 * hour, true
	case "ast", "edt", "clt", "bot", "vet":
		return -4 * hour, true
	case "est", "et", "cdt", "cot", "pet":
		return -5 * hour, true
	case "cst", "ct", "mdt":
		return -6 * hour, true
	case "mst", "mt", "pdt":
		return -7 * hour, true
	case "pst", "pt", "akdt":
		return -8 * hour, true
	case "akst":
		return -9 * hour, true
	case "hst":
		return -10 * hour, true
	case "sst":
		return -11 * hour, true
	}
	return 0, false
}
