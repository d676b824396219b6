package match

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Korean writes a whole name as one word, the family name first: 김정은 for Kim Jong-un, 시진핑 for Xi Jinping.

// The bounds of such a word, in syllables, and how close it must be, in steps.
const (
	minWhole   = 3
	maxWhole   = 4
	stepsWhole = 20
	stepsSpelt = 32 // where the vowels are compared by their spelling: see otherWhole

	bytesOfSyllable = 3 // at least
)

// listenWhole makes a name that begins with a family name of one syllable known as one word.
func (n *name) listenWhole() {
	if len(n.particles) > 0 || len(n.given) > 2 || len(n.given[0].parts) > 1 || !n.ofHangul() {
		return
	}
	family, ok := utter(n.given[0].joined.fold)
	if !ok || family.writing != latin || family.syllables() != 1 {
		return
	}
	count := 1
	parts := n.given[0].parts[:1:1]
	for i := range n.given[1:] {
		parts = append(parts, n.given[i+1].parts...)
	}
	parts = append(parts, n.surname.parts...)
	for i := range parts[1:] {
		if heard, ok := utter(parts[i+1].fold); ok {
			count += heard.syllables()
		}
	}
	if count < minWhole || count > maxWhole {
		return
	}
	u, ok := utterTogether(parts)
	if !ok {
		return
	}
	for i := range u.phones {
		switch p := &u.phones[i]; {
		case p.vowel():
			p.like = 0
		case p.code == 'J':
			p.is, p.like = soundsOf("JCcZz"), 0 // Korean j is no y
		}
	}
	if p := &u.phones[0]; p.is&soundsOf("lr") != 0 {
		p.free, p.drop = true, dropFree // Lee is 이 in the South
		p.is |= soundsOf("n")           // and Roh 노
	}
	n.asOne, n.syllables = newHearer(u, ""), count
}

// ofHangul tells a name that begins with one syllable such as Korean and Chinese have, and goes on with their like.
func (n *name) ofHangul() bool {
	if !isHangulFamily(n.given[0].joined.fold) {
		return false
	}
	for _, w := range append(n.given[1:len(n.given):len(n.given)], n.surname) {
		for i := range w.parts {
			if !isOfHangul(w.parts[i].fold) {
				return false
			}
		}
	}
	return true
}

// isHangulFamily tells a word in Latin letters that may be a family name of one syllable.
func isHangulFamily(fold string) bool {
	return listsWord(koreanFamilies, fold) || syllablesOfHangul(fold) == 1
}

// isOfHangul tells a word in Latin letters that may be syllables of Hangul, as Koreans spell their names too: Duck-soo, Kyo-ahn.
func isOfHangul(fold string) bool {
	return syllablesOfHangul(fold) > 0 || strings.HasSuffix(fold, "ahn") || strings.HasPrefix(fold, "duck")
}

// syllablesOfHangul counts the syllables of a word in Latin letters, 0 where they are none of Korean's, Chinese's or
// Vietnamese's in any of the romanisations: Frank, Bush.
func syllablesOfHangul(fold string) int {
	count := 0
	for i := 0; i < len(fold); {
		j := i
		for j < len(fold) && !vowelLetter(fold[j]) {
			j++
		}
		between := fold[i:j]
		for i = j; i < len(fold) && vowelLetter(fold[i]); i++ {
		}
		switch {
		case count == 0:
			if !opensSyllable(between) {
				return 0
			}
		case i == j:
			if !closesSyllable(between) {
				return 0
			}
		case !partsSyllables(between):
			return 0
		}
		if i > j {
			count++
		}
		if i == j && count == 0 {
			return 0
		}
	}
	return count
}

func vowelLetter(c byte) bool { return strings.IndexByte("aeiouyw", c) >= 0 }

// partsSyllables tells consonants that may close one syllable and open the next.
func partsSyllables(s string) bool {
	for k := range len(s) + 1 {
		if closesSyllable(s[:k]) && opensSyllable(s[k:]) {
			return true
		}
	}
	return false
}

