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
		{"a surname by its sound beside the full name by its letters and, as a short form, by its sound", "Igor Zelensky", "Igor Zelensky. Zelensk"},
		{"a full name by its letters with one by its sound in it", "Muammar Gaddafi", "Gadafi. Muammar Gaddaf Gaddafi"},
		{"a syllable of Hiragana, which is no name", "Κά Κά", "はは"},
		{"an ending in another script", "Βλαντίμιρ Πούτινа", "Βλαντίμιρ Πούτινом. Πούτινом"},
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

// TestKeysOfPlainCharacters compares the keys that are made of them without asking with those that are made of any word.
func TestKeysOfPlainCharacters(t *testing.T) {
	topic, err := Compile(Spec{Kind: Topic, Name: "sanctions"})
	require.NoError(t, err)
	x := NewIndex()
	s := x.sifter()
	for _, topics := range []bool{false, true} {
		if topics {
			x.Put("topic", topic)
		}
		for _, language := range []string{"zh", "ja", "en", "ru", ""} {
			for r := rune(firstHan); r <= lastHan; r += 37 {
				word := string(r)
				s.candidates(Doc{Text: word + word, Language: language})
				keys, ok := s.keysOf(s.sweep.tokens[0], nil)
				require.True(t, ok)
				u := s.tongue.text.newUnit(0, word, word, uncased)
				require.Equal(t, s.unitKeys(&u, nil), keys, "%s %s", language, word)
				require.Equal(t, keyOf(word+word), s.keyOfTwo(0), word)
			}
		}
	}
}

// TestASurnameSoundsLikeItsWord compares what the surname of a name sounds like with what the word does that all names share: by its
// number what comes of the two is remembered for either.
func TestASurnameSoundsLikeItsWord(t *testing.T) {
	compared := 0
	for _, c := range readSounds(t) {
		for _, name := range []string{c.watch, c.text} {
			n, ok := newName(name)
			if !ok {
				continue
			}
			n.audible()
			n.listen()
			for _, pair := range n.earPairs(nil) {
				if pair.surname.loose || n.surname.joined.ear == nil {
					continue
				}
				compared++
				require.Equal(t, n.surname.joined.ear.bones, pair.surname.word().joined.ear.bones, name)
			}
		}
	}
	require.Greater(t, compared, 100)
}

// TestAWordIsLookedUpAnewWhenTheIndexChanges reads texts whose words are nobody's name, then those names are watched, beside so many that
// no surname is listened to alone.
func TestAWordIsLookedUpAnewWhenTheIndexChanges(t *testing.T) {
	x := NewIndex()
	patterns := map[string]*Pattern{}
	put := func(s Spec) {
		p, err := Compile(s)
		require.NoError(t, err)
		patterns[s.Name] = p
		x.Put(s.Name, p)
		x.heard.Store(MaxBareNames + 1)
	}
	put(Spec{Kind: Person, Name: "Anna Schmidt"})
	for _, c := range []struct {
		watch Spec
		text  string
	}{
		{Spec{Kind: Person, Name: "Vladimir Putin"}, "어제 블라디미르 푸틴이 말했다"},
		{Spec{Kind: Person, Name: "Emil Makron"}, "قال إميل مكرون أمس"},
		{Spec{Kind: Person, Name: "Boris Jonson"}, "אמר בוריס ג'ונסון אתמול"},
		{Spec{Kind: Person, Name: "Владимир Путин", Exact: true}, "Вчера Владимир Путин сказал"},
	} {
		d := Doc{Text: c.text}
		for range 3 {
			require.Empty(t, x.Find(d).Matches)
		}
		put(c.watch)
		for range 3 {
			require.Empty(t, cmp.Diff(byForce(patterns, d).Matches, x.Find(d).Matches))
			require.Len(t, x.Find(d).Matches, 1, c.text)
		}
		x.Remove(c.watch.Name)
		delete(patterns, c.watch.Name)
		require.Empty(t, x.Find(d).Matches)
	}
}

// TestAWordIsHeardInEachLanguage reads a text in a language that writes nothing onto a first name, then in one that does.
func TestAWordIsHeardInEachLanguage(t *testing.T) {
	p, err := Compile(Spec{Kind: Person, Name: "Vladimir Putin"})
	require.NoError(t, err)
	x := NewIndex()
	x.Put("w", p)
	x.heard.Store(MaxBareNames + 1)
	d := Doc{Text: "هو كفلاديمير بوتين أمس"}
	for range 3 {
		for language, found := range map[string]int{"fa": 0, "ar": 1} {
			d.Language = language
			require.Empty(t, cmp.Diff(byForce(map[string]*Pattern{"w": p}, d).Matches, x.Find(d).Matches), language)
			require.Len(t, x.Find(d).Matches, found, language)
		}
	}
}
