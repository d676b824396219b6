package match

import "unicode/utf8"

// A Korean name in Latin letters says which vowels it has in Hangul, as far as the romanisations of the South, the North and
// McCune and Reischauer let it, and the habits of those who spell their names themselves: yo is 요 or 여, but no 유.

// romanises tells a Korean name in Latin letters: a usual family name of one syllable, and two more, written as Korean's are.
func (n *name) romanises() bool {
	if n.asOne == nil || n.syllables != minWhole || !listsWord(koreanFamilies, n.given[0].joined.fold) || n.isPinyin() {
		return false
	}
	for i := range n.given[1:] {
		if !n.given[i+1].isKorean() {
			return false
		}
	}
	if !n.surname.isKorean() {
		return false
	}
	count, known := 0, true
	n.eachVowel(func(letters string, _ byte) bool {
		count++
		known = isKoreanVowel(letters)
		return known
	})
	return known && count == n.syllables
}

const koreanFamilies = " ahn an bae baek bak ban bang byon byun cha chang cheon cheong chey chi chin cho choe choi chon chong choo chu chun chung" +
	" eom gang gong gu gwak gwon ha ham han heo hong huh hwang hyon hyun im jang jeon jeong ji jin jo jon jong joo ju jun jung kang ki kil kim" +
	" ko koh kong koo ku kum kwak kwon lee li lim min moon mun na nam noh oh ok pae paek paik pak pan pang park pyo ra rhee ri rim ro roh ryu" +
	" seo seok seol seong shim shin sim sin sohn sok sol son song suh suk sun sung tae thae u um won woo yang yeo yeom yi yoo yoon you yu yum yun "

// asHyphened is a Korean name of three words with a hyphen between its last two, as most papers write it: Kim Jong-Un for Kim Jong Un. It
// is nil for others.
func asHyphened(n *name) *name {
	if len(n.given) != 2 || len(n.particles) > 0 || !n.romanises() {
		return nil
	}
	return n.asWell(n.given[0].written + " " + n.given[1].written + "-" + n.surname.written)
}

// isKorean tells a word without what Korean lacks: f, v, z and their like, and an r that ends a syllable.
func (w *word) isKorean() bool {
	for k := range w.parts {
		fold := w.parts[k].fold
		for i := range len(fold) {
			last := i+1 == len(fold)
			switch fold[i] {
			case 'f', 'v', 'z', 'x', 'q':
				return false
			case 'c':
				if last || fold[i+1] != 'h' && fold[i+1] != 'k' {
					return false
				}
			case 'r':
				if last || !vowelLetter(fold[i+1]) && fold[i+1] != 'h' {
					return false
				}
			}
		}
	}
	return true
}

// eachVowel calls yield with the letters of the vowels of a name, y and w among them, until it returns false. first is the letter with which the
// vowel's syllable begins, where that is a word's beginning or stands behind a hyphen, and not the family name's; else 0.
func (n *name) eachVowel(yield func(letters string, first byte) bool) {
	family := true
	each := func(letters string, first byte) bool {
		if family {
			family, first = false, 0
		}
		return yield(letters, first)
	}
	for i := range n.given {
		if !n.given[i].eachVowel(each) {
			return
		}
	}
	n.surname.eachVowel(each)
}

func (w *word) eachVowel(yield func(letters string, first byte) bool) bool {
	for k := range w.parts {
		fold := w.parts[k].fold
		first := byte(0)
		for i := 0; i < len(fold); {
			if i == 0 {
				first = fold[0]
			}
			j := i
			for j < len(fold) && vowelLetter(fold[j]) {
				j++
			}
			if i < j {
				if !yield(fold[i:j], first) {
					return false
				}
				first = 0
			}
			i = max(i+1, j)
		}
	}
	return true
}

// otherHangul tells that a name in Hangul, from an atom to another, has a vowel that the watch's letters do not stand for. What follows
// its syllables is a particle.
func (w *nameWalk) otherHangul(first, next int) bool {
	i, rest := first, w.f.atom(first).fold
	return w.n.differs(func() rune {
		for rest == "" && i+1 < next {
			i++
			rest = w.f.atom(i).fold
		}
		r, n := utf8.DecodeRuneInString(rest)
		rest = rest[n:]
		return r
	})
}

// otherWhole is otherHangul of a name in one word.
func (n *name) otherWhole(fold string) bool {
	return n.romanises() && n.differs(func() rune {
		r, size := utf8.DecodeRuneInString(fold)
		fold = fold[size:]
		return r
	})
}

// differs tells that one of the syllables of Hangul, as next gives them, has another vowel than the name, or begins with
// another sound.
func (n *name) differs(next func() rune) bool {
	other := false
	n.eachVowel(func(letters string, first byte) bool {
		r := next()
		if r < firstHangul || r > 0xD7A3 {
			return false
		}
		lead, vowel := int(r-firstHangul)/syllablesOfLead, int(r-firstHangul)/tailCount%vowelCount
		other = !listsWord(koreanVowel(vowel), letters) || lead == silentLead && vowel == vowelEo && letters == "u" || !leadsWith(lead, first)
		return !other
	})
	return other
}

// The syllables of Hangul, as Unicode orders them.
const (
	vowelCount      = 21
	tailCount       = 28
	syllablesOfLead = vowelCount * tailCount
	silentLead      = 11 // ㅇ
	vowelEo         = 4  // ㅓ, which is u behind a consonant at most: 정 is Jung, but 언 no Un
)

// leadsWith tells whether a syllable of Hangul with the consonant in front may be written with the letter at its beginning, as far as the two are easily
// heard for others: Kim In-seok is not 김민석, and Han Duck-soo is not 한덕주. 0 is any.
func leadsWith(lead int, first byte) bool {
	switch first {
	case 0, 'r', 'l', 'n': // which the South drops: Ryong is 용
		return true
	case 's':
		return lead == 9 || lead == 10 // ㅅ ㅆ
	case 'j', 'c':
		return lead >= 12 && lead <= 14 // ㅈ ㅉ ㅊ
	}
	return vowelLetter(first) == (lead == silentLead)
}

func isKoreanVowel(letters string) bool {
	for i := range vowelCount {
		if listsWord(koreanVowel(i), letters) {
			return true
		}
	}
	return false
}

// koreanVowel is how a vowel is written in Latin letters.
func koreanVowel(i int) string {
	return [...]string{
		" a ", " ae ai ay e ", " ya ia ", " yae ", " eo o u eu ", " e ye ae ey ", " yeo yo yu you ou ", " ye e ", " o ou ", " wa oa a ", " wae oae ",
		" oe oi oy we ey ", " yo ", " u oo ou woo wu wo eu ", " wo weo uo ", " we ", " wi ui wee ", " yu yoo you u ", " eu u e oo ", " ui eui i ee yi ",
		" i ee y yi ",
	}[i]
}
