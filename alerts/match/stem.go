package match

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/arabic"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/finnish"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/hungarian"
	"github.com/blevesearch/snowballstem/irish"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/norwegian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/romanian"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/swedish"
	"github.com/blevesearch/snowballstem/tamil"
	"github.com/blevesearch/snowballstem/turkish"
	"golang.org/x/text/unicode/norm"
)

// stemLanguages are all that stem treats apart; "" stands for every other language.
func stemLanguages() []string {
	return []string{
		"en", "ru", "fr", "de", "es", "it", "pt", "nl", "sv", "da", "no", "fi", "hu", "ro", "tr", "ar", "ta", "ga",
		"uk", "bg", "sr", "pl", "cs", "el", "he", "fa", "",
	}
}

// stem folds a word to what its inflections share in the language. Two words match where stem or Fold makes them equal.
func stem(language, word string) string {
	word = norm.NFC.String(strings.ToLower(word))
	if utf8.RuneCountInString(word) < 3 {
		return wordFold(word)
	}
	if run := stemmer(language); run != nil && ofScript(language, word) {
		word = prepare(language, word)
		env := snowballstem.NewEnv(word)
		run(env)
		return wordFold(finish(language, word, env.Current(), run))
	}
	return lightStem(language, wordFold(word))
}

// prepare does for a word what a language's stemmer leaves undone: sanções is sanção, sancties is sanctie.
func prepare(language, word string) string {
	rules := ""
	switch language {
	case "ar":
		return withArticle(word)
	case "pt":
		rules = "ões:ão ães:ão"
	case "es", "gl": // nucleares is nuclear
		rules = "res:r les:l des:d"
	case "nl", "af":
		rules = "ies:ie"
	case "ro": // the stemmer knows the letters with a cedilla alone
		return strings.NewReplacer("ț", "ţ", "ș", "ş").Replace(word)
	}
	for rule := range strings.FieldsSeq(rules) {
		from, to, _ := strings.Cut(rule, ":")
		if base, ok := strings.CutSuffix(word, from); ok && utf8.RuneCountInString(base) >= 2 {
			return base + to
		}
	}
	return word
}

// finish makes of a word's stem what the stemmer leaves undone: further endings, vowels that only some forms have.
func finish(language, word, stem string, run func(*snowballstem.Env) bool) string {
	switch language {
	case "ru":
		return closeUp(stem)
	case "fi":
		return evenFinnish(stem)
	case "tr", "ro":
		return restem(stem, run, 5, 2) // seçimler, seçim, seç; but yaptır is not yap
	case "hu":
		if utf8.RuneCountInString(stem) < 4 && utf8.RuneCountInString(word) > 4 {
			return word // német is not nem
		}
		return restem(stem, run, 4, 0)
	}
	return stem
}

// restem stems a stem until it does not change, where so many letters remain, or three and no more are taken off than few.
func restem(stem string, run func(*snowballstem.Env) bool, least, few int) string {
	for {
		env := snowballstem.NewEnv(stem)
		run(env)
		next := env.Current()
		n, before := utf8.RuneCountInString(next), utf8.RuneCountInString(stem)
		if next == stem || n < least && (n < 3 || before-n > few) {
			return stem
		}
		stem = next
	}
}

// closeUp leaves out the vowel that Russian has before a last к or ц where no ending follows, or й: беженец, беженца; сделка, сделок. Stems that
// keep it in all forms lose it in all.
func closeUp(stem string) string {
	switch stem {
	case "жесток", "порок", "полок", "банок": // жесткий, порка, полк and банк are others
		return stem
	}
	runes := []rune(stem)
	n := len(runes)
	switch {
	case n < 4 || !strings.ContainsRune("кц", runes[n-1]) || !strings.ContainsRune("ое", runes[n-2]):
		return stem
	case strings.ContainsRune(cyrillicVowels, runes[n-3]):
		return string(append(runes[:n-2:n-2], 'й', runes[n-1])) // сириец, сирийца; копейка, копеек
	case n < 5:
		return stem
	case runes[n-3] == 'л' && runes[n-2] == 'е':
		return string(append(runes[:n-2:n-2], 'ь', runes[n-1])) // владелец, владельца
	}
	return string(append(runes[:n-2:n-2], runes[n-1]))
}

// evenFinnish makes one of the stems of pakolainen, pakolaisen and pakolaista, of vaali and vaalien, and of sota and sodan.
func evenFinnish(stem string) string {
	for _, ending := range []string{"st", "s", "n"} {
		if base, ok := strings.CutSuffix(stem, ending); ok && strings.HasSuffix(base, "i") && len(base) > 4 {
			return base
		}
	}
	n := len(stem)
	switch {
	case n == 4 && stem[2] == 'd':
		return stem[:2] + "t" + stem[3:]
	case n > 4 && (stem[n-1] == 'i' || stem[n-1] == 'e'):
		return stem[:n-1]
	}
	return stem
}

// withArticle gives an Arabic noun its article, in place of the one it has: the stemmer treats nouns with and without
// differently.
func withArticle(word string) string {
	bare := word
	for _, prefix := range []string{"وال", "فال", "بال", "كال", "ال", "لل"} {
		if rest, ok := strings.CutPrefix(word, prefix); ok && utf8.RuneCountInString(rest) >= 3 {
			bare = rest
			break
		}
	}
	return "ال" + bare
}

//nolint:gocyclo // a table of languages
func stemmer(language string) func(*snowballstem.Env) bool {
	switch language {
	case "en":
		return english.Stem
	case "ru":
		return russian.Stem
	case "fr":
		return french.Stem
	case "de":
		return german.Stem
	case "es", "gl", "ca":
		return spanish.Stem
	case "it":
		return italian.Stem
	case "pt":
		return portuguese.Stem
	case "nl", "af":
		return dutch.Stem
	case "sv":
		return swedish.Stem
	case "da":
		return danish.Stem
	case "no":
		return norwegian.Stem
	case "fi":
		return finnish.Stem
	case "hu":
		return hungarian.Stem
	case "ro":
		return romanian.Stem
	case "tr":
		return turkish.Stem
	case "ar":
		return arabic.Stem
	case "ta":
		return tamil.Stem
	case "ga":
		return irish.Stem
	}
	return nil
}

// ofScript keeps a stemmer from words of another script, a Latin name in a Russian text.
func ofScript(language, word string) bool {
	r := firstRune(word)
	switch language {
	case "ru":
		return unicode.Is(unicode.Cyrillic, r)
	case "ar":
		return unicode.Is(unicode.Arabic, r)
	case "ta":
		return unicode.Is(unicode.Tamil, r)
	}
	return unicode.Is(unicode.Latin, r)
}

// stemLanguage maps a language to the one of stemLanguages that treats its words alike.
func stemLanguage(language string) string {
	switch language {
	case "uk", "be", "rue":
		return "uk"
	case "bg", "mk":
		return "bg"
	case "sr", "hr", "bs", "sl", "sh", "cnr":
		return "sr"
	case "cs", "sk":
		return "cs"
	case "pl", "el", "he", "fa":
		return language
	case "gl", "ca":
		return "es"
	case "af":
		return "nl"
	}
	if stemmer(language) != nil {
		return language
	}
	return ""
}
