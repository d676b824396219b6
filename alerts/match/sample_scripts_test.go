package match

import "strings"

// A script is how a language's words are made up: syllables of an onset, a vowel and now and then a coda, of which "-" is none.
type script struct {
	language              string
	onsets, vowels, codas []string
	small                 string // the most frequent words
	before                string // what is written onto one word in six
	space, comma, stop    string
	longest               int     // syllables of a word that is no name
	hyphens, owning       int     // words, of a thousand: that one of them joins to the next, and that end in 's
	exponent, shift       float64 // of the law of Zipf and Mandelbrot, by which frequent words are more frequent
}

func newAlphabet(onsets, vowels, codas, small string) script {
	return script{onsets: letters(onsets), vowels: letters(vowels), codas: letters(codas), small: small, longest: 3, exponent: 1.05, shift: 4, space: " ", comma: ", ", stop: ". "}
}

// letters are a list's, with "-" as none of them.
func letters(list string) []string {
	all := strings.Fields(list)
	for i, l := range all {
		if l == "-" {
			all[i] = ""
		}
	}
	return all
}

// syllables are n of them, half of the time with a coda.
func (s *sampler) syllables(n int) string {
	word := ""
	for range n {
		word += pick(s.r, s.onsets) + pick(s.r, s.vowels)
	}
	if s.r.IntN(2) == 0 {
		word += pick(s.r, s.codas)
	}
	return word
}

// word is one of n syllables.
func (s *sampler) word(n int) string {
	word := s.syllables(n)
	if s.before != "" && s.r.IntN(6) == 0 {
		return s.before + word
	}
	return word
}

func likeEnglish() script {
	c := newAlphabet("b d f g h k l m n p r s t v z br ch dr gr kr pl sh st th tr", "a e i o u a e i o ai ea ou", "n r s t l nd ck sk m rt ng",
		"the of and to in is that for with was on by has his are from it at as said after against not this will be an he they been were would who which")
	c.hyphens, c.owning, c.exponent, c.shift = 11, 10, 1.15, 6
	return c
}

// scripts are samplers of several alphabets.
func scripts(seed uint64) []*sampler {
	var all []*sampler
	languages := []string{"English", "Russian", "Greek", "Arabic", "Chinese", "Korean", "French"}
	for i, c := range []script{likeEnglish(), likeRussian(), likeGreek(), likeArabic(), likeChinese(), likeKorean(), likeFrench()} {
		c.language = languages[i]
		all = append(all, newScript(seed+uint64(i), c))
	}
	return all
}

func likeRussian() script {
	c := newAlphabet("б в г д ж з к л м н п р с т ф х ц ч ш бр др кр пр ст", "а е и о у ы я ю", "н р с т л нд к м ть й",
		"и в не на что с по как это он к но из у за от для его же был со после против")
	c.longest, c.hyphens, c.exponent, c.shift = 5, 12, 1.02, 8
	return c
}

func likeGreek() script {
	return newAlphabet("β γ δ ζ θ κ λ μ ν ξ π ρ σ τ φ χ ψ", "α ε η ι ο υ ω ά έ ί ό", "ς ν ρ", "και το του της η ο για με σε από που να στην των")
}

// likeArabic writes one vowel in two: a third of its letters, as in this package's phrases.
func likeArabic() script {
	c := newAlphabet("ب ت ج ح خ د ر ز س ش ص ط ع غ ف ق ك ل م ن ه", "ا ا و ي - - - -", "ن ر ت ة م ل", "في من على إلى أن عن مع هذا التي الذي")
	c.before, c.longest = "ال", 5
	return c
}

// likeChinese is of 2,500 characters, and has no spaces.
func likeChinese() script {
	c := newAlphabet(runes('一', 2500, 7), "-", "-", "的 是 在 和 了 不 有 人")
	c.space, c.comma, c.stop = "", "，", "。"
	return c
}

// likeKorean has syllables of all initials, and of the finals that are frequent.
func likeKorean() script {
	var syllables strings.Builder
	for initial := range 19 {
		for vowel := range 21 {
			for _, final := range []int{0, 0, 0, 4, 8, 21} {
				syllables.WriteRune('가' + rune((initial*21+vowel)*28+final))
				syllables.WriteByte(' ')
			}
		}
	}
	c := newAlphabet(syllables.String(), "-", "은 는 이 가 을 를 의 에", "그 이 저 것 수 등")
	c.longest = 4
	return c
}

// likeFrench has a letter that is not ASCII in one word of seven.
func likeFrench() script {
	return newAlphabet("b c d f g l m n p r s t v pr tr", "a e i o u a e i o u e a e i o u a e i o u e é è ô ê", "n r s t l",
		"le la les de des et du en une est pour dans que qui sur")
}

// runes are n of a script from one on, each so many behind the one before, parted by spaces.
func runes(from rune, n, step int) string {
	var b strings.Builder
	for i := range n {
		b.WriteRune(from + rune(i*step))
		b.WriteByte(' ')
	}
	return b.String()
}
