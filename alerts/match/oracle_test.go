package match

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// byForce tries every pattern on a Doc: the oracle of the index.
func byForce(patterns map[string]*Pattern, d Doc) Result {
	ids := make([]string, 0, len(patterns))
	for id := range patterns {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	t := read(d)
	var r Result
	for _, id := range ids {
		hits, misses := patterns[id].find(t)
		if m, ok := t.match(id, hits); ok {
			r.Matches = append(r.Matches, m)
		} else if len(misses) > 0 {
			slices.SortFunc(misses, func(a, b miss) int { return a.compare(b.hit) })
			r.NearMisses = append(r.NearMisses, NearMiss{ID: id, Evidence: t.evidence(misses[0].hit), Reason: misses[0].reason})
		}
	}
	return r
}

// moreWords are what names and queries of random watches are made of, and the texts in turn.
func moreWords() []string {
	return append(vocabulary(), "Павел", "Павла", "Пелевин", "Pavel", "Pavla", "Shah", "She", "shah", "Saint-Exupéry", "Antoine", "Giscard", "d'Estaing", "Estaing",
		"Maria", "Mario", "Rossi", "Æthel", "Øystein", "Øystein's", "Ōe", "Oe", "안철수", "안철수는", "문재인이", "김정은에게", "김", "정은", "نتنياهو", "بنيامين", "والرئيس", "نتנ",
		"נתניהו", "בנימין", "לנתניהו", "צה\"ל", "Πούτιν", "Πούτινς", "Ελλάδα", "საქართველო", "ไทย", "กรุงเทพ", "東京", "安倍", "晋三", "アベ", "シンゾウ", "トランプ大統領",
		"ministers", "ministry", "minister", "running", "runs", "ran", "государство", "государства", "Straße", "strasse", "прем'єр", "прем’єра", "e-mail", "email",
		"Al-Jazeera", "Aljazeera", "Kim", "Jong-un", "Jongun", "yong", "Mi-yong", "Нетаньяху", "Биньямин", "Netanyahu", "Benjamin", "なかそね", "Nakasone", "Путинa", "Putinille", "Putinnak", "O", "Brien", "Jeanclaude", "Claude", "Jean", "de", "Jr", "Jr.", "II", "X", "Müllers", "Müllern", "muller", "mueller", "Ukrainian", "foo_bar", "foobar", "_",
		"Ioannes", "John", "Marcus", "Mark", "Bolton", "Alanus", "Alan", "Berijs", "Barry", "Goldvoters", "Goldwater", "Boltons", "Boltonas", "Culiya", "Qillard",
		"Julia", "Gillard", "Bahçeli", "Baxçalı", "Devlet", "Dövlət", "Džūlija", "NGO", "NGOs", "ngos", "MP", "MPs", "mps", "F-16s", "F-16", "제재", "제재를", "제재소")
}

func randomText(r *rapid.T, label string, most int) string {
	glue := rapid.SampledFrom([]string{" ", " ", " ", " ", "", "-", "'", "’", ", ", ". ", ".", "\n\n", " \u00ad", "·", "&", " / "})
	var b strings.Builder
	for _, w := range rapid.SliceOfN(rapid.SampledFrom(moreWords()), 0, most).Draw(r, label) {
		b.WriteString(w)
		b.WriteString(glue.Draw(r, "glue"))
	}
	return b.String()
}

func randomSpec(r *rapid.T) Spec {
	words := func(label string, least, most int) string {
		glue := rapid.SampledFrom([]string{" ", " ", " ", "-", "'", ", ", " & ", "/"}).Draw(r, "glue")
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(moreWords()), least, most).Draw(r, label), glue)
	}
	var s Spec
	list := func(label string) []string {
		var all []string
		for range rapid.IntRange(0, 2).Draw(r, label) {
			all = append(all, words(label, 1, 2))
		}
		return all
	}
	s.Kind = rapid.SampledFrom([]Kind{Person, Person, Person, Topic, Topic, Country}).Draw(r, "kind")
	s.Name = words("name", 1, 3)
	switch s.Kind {
	case Person:
		s.Aliases, s.Near, s.Surname = list("alias"), list("near"), rapid.Bool().Draw(r, "surname")
		s.Exact = rapid.IntRange(0, 3).Draw(r, "exact") == 0
	case Country:
		s.Name = rapid.SampledFrom([]string{"Ukraine", "Oman", "US", "UK", "Georgia", "Chad", "Mali", "Türkiye", "Japan"}).Draw(r, "country")
		s.Aliases = list("alias")
	case Topic:
		if rapid.Bool().Draw(r, "query") {
			s.Query = randomQuery(r, 3)
		}
	}
	if rapid.IntRange(0, 3).Draw(r, "not") == 0 {
		s.Not = list("not")
	}
	return s
}