func opensSyllable(s string) bool {
	switch s {
	case "ch", "dz", "gh", "hs", "kh", "kk", "ng", "nh", "ph", "pp", "sh", "ss", "sz", "th", "tr", "ts", "tt", "tz", "zh", "dj", "tch":
		return true
	}
	return len(s) == 0 || len(s) == 1 && 'a' <= s[0] && s[0] <= 'z'
}

func closesSyllable(s string) bool {
	switch s {
	case "", "b", "c", "ch", "d", "g", "h", "k", "l", "m", "n", "ng", "nh", "p", "r", "rk", "t":
		return true
	}
	return false
}

// wholeKey is that of a whole name's sound, as so many syllables of Hangul.
func wholeKey(key soundKey, syllables int) uint64 {
	return salted(uint64(key), saltWhole+uint64(syllables)) //nolint:gosec // a few
}

// wholeClause holds where the name is written as one word.
func (n *name) wholeClause() clause {
	var c clause
	for _, key := range n.asOne.keys {
		c.keys = append(c.keys, wholeKey(key, n.syllables))
	}
	return c
}

// wholeKeys adds the keys under which a unit is found as a whole name.
func (t *text) wholeKeys(u *unit, keys []uint64) []uint64 {
	for _, r := range u.reads {
		if !unicode.Is(unicode.Hangul, firstRune(r)) {
			continue
		}
		syllables := utf8.RuneCountInString(r)
		if syllables < minWhole || syllables > maxWhole {
			continue
		}
		if h := t.heard(r); h != nil {
			for _, key := range h.keys {
				keys = append(keys, wholeKey(key, syllables))
			}
		}
	}
	return keys
}

// syllables counts the vowels that stand apart.
func (u *utterance) syllables() int {
	count, before := 0, false
	for i := range u.phones {
		is := u.phones[i].vowel()
		if is && !before {
			count++
		}
		before = is
	}
	return count
}

// findWhole adds the places of the name written as one word.
func (n *name) findWhole(t *text, hits []hit) []hit {
	if n.asOne == nil {
		return hits
	}
	from := len(hits)
	for k, f := range t.fields {
		if !f.hasHangul() {
			continue // no Hangul
		}
		if t.guided {
			list := t.stood(f, t.starts[:0])
			t.starts = list
			for _, i := range list {
				if first := f.atom(i).fold[0]; first < 0xE1 || first > 0xED {
					continue // no Hangul
				}
				f.unitsFrom(i, func(u *unit) bool {
					if n.hearsWhole(t, u) {
						hits = append(hits, hit{span{k, u.first, u.last + 1}, n.written, SoundsLike})
					}
					return false
				})
			}
			continue
		}
		for _, key := range n.asOne.keys {
			f.unitsOf(t, key.hash(), func(u *unit) {
				if n.hearsWhole(t, u) {
					hits = append(hits, hit{span{k, u.first, u.last + 1}, n.written, SoundsLike})
				}
			})
		}
	}
	slices.SortFunc(hits[from:], hit.compare)
	return hits[:from+len(slices.Compact(hits[from:]))]
}

func (n *name) hearsWhole(t *text, u *unit) bool {
	for _, r := range u.reads {
		if utf8.RuneCountInString(r) != n.syllables || !unicode.Is(unicode.Hangul, firstRune(r)) {
			continue
		}
		if heard := t.heard(r); heard != nil && shareKey(n.asOne.keys, heard.keys) {
			if _, ok := n.asOne.shares(heard.bones); !ok {
				continue
			}
			if steps, _ := n.asOne.steps(&heard.utterance, r); (steps <= stepsWhole || steps <= stepsSpelt && n.romanises()) && !n.otherWhole(r) {
				return true
			}
		}
	}
	return false
}

// wholeBones adds the keys by which a unit is looked up as a whole name.
func (t *text) wholeBones(u *unit, keys []uint64) []uint64 {
	for _, r := range u.reads {
		if len(r) < 3*minWhole || !unicode.Is(unicode.Hangul, firstRune(r)) {
			continue
		}
		syllables := utf8.RuneCountInString(r)
		if syllables > maxWhole {
			continue
		}
		if h := t.heard(r); h != nil {
			for _, b := range h.bones {
				keys = append(keys, wholeBoneKey(b, syllables))
			}
		}
	}
	return keys
}
