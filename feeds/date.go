package feeds

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// The bounds of a date: what is longer, or has more numbers or words, is none. It keeps those that try all forms from
// being given work.
const (
	maxDate       = 200 // bytes
	maxDatePieces = 32
)

const longestOffset = 16 * 3600 // of a zone, in seconds

// readDate returns the moment that a feed's date means, in UTC and whole seconds: ISO 8601 in all its forms that name a
// year, RFC 5322 and its many relatives, dates in words of other languages, seconds since 1970. A date without a zone is
// UTC, or the zone of the only countries that write so. ok is false for what is no date, and for one without a year.
func readDate(s string) (t time.Time, ok bool) {
	if len(s) > maxDate {
		return time.Time{}, false
	}
	if t, ok := plainDate(s); ok {
		return t, true
	}
	return anyDate(s)
}

// anyDate is readDate for all forms.
func anyDate(s string) (t time.Time, ok bool) {
	s = foldDate(s)
	if pieces(s) > maxDatePieces {
		return time.Time{}, false
	}
	if digits(s) && (len(s) == 10 || len(s) == 13) { // seconds or milliseconds
		n, _ := strconv.ParseInt(s[:10], 10, 64) // ten digits are a number
		return time.Unix(n, 0).UTC(), true
	}
	d, ok := isoDate(s)
	if !ok {
		d, ok = looseDate(s)
	}
	if !ok {
		return time.Time{}, false
	}
	return d.time()
}

// plainDate reads what nearly all feeds write, RFC 3339 and RFC 1123, at a tenth of the cost.
func plainDate(s string) (time.Time, bool) {
	if len(s) < len(time.DateTime) {
		return time.Time{}, false
	}
	layout := time.RFC3339
	if s[3] == ',' {
		layout = time.RFC1123Z
		if zone := s[len(s)-4:]; zone == " GMT" || zone == " UTC" {
			s = s[:len(s)-3] + "+0000"
		}
	}
	t, err := time.Parse(layout, s)
	_, offset := t.Zone()
	if err != nil || t.Year() < 1900 || t.Year() > 2400 || max(offset, -offset) > longestOffset {
		return time.Time{}, false
	}
	return t.UTC().Truncate(time.Second), true
}

// A date is what was read of one: numbers as they stand.
type date struct {
	year, month, day int
	timeOfDay
}

// time returns the moment. Hours, minutes and seconds beyond their range count on, as authors of "24:00" and "23:59:60"
// mean it; a day that the month has not is an error.
func (d date) time() (time.Time, bool) {
	midnight := time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC)
	if d.year < 1 || d.year > 9998 || int(midnight.Month()) != d.month || midnight.Day() != d.day ||
		d.hour > 47 || d.offset > longestOffset || d.offset < -longestOffset {
		return time.Time{}, false
	}
	t := midnight.Add(time.Duration(d.hour*3600+d.minute*60+d.second-d.offset) * time.Second)
	return t, t.Year() >= 1
}

// foldDate returns the text in lower case with plain digits and spaces, without accents and without what stands in
// parentheses and brackets: comments (RFC 5322, section 3.2.2) and names of zones.
func foldDate(s string) string {
	s = remark.ReplaceAllString(strings.ToLower(s), " ")
	s = strings.Map(plainDigit, norm.NFKD.String(s))
	return strings.Join(strings.Fields(norm.NFC.String(s)), " ")
}

// remark is what stands in parentheses or brackets.
var remark = regexp.MustCompile(`\([^()]*\)|\[[^\[\]]*\]`)

