package match

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"
)

// languageOf is the base of the Doc's language tag, or a guess from its function words. A headline is too short for
// letter statistics (they take "sanctions against Iran" for French), and the guess must be the same every time.
func languageOf(d Doc, fields []*field) string {
	if base, ok := d.base(); ok {
		return base
	}
	return guessLanguage(fields)
}

// base is the base of the Doc's language tag; false where it has none.
func (d *Doc) base() (string, bool) {
	if d.Language == "" || strings.EqualFold(d.Language, "und") {
		return "", false
	}
	base, _, _ := strings.Cut(strings.ReplaceAll(d.Language, "_", "-"), "-")
	base = strings.ToLower(base)
	if base == "nb" || base == "nn" {
		return "no", true
	}
	return base, true
}

// maxFunctionWord is the length of the longest of functionWords, in runes.
const maxFunctionWord = 9

// guessAtoms bounds how much of a field the guess reads.
const guessAtoms = 300

func guessLanguage(fields []*field) string {
	if language := guessWords(fields); language != "" {
		return language
	}
	return scriptLanguage(fields)
}

// guessWords is the language whose function words the fields have, "" where they have none.
func guessWords(fields []*field) string {
	markers := functionWords()
	var t tally
	for _, f := range fields {
		for _, a := range f.atoms[:min(len(f.atoms), guessAtoms)] {
			t.add(traitsOf(f.src[a.from:a.to], markers))
		}
	}
	return t.language(markers)
}

// traits are what a word says of the language it is written in.
type traits struct {
	marks               uint32 // a bit for each of functionWords that has it
	cyrillic, ukrainian bool
}

func traitsOf(word string, markers []marker) traits {
	var t traits
	if len(word) > 0 && word[0] >= utf8.RuneSelf && unicode.Is(unicode.Cyrillic, firstRune(word)) {
		t.cyrillic, t.ukrainian = true, strings.ContainsAny(word, "іїєґІЇЄҐ")
	}
	t.marks = letterMarks(word, markers)
	if len(word) > maxFunctionWord && utf8.RuneCountInString(word) > maxFunctionWord {
		return t
	}
	word = strings.ToLower(word)
	for i, m := range markers {
		if m.has(word) {
			t.marks |= 1 << i
		}
	}
	return t
}

// letterMarks are the languages whose letters the word has.
func letterMarks(word string, markers []marker) (marks uint32) {
	for i, m := range markers {
		if m.letters != "" && strings.ContainsAny(word, m.letters) {
			marks |= 1 << i
		}
	}
	return marks
}

// A tally adds up the traits of a text's words.
type tally struct {
	score               [32]int // of each of functionWords
	cyrillic, ukrainian int
}

func (t *tally) add(w traits) {
	for m := w.marks; m != 0; m &= m - 1 {
		t.score[bits.TrailingZeros32(m)]++
	}
	if w.cyrillic {
		t.cyrillic++
	}
	if w.ukrainian {
		t.ukrainian++
	}
}

// language is the one whose words were seen most; "" where no word tells.
func (t *tally) language(markers []marker) string {
	best, most := "", 0
	for i := range markers {
		if t.score[i] > most {
			best, most = markers[i].language, t.score[i]
		}
	}
	switch {
	case t.ukrainian > 0 && t.ukrainian*12 >= t.cyrillic:
		return "uk"
	case best != "":
		return best
	case t.cyrillic > 0:
		return "ru"
	}
	return ""
}

// scriptLanguage is the language most written in the first word's script.
func scriptLanguage(fields []*field) string {
	for _, f := range fields {
		for _, a := range f.atoms {
			if language := languageOfScript(firstRune(f.src[a.from:a.to])); language != "" {
				return language
			}
		}
	}
	return ""
}

