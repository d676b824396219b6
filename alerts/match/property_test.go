package match

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// checkResult holds what is true of every result: offsets point at the text, no match is cut out of a word, some group
// of Lookup is held by Words, the same question has the same answer.
func checkResult(t interface{ Fatalf(string, ...any) }, p *Pattern, d Doc, r Result) {
	words := Words(d)
	for _, w := range words {
		for _, c := range w {
			if !wordRune(c) {
				t.Fatalf("word %q holds %q", w, c)
			}
		}
	}
	for _, m := range r.Matches {
		if len(m.Evidence) == 0 {
			t.Fatalf("a match without evidence")
		}
		for _, e := range m.Evidence {
			checkEvidence(t, d, e)
		}
		if groups := p.Lookup(); groups != nil && !heldBy(groups, words) {
			t.Fatalf("%+v fired on %+v, but none of %q is within %q", p.spec, d, groups, words)
		}
	}
	for _, m := range r.NearMisses {
		checkEvidence(t, d, m.Evidence)
	}
}

func checkEvidence(t interface{ Fatalf(string, ...any) }, d Doc, e Evidence) {
	src := []rune(d.Text)
	if e.Field == Title {
		src = []rune(d.Title)
	}
	if e.Start < 0 || e.End <= e.Start || e.End > len(src) || string(src[e.Start:e.End]) != e.Text {
		t.Fatalf("offsets %d to %d are not %q in %q", e.Start, e.End, e.Text, string(src))
	}
	inWord := func(r rune) bool {
		return unicode.IsDigit(r) || unicode.IsLetter(r) && classOf(r) == classWord
	}
	if e.Start > 0 && inWord(src[e.Start-1]) && inWord(src[e.Start]) || e.End < len(src) && inWord(src[e.End]) && inWord(src[e.End-1]) {
		t.Fatalf("%q is cut out of a word in %q", e.Text, string(src))
	}
}

func heldBy(groups [][]string, words []string) bool {
	return slices.ContainsFunc(groups, func(g []string) bool {
		return !slices.ContainsFunc(g, func(w string) bool {
			_, ok := slices.BinarySearch(words, w)
			return !ok
		})
	})
}

func TestLookupHoldsOnEveryPhrase(t *testing.T) {
	for i, c := range readPhrases(t) {
		if i%oneIn(8) > 0 {
			continue
		}
		p := c.pattern
		x := NewIndex()
		x.Put("w", p)
		r := x.Find(c.doc)
		checkResult(t, p, c.doc, r)
		// The index must not lose what the pattern alone would find.
		text := read(c.doc)
		hits, misses := p.find(text)
		require.Equal(t, len(tidy(hits)) > 0, len(r.Matches) > 0, "line %d", c.line)
		require.Equal(t, len(hits) == 0 && len(misses) > 0, len(r.NearMisses) > 0, "line %d", c.line)
	}
}

func TestLookupCanFail(t *testing.T) {
	p, err := Compile(Spec{Kind: Person, Name: "Steve Witkoff"})
	require.NoError(t, err)
	require.False(t, heldBy(p.Lookup(), Words(Doc{Text: "Vladimir Putin"})))
}

func TestLookupOfPrefixesIsNil(t *testing.T) {
	for query, known := range map[string]bool{"sanct*": false, "a OR sanct*": false, "a sanct*": true, "a NOT b": true} {
		p, err := Compile(Spec{Kind: Topic, Name: "t", Query: query})
		require.NoError(t, err)
		require.Equal(t, known, p.Lookup() != nil, query)
	}
}

// vocabulary makes texts in which names, parts of names, inflections and words around names meet.
func vocabulary() []string {
	return []string{
		"Vladimir", "Putin", "Putin's", "Putinem", "Vladimirem", "Владимир", "Путин", "Путина", "Владимира", "V.", "В.", "Steve", "Witkoff", "Witkoffa",
		"Melania", "Trump", "Donald", "J.", "von", "der", "Leyen", "Ursula", "al-Sisi", "El", "Sisi", "O'Brien", "Conan", "OBrien", "Jean-Claude", "Juncker",
		"president", "President", "envoy", "envoys", "the", "and", ",", ".", "—", "(", ")", "\"", "'", "woman", "Oman", "Ukraine", "Украины", "в", "l'Ukraine",
		"sanctions", "sanction", "санкции", "санкций", "peace", "talks", "talk", "U.S.", "US", "us", "习", "近", "平", "普京", "プーチン", "بوتين", "فلاديمير", "وفلاديمير",
		"Müller", "Mueller", "Jens", "café", "cafés", "\n", "COVID-19", "19", "\u00ad", "é", "Владимирович", "Group", "Witkoff Group",
	}
}

func specs() []Spec {
	return []Spec{
		{Kind: Person, Name: "Vladimir Putin", Aliases: []string{"Владимир Путин", "普京", "プーチン", "فلاديمير بوتين"}},
		{Kind: Person, Name: "Steve Witkoff", Near: []string{"envoy", "peace talks"}, Not: []string{"Witkoff Group"}},
		{Kind: Person, Name: "Donald Trump", Surname: true},
		{Kind: Person, Name: "Ursula von der Leyen"},
		{Kind: Person, Name: "Abdel Fattah al-Sisi", Aliases: []string{"Sisi"}},
		{Kind: Person, Name: "Conan O'Brien"},
		{Kind: Person, Name: "Jean-Claude Juncker"},
		{Kind: Person, Name: "Jens Müller"},
		{Kind: Person, Name: "习近平"},
		{Kind: Country, Name: "Ukraine"},
		{Kind: Country, Name: "Oman"},
		{Kind: Country, Name: "US"},
		{Kind: Topic, Name: "peace talks"},
		{Kind: Topic, Name: "t", Query: `sanctions OR санкции OR "peace talks" OR COVID-19`},
		{Kind: Topic, Name: "t", Query: `(sanctions NEAR/3 talks OR café) AND (peace OR person:"Steve Witkoff") NOT =us`},
		{Kind: Topic, Name: "t", Query: `title:Putin sanct* OR U.S. талк*`},
	}
}