// plainDigit returns the ASCII digit for those of other scripts, and drops accents and marks without width.
func plainDigit(r rune) rune {
	for _, zero := range []rune{0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50} {
		if r >= zero && r <= zero+9 {
			return '0' + r - zero
		}
	}
	switch {
	case r >= 0x0300 && r <= 0x036F, dropped(r):
		return -1
	case r == 0x2212, r == 0x2010, r == 0x2011, r == 0x2013:
		return '-'
	}
	return r
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// pieces counts the stretches of digits and of other characters in a text, blanks aside.
func pieces(s string) (n int) {
	last := byte(' ')
	for i := range len(s) {
		kind := byte('a')
		switch c := s[i]; {
		case c == ' ':
			kind = ' '
		case c >= '0' && c <= '9':
			kind = '0'
		}
		if kind != last && kind != ' ' {
			n++
		}
		last = kind
	}
	return n
}

// The forms of ISO 8601 (2004, section 4.1.2, and the two-digit years of 1988) that name a year. What follows them is the
// time. A month may have a zero too many, as one large publisher once wrote.
var isoForms = []struct { //nolint:gochecknoglobals // a table that never changes
	form *regexp.Regexp
	read func(parts []int) (date, bool)
}{
	{regexp.MustCompile(`^(\d{4})-?w(\d{2})(?:-?([1-7]))?`), weekDate},
	{regexp.MustCompile(`^(\d{4})-(\d{1,2}|0\d{2})-(\d{1,2})(?:$|[^\d])`), calendarDate},
	{regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})(?:$|[^\d])`), calendarDate},
	{regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})\d{4}(?:\d{2})?$`), calendarDate},
	{regexp.MustCompile(`^(\d{4}|\d{2})-?(\d{3})(?:$|[^\d])`), ordinalDate},
	{regexp.MustCompile(`^(\d{2})(\d{2})(\d{2})$`), calendarDate},
	{regexp.MustCompile(`^(\d{2})-(\d{2})-(\d{2})(?:$|[t ])`), calendarDate},
	{regexp.MustCompile(`^(\d{4})-(\d{1,2})$`), calendarDate},
	{regexp.MustCompile(`^-(\d{2})-?(\d{2})$`), calendarDate},
	{regexp.MustCompile(`^(\d{4})$`), calendarDate},
}

// compact is a time of ISO 8601 without colons.
var compact = regexp.MustCompile(`^t?(\d{2})(\d{2})(\d{2})?(?:[.,]\d+)?(?:$|[^\d:])`)

func isoDate(s string) (date, bool) {
	for _, f := range isoForms {
		m := f.form.FindStringSubmatchIndex(s)
		if m == nil {
			continue
		}
		end := 0
		var parts []int
		for i := 2; i < len(m); i += 2 {
			if m[i] >= 0 {
				n, _ := strconv.Atoi(s[m[i]:m[i+1]]) // at most four digits
				if m[i+1]-m[i] == 2 && len(parts) == 0 {
					n = century(n)
				}
				parts, end = append(parts, n), m[i+1]
			}
		}
		d, ok := f.read(parts)
		if !ok {
			continue
		}
		if _, valid := d.time(); !valid {
			continue // perhaps the day comes first
		}
		d.timeOfDay, ok = isoTime(strings.TrimSpace(s[end:]))
		return d, ok
	}
	return date{}, false
}

// isoTime reads what follows a date.
func isoTime(s string) (timeOfDay, bool) {
	if s == "" {
		return timeOfDay{}, true
	}
	if m := compact.FindStringSubmatchIndex(s); m != nil {
		c := timeOfDay{hour: number(s[m[2]:m[3]]), minute: number(s[m[4]:m[5]])}
		end := m[5]
		if m[6] >= 0 {
			c.second, end = number(s[m[6]:m[7]]), m[7]
		}
		c.offset, _ = zone(strings.TrimLeft(s[end:], ".,0123456789"))
		return c, true
	}
	c, before, after := findTime(s)
	return c, !strings.ContainsAny(before+after, "0123456789")
}

func number(s string) int {
	n, _ := strconv.Atoi(s) // an overflow is the largest number, which is no part of a date
	return n
}

// century returns the full year of two digits, as RFC 5322, section 4.3, has it.
func century(year int) int {
	if year < 50 {
		return year + 2000
	}
	return year + 1900
}

func calendarDate(p []int) (date, bool) {
	d := date{year: p[0], month: 1, day: 1}
	if len(p) > 1 {
		d.month = p[1]
	}
	if len(p) > 2 {
		d.day = p[2]
	}
	return d, true
}

func ordinalDate(p []int) (date, bool) {
	t := time.Date(p[0], 1, p[1], 0, 0, 0, 0, time.UTC)
	return date{year: t.Year(), month: int(t.Month()), day: t.Day()}, p[1] >= 1 && t.Year() == p[0]
}

// weekDate: the first week of a year is the one with 4 January in it (ISO 8601, section 3.2.2).
func weekDate(p []int) (date, bool) {
	day := 1
	if len(p) > 2 {
		day = p[2]
	}
	fourth := time.Date(p[0], 1, 4, 0, 0, 0, 0, time.UTC)
	monday := fourth.AddDate(0, 0, -(int(fourth.Weekday())+6)%7)
	t := monday.AddDate(0, 0, (p[1]-1)*7+day-1)
	return date{year: t.Year(), month: int(t.Month()), day: t.Day()}, p[1] >= 1 && p[1] <= 53
}