func randomQuery(r *rapid.T, depth int) string {
	word := func() string { return rapid.SampledFrom(moreWords()).Draw(r, "word") }
	if depth == 0 {
		return word()
	}
	inner := func() string { return randomQuery(r, depth-1) }
	switch rapid.IntRange(0, 14).Draw(r, "form") {
	case 0, 1:
		return inner() + " OR " + inner()
	case 2, 3:
		return "(" + inner() + ") AND (" + inner() + ")"
	case 4:
		return inner() + " NOT " + word()
	case 5:
		return `"` + word() + " " + word() + `"`
	case 6:
		return word() + " NEAR/3 " + word()
	case 9:
		return fmt.Sprintf("%s NEAR/%d (%s OR \"%s %s\")", word(), rapid.IntRange(1, 4).Draw(r, "within"), word(), word(), word())
	case 10:
		return fmt.Sprintf("title:(%s NEAR/2 %s) AND %s", word(), word(), inner())
	case 11:
		return fmt.Sprintf("title:(%s OR (%s AND %s)) AND (%s)", word(), word(), word(), inner())
	case 12:
		return fmt.Sprintf("(%s AND %s) NOT (%s)", word(), word(), inner())
	case 13:
		return fmt.Sprintf("=\"%s %s\" OR (%s AND (%s OR %s))", word(), word(), word(), word(), inner())
	case 7:
		return rapid.SampledFrom([]string{"=", "title:", "lang:en "}).Draw(r, "before") + word()
	case 8:
		return word() + "*"
	}
	return `person:"` + word() + " " + word() + `"`
}

func TestTheIndexFindsWhatAllPatternsFind(t *testing.T) {
	fired := 0
	rapid.Check(t, func(r *rapid.T) {
		patterns := map[string]*Pattern{}
		x := NewIndex()
		for i := range rapid.IntRange(1, 40).Draw(r, "watches") {
			if p, err := Compile(randomSpec(r)); err == nil {
				id := fmt.Sprint(i % 30) // some are replaced
				patterns[id] = p
				x.Put(id, p)
			}
		}
		for range rapid.IntRange(0, 5).Draw(r, "removed") {
			id := fmt.Sprint(rapid.IntRange(0, 30).Draw(r, "which"))
			delete(patterns, id)
			x.Remove(id)
		}
		for range 4 {
			d := Doc{
				Title: randomText(r, "title", 8), Text: randomText(r, "text", 30),
				Language: rapid.SampledFrom([]string{"", "", "en", "ru", "pl", "fr", "de", "ar", "uk", "ko", "tr", "fi", "hu", "he", "la", "lv", "az"}).Draw(r, "language"),
			}
			want, got := byForce(patterns, d), x.Find(d)
			fired += len(want.Matches)
			if diff := cmp.Diff(want, got); diff != "" {
				r.Fatalf("%+v\n%s", d, diff)
			}
		}
	})
	require.Positive(t, fired)
}

func FuzzTheIndexFindsWhatAllPatternsFind(f *testing.F) {
	patterns := map[string]*Pattern{}
	x := NewIndex()
	for i, s := range specs() {
		p, err := Compile(s)
		if err != nil {
			f.Fatal(err)
		}
		patterns[fmt.Sprint(i)] = p
		x.Put(fmt.Sprint(i), p)
	}
	for _, c := range []string{"Vladimir Putin's talks", "Путина Владимира", "O'Brien, Conan; J.-C. Juncker", "习近平・プーチン", "vladimir putin", "l'Ukraine \u00ad_ U.S.", "فلاديمير بوتين"} {
		f.Add(c, c, "")
	}
	f.Fuzz(func(t *testing.T, title, body, language string) {
		d := Doc{Title: title, Text: body, Language: language}
		if diff := cmp.Diff(byForce(patterns, d), x.Find(d)); diff != "" {
			t.Fatal(diff)
		}
	})
}