func TestEveryResultHoldsWhatIsPromised(t *testing.T) {
	var patterns []*Pattern
	x := NewIndex()
	for i, s := range specs() {
		p, err := Compile(s)
		require.NoError(t, err)
		patterns = append(patterns, p)
		x.Put(string(rune('a'+i)), p)
	}
	words := rapid.SliceOfN(rapid.SampledFrom(vocabulary()), 0, 14)
	glue := rapid.SampledFrom([]string{" ", " ", " ", "", "-", "'", ", ", ". "})
	rapid.Check(t, func(r *rapid.T) {
		draw := func(label string) string {
			var b strings.Builder
			for _, w := range words.Draw(r, label) {
				b.WriteString(w)
				b.WriteString(glue.Draw(r, "glue"))
			}
			return b.String()
		}
		d := Doc{Title: draw("title"), Text: draw("text"), Language: rapid.SampledFrom([]string{"", "en", "ru", "pl", "fr", "de", "ar"}).Draw(r, "language")}
		result := x.Find(d)
		found := map[string]bool{}
		for _, m := range result.Matches {
			found[m.ID] = true
			checkResult(r, patterns[m.ID[0]-'a'], d, Result{Matches: []Match{m}})
		}
		for i, p := range patterns { // nothing is lost by looking candidates up
			hits, _ := p.find(read(d))
			if (len(hits) > 0) != found[string(rune('a'+i))] {
				r.Fatalf("pattern %+v: the index found %v in %+v", p.spec, len(hits) == 0, d)
			}
		}
		again := x.Find(d)
		require.Equal(r, result, again)
	})
}

// TestFullNameAgreesWithANaiveSearch compares the rule "full name" on plain texts with a search that splits at spaces.
func TestFullNameAgreesWithANaiveSearch(t *testing.T) {
	p, err := Compile(Spec{Kind: Person, Name: "Vladimir Putin"})
	require.NoError(t, err)
	x := NewIndex()
	x.Put("w", p)
	word := rapid.SampledFrom([]string{"Vladimir", "Vladimir", "Vladimir", "Putin", "Putin", "Putin", "said", "woman", "Invladimir", "Putinism", "x", "today"})
	found := 0
	rapid.Check(t, func(r *rapid.T) {
		words := rapid.SliceOfN(word, 0, 12).Draw(r, "words")
		want := false
		for i := 1; i < len(words); i++ {
			a, b := words[i-1], words[i]
			want = want || a == "Vladimir" && b == "Putin" || a == "Putin" && b == "Vladimir"
			// One word that looks like a middle name may stand between.
			want = want || i > 1 && words[i-2] == "Vladimir" && a[0] < 'a' && b == "Putin"
		}
		got := len(x.Find(Doc{Text: strings.Join(words, " ")}).Matches) > 0
		if got != want {
			r.Fatalf("%q: found %v", strings.Join(words, " "), got)
		}
		if got {
			found++
		}
	})
	require.Positive(t, found)
}

func TestNothingMatchesInsideAWord(t *testing.T) {
	p, err := Compile(Spec{Kind: Topic, Name: "t", Query: "oman OR =путин OR ban*"})
	require.NoError(t, err)
	x := NewIndex()
	x.Put("w", p)
	letter := rapid.SampledFrom([]rune("abxyzбвгдéß0"))
	rapid.Check(t, func(r *rapid.T) {
		core := rapid.SampledFrom([]string{"oman", "путин"}).Draw(r, "core")
		before := string(rapid.SliceOfN(letter, 0, 3).Draw(r, "before"))
		after := string(rapid.SliceOfN(letter, 1, 3).Draw(r, "after"))
		if core == "oman" && stem("en", core+after) == stem("en", core) {
			return
		}
		if before == "" && strings.HasPrefix(core+after, "ban") {
			return
		}
		d := Doc{Text: "some " + before + core + after + " text", Language: "en"}
		for _, m := range x.Find(d).Matches {
			if !strings.HasPrefix(m.Evidence[0].Text, "ban") {
				r.Fatalf("%q matched %q", d.Text, m.Evidence[0].Text)
			}
		}
	})
	require.Len(t, x.Find(Doc{Text: "some oman text"}).Matches, 1, "the check can fail")
}

func FuzzOffsets(f *testing.F) {
	for _, c := range []string{"Vladimir Putin's", "Стив\u0301 Уиткофф", "\xff Putin \xff V. Putin", "O'Brien \u200b Conan", "习近平・プーチン", "ﷺ İstanbul ﬁne", "Putin\u0301\u200d"} {
		f.Add(c, c)
	}
	var patterns []*Pattern
	for _, s := range specs() {
		p, err := Compile(s)
		if err != nil {
			f.Fatal(err)
		}
		patterns = append(patterns, p)
	}
	f.Fuzz(func(t *testing.T, title, body string) {
		d := Doc{Title: title, Text: body}
		for _, p := range patterns {
			x := NewIndex()
			x.Put("w", p)
			checkResult(t, p, d, x.Find(d))
		}
	})
}
