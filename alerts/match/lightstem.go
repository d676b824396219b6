package match

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A lightStemmer takes endings off the words of a language that Snowball has no stemmer for. All is folded.
type lightStemmer struct {
	endings  string // the longest first
	least    int    // letters that must remain in front of an ending of three letters or more; of a shorter, three
	behind   string // taken off what is left, once
	soft     string // "from:to", the first that fits what is left: consonants that some cases soften
	fleeting string // consonants behind an e that some cases lose
	vowels   string
	apart    string // an ending that stands behind no vowel
}

// lightStem folds a folded word to what its inflections share.
func lightStem(language, word string) string {
	s, ok := lightStemmerOf(language, firstRune(word))
	if !ok {
		return word
	}
	base := word
	for ending := range strings.FieldsSeq(s.endings) {
		rest, ok := strings.CutSuffix(word, ending)
		n := utf8.RuneCountInString(rest)
		if last, _ := utf8.DecodeLastRuneInString(rest); ok && ending == s.apart && strings.ContainsRune(s.vowels, last) {
			continue
		}
		if ok && n >= 3 && (n >= s.least || utf8.RuneCountInString(ending) < 3) {
			base = rest
			break
		}
	}
	for ending := range strings.FieldsSeq(s.behind) {
		if rest, ok := strings.CutSuffix(base, ending); ok && utf8.RuneCountInString(rest) >= 4 {
			base = rest
			break
		}
	}
	return s.even(base)
}

// even undoes a vowel that only some forms have, and softened consonants.
func (s *lightStemmer) even(base string) string {
	runes := []rune(base)
	if n := len(runes); n >= 5 && strings.ContainsRune("eе", runes[n-2]) && strings.ContainsRune(s.fleeting, runes[n-1]) &&
		!strings.ContainsRune(s.vowels, runes[n-3]) {
		base = string(append(runes[:n-2:n-2], runes[n-1]))
	}
	for rule := range strings.FieldsSeq(s.soft) {
		from, to, _ := strings.Cut(rule, ":")
		if rest, ok := strings.CutSuffix(base, from); ok && utf8.RuneCountInString(rest) >= 3 {
			return rest + to
		}
	}
	return base
}

// lightStemmerOf is the stemmer of one of lightLanguages, for a word that begins with the letter.
func lightStemmerOf(language string, first rune) (lightStemmer, bool) {
	switch {
	case unicode.Is(unicode.Cyrillic, first):
		return cyrillicStemmer(language)
	case unicode.Is(unicode.Latin, first):
		return latinStemmer(language)
	case language == "el" && unicode.Is(unicode.Greek, first):
		return lightStemmer{
			endings: "εωσ ησεισ ουσ εισ εων ματοσ ματα ματων ιουσ ιου ιων οσ ου οι ων ασ εσ ησ ισ ια ιο α η ο ε ι υ ω", least: 4, behind: "ι ματ μα",
		}, true
	case language == "he" && unicode.Is(unicode.Hebrew, first):
		return lightStemmer{endings: "ויות יות ים ות יה ה ת י", least: 3}, true
	case language == "fa" && unicode.Is(unicode.Arabic, first):
		return lightStemmer{endings: "هايشان هايش هايي هاي ها ات ان اي ه ي", least: 3}, true
	}
	return lightStemmer{}, false
}

const (
	latinVowels    = "aeiouy"
	cyrillicVowels = "аеиоуыэюяіє"
)

func cyrillicStemmer(language string) (lightStemmer, bool) {
	switch language {
	case "uk":
		return lightStemmer{
			endings: "іями ыямі іях ыях ями ами ямі амі ого ому ага аму ими ымі імі ові еві єві іям ыям " +
				"ях ах ям ам ів ий ій ый оі ою ею єю ію ыю іі ыі ія ыя іє их ых іх им ым ім ом ем єм ау ау оу еу ой ай " +
				"а я у ю и і о е є ь й ы э", least: 4, fleeting: "нкцлр", vowels: cyrillicVowels, soft: "ц:к",
		}, true
	case "bg":
		return lightStemmer{
			endings: "овете евете ищата иите ието ията иета ията ата ята ите ета ето ото ове еве ите ият ия ии ие ът ят та то те ът а я и о е у ъ",
			least:   4, fleeting: "ц", soft: "ц:к", vowels: cyrillicVowels, apart: "та",
		}, true
	case "sr":
		return lightStemmer{
			endings: "овима евима ијама ијом ијих има ама ога ому ове ови ева еви иј их им ог ом ем ој ех а е и о у", least: 3, soft: "ц:к з:г",
			behind: "иј", vowels: cyrillicVowels,
		}, true
	}
	return lightStemmer{}, false
}

func latinStemmer(language string) (lightStemmer, bool) {
	switch language {
	case "pl":
		return lightStemmer{
			endings: "iach iami iego iemu owie ach ami ego emu ymi imi owi iem iej iom iow ich ych ech im ym om em ie ia iu ii ej a e i o u y",
			least:   3, behind: "ow", fleeting: "nkclr", vowels: latinVowels, soft: "rz:r dz:d c:k",
		}, true
	case "cs":
		return lightStemmer{
			endings: "iach iami ovia ami emi imi ymi ovi ove och ich ych ach ech eho emu iam iou ou om um em im ym am uv ej ia ie iu ii a e i o u y",
			least:   3, behind: "ov", fleeting: "nkclrb", vowels: latinVowels, soft: "c:k",
		}, true
	case "sr":
		return lightStemmer{
			endings: "ovima evima ijama ijami ijah ijam ijom ijih ovih imi ima ama ami ega ega emu oga ome omu ove ovi ova ev ov " +
				"ih im ah am og om em oj eh a e i o u", least: 3, behind: "ij", fleeting: "c", soft: "c:k z:g tv:t", vowels: latinVowels,
		}, true
	}
	return lightStemmer{}, false
}
