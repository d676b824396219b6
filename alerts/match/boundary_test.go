package match

import (
	"strings"
	"testing"

	"github.com/clipperhouse/uax29/v2/words"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// boundaries are the bytes at which Unicode's rules (UAX 29) part words.
func boundaries(s string) map[int]bool {
	at := map[int]bool{}
	for tokens := words.FromString(s); tokens.Next(); {
		at[tokens.Start()], at[tokens.End()] = true, true
	}
	return at
}

// insideAtom gives a boundary of UAX 29 within one of our words, if there is one that we do not bridge on purpose: what
// cannot be seen, and a line's own choice of Katakana marks.
func insideAtom(s string) string {
	at := boundaries(s)
	for _, a := range atomise(s) {
		for i := a.from + 1; i < a.to; i++ {
			if at[i] && !strings.HasPrefix(s[i:], "\u200b") && !strings.HasSuffix(s[:i], "\u200b") {
				return s[a.from:a.to]
			}
		}
	}
	return ""
}

// outsideAtoms gives a word of UAX 29 with letters in which we see none.
func outsideAtoms(s string) string {
	atoms := atomise(s)
	for tokens := words.FromString(s); tokens.Next(); {
		word := tokens.Value()
		if hasWord := strings.ContainsFunc(word, func(r rune) bool { return wordRune(r) && classOf(r) != classIgnore }); !hasWord {
			continue
		}
		found := false
		for _, a := range atoms {
			found = found || a.from < tokens.End() && a.to > tokens.Start()
		}
		if !found {
			return word
		}
	}
	return ""
}

func TestWordsKeepToUnicodesBoundaries(t *testing.T) {
	for _, c := range readPhrases(t) {
		require.Empty(t, insideAtom(c.doc.Text), "line %d: a word over a boundary", c.line)
		require.Empty(t, outsideAtoms(c.doc.Text), "line %d: a word not seen", c.line)
	}
}

// A long text says most of its words many times: they are not kept as often.
func TestWordsOfALongTextAreKeptOnce(t *testing.T) {
	words := Words(Doc{Language: "en", Text: strings.Repeat("an envoy spoke of drains and of the price of salt ", 20_000)})
	require.Contains(t, words, "envoy")
	require.LessOrEqual(t, cap(words), 4*fewWords)
}

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"can't re-elect U.S. 3.14 x_y":       "can t re elect u s 3 14 xy",
		"l’État c'est":                       "l etat c est",
		"sanc\u00adtions Put\u200bin":        "sanctions putin",
		"\u202aPutin\u202c \ufeffTrump":      "putin trump",
		"e\u0301te\u0301 ﬁn Ｋremlin":         "ete fin kremlin",
		"мир'я п’ять":                        "миря пять",
		"צה״ל צה\"ל":                         "צהל צהל",
		"می\u200cشود كِتاب":                  "ميشود كتاب",
		"習近平訪ロシアのプーチン":                       "習 近 平 訪 ロシア の プーチン",
		"ﾌﾟｰﾁﾝ":                              "プーチン",
		"ไทย กรุง":                           "ไ ท ย ก รุ ง",
		"블라디미르 푸틴은 \u1112\u1161\u11ab":       "블라디미르 푸틴은 한",
		"İstanbul ISTANBUL ıstanbul":         "istanbul istanbul istanbul",
		"ΜΗΤΣΟΤΑΚΗΣ Μητσοτάκης":              "μητσοτακησ μητσοτακησ",
		"Straße STRASSE":                     "strasse strasse",
		"👩‍🚀Putin🇷🇺Trump":                    "putin trump",
		"#Putin @Trump http://x.org/Kremlin": "putin trump http x org kremlin",
		"Cтив COVIDа NATOвский":              "стив covida natoвский",
	} {
		var folds []string
		for _, a := range atomise(text) {
			folds = append(folds, a.fold)
		}
		assert.Equal(t, want, strings.Join(folds, " "), text)
	}
}
