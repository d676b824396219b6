package summary

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// leastExcerpt is the shortest excerpt that has room for more than the lead.
const leastExcerpt = 80

// Shown tells whether the place that lies so many runes into text is in its Lead.
func Shown(text string, at, limit int) bool {
	return folded(text, at) < len(strings.TrimSuffix(Lead(text, limit), ellipsis))
}

// Excerpt returns the Lead of text where that shows the place that lies so many runes into it; else how the text begins,
// and its sentences from the one at that place on, at most limit runes together.
func Excerpt(text string, at, limit int) string {
	if lead := Lead(text, limit); lead == "" || limit < leastExcerpt || Shown(text, at, limit) {
		return lead
	}
	place := folded(text, at)
	text = strings.Join(strings.Fields(text), " ")
	all := split(text)
	opening := Cut(strings.TrimSpace(all[0]), limit/3)
	if !strings.HasSuffix(opening, ellipsis) {
		opening += " " + ellipsis
	}
	room := limit - utf8.RuneCountInString(opening) - 1
	i, begin := 0, 0
	for begin+len(all[i]) <= place {
		begin += len(all[i])
		i++
	}
	rest := ""
	for ; i < len(all) && utf8.RuneCountInString(strings.TrimSpace(rest+all[i])) <= room; i++ {
		rest += all[i]
	}
	if rest == "" { // the sentence does not fit: what stands around the place
		rest = ellipsis + Cut(text[wordsBefore(text[:place], room/3):], room-1)
	}
	return opening + " " + strings.TrimSpace(rest)
}

// folded is where the place that lies so many runes into text is, in bytes, once white space is folded; the end of the text
// for one that lies beyond.
func folded(text string, at int) int {
	end := len(text)
	for i := range text {
		if at == 0 {
			end = i
			break
		}
		at--
	}
	before := strings.Join(strings.Fields(text[:end]), " ")
	r, _ := utf8.DecodeLastRuneInString(text[:end])
	if before != "" && unicode.IsSpace(r) && end < len(text) {
		return len(before) + 1
	}
	return max(0, min(len(before), len(strings.Join(strings.Fields(text), " "))-1))
}

// wordsBefore returns where, in bytes, the last words of s begin that are at most that many runes.
func wordsBefore(s string, most int) int {
	begin := len(s)
	for most > 0 && begin > 0 {
		_, size := utf8.DecodeLastRuneInString(s[:begin])
		begin -= size
		most--
	}
	if begin == 0 {
		return 0
	}
	if i := strings.IndexByte(s[begin:], ' '); i >= 0 {
		return begin + i + 1
	}
	return len(s)
}
