package feeds

import (
	"regexp"
	"strings"
)

// months are the beginnings of the months' names, January first, folded as foldDate does: in the languages that feeds
// are seen in. Where one begins like another, the longest that fits counts.
var months = [12]string{ //nolint:gochecknoglobals // a table that never changes
	"jan јан ian gen ene janv jaan ιαν янв січ яну sty led sij tammi oca saus يناير ינואר जनवरी มกรา",
	"feb fev φεβ фев феб лют lut uno velj helmi sub vas veebr فبراير פברואר फरवरी फ़रवरी กุมภา",
	"mar mrt maart μαρ мар бер brez ozu maalis kovo مارس מרץ मार्च มีนา",
	"apr abr avr απρ апр квіт kwi dub tra huhti nis bal أبريل ابريل אפריל अप्रैल เมษา",
	"may mai maj mag mei μαι μαιο маи мая мај трав kve svi touko geg مايو מאי मई พฤษภา",
	"jun juin iun juun giu ιουν июн јун юни черв cze cerv lipanj lipnj kesa haz birz يونيو يونيه יוני जून มิถุนา",
	"jul juil iul juul lug ιουλ июл јул юли лип lip cervenec cervenc srpanj srpnj heina tem liep يوليو يوليه יולי जुलाई กรกฎา",
	"aug ago aou αυγ авг серп sie srp kol elo agu rugp أغسطس اغسطس אוגוסט अगस्त สิงหา",
	"sep set σεπ сен сеп вер wrz zar ruj syys eyl rugs szept سبتمبر ספטמבר सितंबर सितम्बर กันยา",
	"oct okt out ott οκτ окт жовт paz rij loka eki spal أكتوبر اكتوبر אוקטובר अक्टूबर अक्तूबर ตุลา",
	"nov noi νοε ноя ное нов лист lis stu marras kas lapkr نوفمبر נובמבר नवंबर नवम्बर พฤศจิกา",
	"dec dets dez dic des δεκ дек дец груд gru pros joulu ara gruod ديسمبر דצמבר दिसंबर दिसम्बर ธันวา",
}

// monthStems are the months by the beginnings of their names, and how long the longest of those is, in bytes.
var monthStems, longestStem = stemsOf(months) //nolint:gochecknoglobals // a table that never changes

func stemsOf(months [12]string) (stems map[string]int, longest int) {
	stems = map[string]int{}
	for i, names := range months {
		for _, stem := range strings.Fields(names) {
			if _, earlier := stems[stem]; !earlier {
				stems[stem], longest = i+1, max(longest, len(stem))
			}
		}
	}
	return stems, longest
}

// monthNamed returns the month, 1 to 12, that a folded word begins as the name of; 0 if there is none.
func monthNamed(word string) int {
	for n := min(len(word), longestStem); n > 0; n-- {
		if month := monthStems[word[:n]]; month > 0 {
			return month
		}
	}
	return 0
}

// piece is a number, with what marks it in East Asia, or a word.
var piece = regexp.MustCompile(`(\d+) ?([年月日년월일號号])?|\p{L}[\p{L}\p{M}]*`)

// A mark is a number in a date, or the month in words; sep is what stands before it.
type mark struct {
	value, digits int
	sep           byte
	unit          string // 年 and the like
	word          bool
}

// year returns the full year.
func (m mark) year() int {
	if m.digits <= 2 {
		return century(m.value)
	}
	return m.value
}

// looseDate reads a date of any order and language: numbers, the name of a month, a time of day, and words that are
// none of these.
func looseDate(s string) (date, bool) {
	c, before, after := findTime(s)
	marks := append(marksOf(before), marksOf(after)...)
	d, ok := fromUnits(marks)
	if !ok {
		d, ok = fromWords(marks)
	}
	if !ok {
		d, ok = fromNumbers(marks, afternoon.MatchString(s) || forenoon.MatchString(s) || glued.MatchString(s))
	}
	if d.year > 2400 && d.year < 2700 && strings.ContainsFunc(s, thai) {
		d.year -= 543 // of the Buddhist era
	}
	d.timeOfDay = c
	return d, ok
}

func thai(r rune) bool { return r >= 0x0E00 && r < 0x0E80 }

// marksOf returns what may be part of a date.
func marksOf(s string) []mark {
	const most = 12
	var list []mark
	afterThang := false
	for _, m := range piece.FindAllStringSubmatchIndex(s, most*2) {
		if m[2] < 0 {
			word := s[m[0]:m[1]]
			afterThang = word == "thang" // Vietnamese numbers its months
			if month := monthNamed(strings.TrimPrefix(word, "ב")); month > 0 {
				list = append(list, mark{value: month, word: true})
			}
			continue
		}
		n := mark{value: number(s[m[2]:m[3]]), digits: m[3] - m[2], word: afterThang}
		if m[0] > 0 {
			n.sep = s[m[0]-1]
		}
		if m[4] >= 0 {
			n.unit = s[m[4]:m[5]]
		}
		list, afterThang = append(list, n), false
	}
	return list[:min(len(list), most)]
}

// fromUnits reads "2026年3月4日".
func fromUnits(marks []mark) (d date, ok bool) {
	for _, m := range marks {
		switch m.unit {
		case "年", "년":
			d.year = m.year()
		case "月", "월":
			d.month = m.value
		case "日", "일", "號", "号":
			d.day = m.value
		}
	}
	return d, d.year > 0 && d.month > 0 && d.day > 0
}

// fromWords reads a date whose month is a word: the last one that may be a month's name, since names of days come first
// and some begin alike.
func fromWords(marks []mark) (d date, ok bool) {
	var numbers []mark

	for _, m := range marks {
		switch {
		case m.word:
			d.month = m.value
		case m.digits <= 4:
			numbers = append(numbers, m)
		}
	}
	if d.month == 0 || d.month > 12 || len(numbers) != 2 {
		return date{}, false
	}
	day, year := numbers[0], numbers[1]
	if day.digits > 2 || day.value > 31 {
		day, year = year, day
	}
	d.day, d.year = day.value, year.year()
	return d, day.digits <= 2 && year.digits >= 2 && year.digits != 3
}

// fromNumbers reads three numbers: the year first where it has four digits; else day, month and year, unless that is no
// date or the time is written with the half of the day, as Americans do who put the month first.
func fromNumbers(marks []mark, american bool) (date, bool) {
	var n []mark
	for _, m := range marks {
		if !m.word {
			n = append(n, m)
		}
	}
	if len(n) != 3 || n[1].digits > 2 {
		return date{}, false
	}
	a, b, c := n[0], n[1], n[2]
	order := []date{{year: c.year(), month: b.value, day: a.value}, {year: c.year(), month: a.value, day: b.value}}
	switch {
	case a.digits == 4 && c.digits <= 2:
		order = []date{{year: a.year(), month: b.value, day: c.value}}
	case a.digits > 2 || c.digits != 4 && c.digits != 2:
		return date{}, false
	case american && c.sep == '/':
		order[0], order[1] = order[1], order[0]
	}
	if c.digits == 2 && a.digits == 2 && c.sep != '.' {
		order = append(order, date{year: a.year(), month: b.value, day: c.value})
	}
	for _, d := range order {
		if _, ok := d.time(); ok {
			return d, true
		}
	}
	return date{}, false
}
