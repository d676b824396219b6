package match

import (
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// TestNearWordsAreReadAsByForce holds pairs of near words to brute force, when they are new and when they are remembered.
func TestNearWordsAreReadAsByForce(t *testing.T) {
	for _, c := range []struct{ what, watch, text string }{
		{"a surname of two tokens, the first of which is a word too", "Пу Жунд", "با جن-ت"},
		{"the same of a name that is known", "Vladimir Putin", "그는 블라디미르 푸-틴 말"},
		{"a surname of two words, of which the first is heard", "Бягу Ме-Кин", "בעקא ממא כין"},
		{"nearly one", "Вюлет Непре-Непре", "בלדו נפר נפר"},
		{"what follows the first name behind a surname tells nothing", "Ве Нут", "나톄, 브 Henry"},
		{"the first name is where the name begins", "Vehu van der Kack", "ב·ה an de קכ"},
		{"a comma behind a surname of two words", "Дяк Чер-Дяк", "צר טיכא،דג"},
		{"a name of three words around another", "Abdel Fattah Sisi", "عبد قال الفتاح السيسي"},
		{"a plain name around another word", "Vladimir Putin", "فلاديمير قال بوتين"},
		{"a particle between", "Omar Bashir", "عمر بن بشير"},
	} {
		p, err := Compile(Spec{Kind: Person, Name: c.watch})
		require.NoError(t, err)
		for _, filed := range []int64{1, MaxBareNames + 1} { // as if so many were
			x := NewIndex()
			x.Put("w", p)
			x.heard.Store(filed)
			d := Doc{Text: c.text}
			want := byForce(map[string]*Pattern{"w": p}, d)
			if filed == 1 {
				want.NearMisses = nil // with few names, surnames alone are looked for
			}
			for range 3 {
				got := x.Find(d)
				if filed == 1 {
					got.NearMisses = nil
				}
				require.Empty(t, cmp.Diff(want, got), "%s: %s", c.what, c.text)
			}
		}
	}
}

// TestLongerNamesComeLater puts a name of three words beside one of two whose words a text has parted, and takes it out again.
func TestLongerNamesComeLater(t *testing.T) {
	x := NewIndex()
	put := func(id, name string, aliases ...string) {
		p, err := Compile(Spec{Kind: Person, Name: name, Aliases: aliases})
		require.NoError(t, err)
		x.Put(id, p)
	}
	put("two", "Vladimir Putin")
	d := Doc{Text: "وصل فلاديمير عمر بوتين أمس."}
	for range 3 {
		require.Empty(t, x.Find(d).Matches)
	}
	put("three", "Vladimir Omar Putin")
	for range 3 {
		require.Len(t, x.Find(d).Matches, 1)
	}
	x.Remove("three")
	for range 3 {
		require.Empty(t, x.Find(d).Matches)
	}
}

// TestPlainCharacters holds those that are not looked up to what a look says.
func TestPlainCharacters(t *testing.T) {
	marks := NewIndex().marks()
	for r := rune(firstHan); r <= lastHan; r++ {
		word := string(r)
		require.Equal(t, 3, utf8.RuneLen(r))
		require.Equal(t, word, wordFold(word))
		require.Equal(t, classChar, classOf(r))
		require.Equal(t, uncased, shapeOf(word))
		require.Equal(t, traits{}, marks.traits(word))
	}
	x := NewIndex()
	for text, plain := range map[string]bool{"倀": true, "鿿": true, "不": true, "\u4fff": true, "一": true, "㐀": false, "ꀀ": false, "東\ufe00": false} {
		s := newSifter(x)
		s.sweep.read("", text)
		require.NotEmpty(t, s.sweep.tokens, text)
		first := s.sweep.tokens[0]
		require.Equal(t, plain, first.isPlainHan(s.sweep.swept), text)
	}
}