func languageOfScript(r rune) string {
	switch {
	case unicode.Is(unicode.Latin, r):
		return "en"
	case unicode.Is(unicode.Arabic, r):
		return "ar"
	case unicode.Is(unicode.Tamil, r):
		return "ta"
	}
	return ""
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// A marker is a language's most frequent small words, between spaces, and letters that hardly another language has.
type marker struct{ language, words, letters string }

func (m marker) has(word string) bool {
	at := strings.Index(m.words, word)
	for at >= 0 {
		end := at + len(word)
		if m.words[at-1] == ' ' && m.words[end] == ' ' {
			return true
		}
		next := strings.Index(m.words[end:], word)
		if next < 0 {
			return false
		}
		at = end + next
	}
	return false
}

// functionWords lists the languages in the order that settles a tie.
func functionWords() []marker {
	return []marker{
		{"en", " the of and to in is that for with was on by has his are from it at as said after against not this will be an ", ""},
		{"de", " der die das und den von zu mit im ist auf für sich dem nicht ein eine als auch es an nach bei hat aus über gegen ", ""},
		{"fr", " le la les de des et du en un une est pour dans que qui sur au aux par ne pas ce plus avec contre son sa a été ", ""},
		{"es", " el la los de las y en que del por con para una un se su al es lo no como más contra fue ha según ", ""},
		{"it", " il la di che e del della in un una per con non si le dei da al gli nel alla è sono ha contro più ", ""},
		{"pt", " o a de que e do da em um uma para com não os no se na por mais as dos ao é das contra foi ", ""},
		{"nl", " de het een van en in te dat op voor met is zijn niet aan er om ook als bij naar uit tegen heeft ", ""},
		{"pl", " w na i z się nie do że to jest o po od za przez jak ale dla oraz jego ze przeciw został ", ""},
		{"cs", " se na že je to v s o z do za pro ale by jako po podle jeho byl proti také ve k ", ""},
		{"sv", " och att det en som på är av för med till den har inte om ett från han mot var ", ""},
		{"da", " og at det en er på af for med til den har ikke som de fra han mod var der blev ", ""},
		{"no", " og at det en er på av for med til den har ikke som de fra han mot var ble ", ""},
		{"fi", " ja on että ei se oli hän mutta ovat myös kun joka sen mukaan vastaan jos kuin ", ""},
		{"hu", " a az és hogy nem is egy volt meg csak ez már van szerint ellen de el ", ""},
		{"ro", " și de în la a cu pe din că nu este o pentru care mai un sunt au împotriva prin ", ""},
		{"tr", " ve bir bu da de için ile olarak çok daha olan gibi sonra kadar karşı dedi ise ", ""},
		{"ru", " и в не на что с по как это он к но из у за от о для его же был со после против ", ""},
		{"uk", " і в не на що з та до у про як за від це його але для був після проти щодо ", ""},
		{"bg", " и на да в за се от че не са с по като е през ще след срещу ", ""},
		{"sr", " и у је да се на за од са не су као то што после против ", ""},
		{"hr", " i u je da se na za od s ne su kao koji što nakon protiv će bi o iz kako ", ""},
		{"sl", " in je v na da se za ki so ne pa iz po z tudi bi proti od s kot bo ", ""},
		{"sk", " a v na sa že je to s z do pre ale by ako po podľa jeho bol proti aj vo k so ", ""},
		{"el", " και το να του η της με που στο για την από τον οι ο στην τα είναι δεν θα ότι μετά κατά ", ""},
		{"he", " של את על לא הוא עם כי זה גם היא אל כל או אבל בין נגד אחרי לפני אשר ", ""},
		{"ar", " في من على أن إلى عن مع هذا التي الذي بعد ما لا هذه قال بين ضد قبل كان ", ""},
		{"fa", " در به از که این را با است آن برای و می شد بود کرد تا یک خود بر نیز های علیه ", ""},
		{"la", " et in est ad cum qui ab ex non sed ut anno eius fuit atque per de ", ""},
		{"az", " və bu bir üçün ilə olan ki də da dən edib görə isə sonra qarşı ", "əƏ"},
		{"lv", " un ir par no ar ka uz kas arī bet tika gada pēc tā viņš pret ", "ģķļņēīāūĢĶĻŅĒĪĀŪ"},
		{"lt", " ir kad su iš bei dėl apie bus tai yra buvo prieš pagal po į ", "ėįųĖĮŲ"},
	}
}
