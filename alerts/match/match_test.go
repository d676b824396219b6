package match

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

func find(t *testing.T, s Spec, d Doc) Result {
	t.Helper()
	p, err := Compile(s)
	require.NoError(t, err)
	x := NewIndex()
	x.Put("w", p)
	return x.Find(d)
}

func TestMentionIsOfTheMostProminentEvidence(t *testing.T) {
	spec := Spec{Kind: Person, Name: "Steve Witkoff"}
	long := strings.Repeat("Something else happened in the city today. ", 10)
	for name, c := range map[string]struct {
		doc  Doc
		want Mention
	}{
		"headline":     {Doc{Title: "Steve Witkoff lands", Text: long + "Steve Witkoff spoke."}, Headline},
		"lead":         {Doc{Title: "Envoy lands", Text: "Steve Witkoff landed. " + long}, Lead},
		"body":         {Doc{Title: "Envoy lands", Text: long + "Steve Witkoff spoke."}, Body},
		"3rd sentence": {Doc{Text: strings.Repeat("a b c d e ", 10) + ". " + strings.Repeat("The fox ran on ", 6) + ". Steve Witkoff spoke."}, Body},
	} {
		r := find(t, spec, c.doc)
		require.Len(t, r.Matches, 1, name)
		require.Equal(t, c.want, r.Matches[0].Mention, name)
	}
}

func TestEvidenceIsOrderedAndNotRepeated(t *testing.T) {
	r := find(t, Spec{Kind: Topic, Name: "t", Query: `talks OR "peace talks" OR talk* OR talks`},
		Doc{Title: "Peace talks", Text: "More talks. Peace talks.", Language: "en"})
	require.Len(t, r.Matches, 1)
	require.Equal(t, []Evidence{
		{Title, 0, 11, "Peace talks", "peace talks", Phrase, ""},
		{Title, 6, 11, "talks", "talk*", Prefix, ""},
		{Title, 6, 11, "talks", "talks", Word, ""},
		{Text, 5, 10, "talks", "talk*", Prefix, ""},
		{Text, 5, 10, "talks", "talks", Word, ""},
		{Text, 12, 23, "Peace talks", "peace talks", Phrase, ""},
		{Text, 18, 23, "talks", "talk*", Prefix, ""},
		{Text, 18, 23, "talks", "talks", Word, ""},
	}, r.Matches[0].Evidence)
}

func TestOverlappingWatchesAreAllFound(t *testing.T) {
	x := NewIndex()
	for id, s := range map[string]Spec{
		"a": {Kind: Person, Name: "New York"}, "b": {Kind: Topic, Name: "York Times"}, "c": {Kind: Topic, Name: "New York Times"},
		"d": {Kind: Topic, Name: "Times"}, "e": {Kind: Topic, Name: "absent"},
	} {
		p, err := Compile(s)
		require.NoError(t, err)
		x.Put(id, p)
	}
	var ids []string
	for _, m := range x.Find(Doc{Text: "The New York Times wrote."}).Matches {
		ids = append(ids, m.ID)
	}
	require.Equal(t, []string{"a", "b", "c", "d"}, ids)
}

func TestQueryFields(t *testing.T) {
	doc := Doc{
		Title: "Ceasefire holds", Text: "The truce in Gaza goes on.", Language: "en-GB",
		Source: Source{Name: "UN News", Country: "US", Ownership: "official"},
	}
	for query, want := range map[string]bool{
		"title:ceasefire": true, "title:truce": false, "title:(truce OR ceasefire)": true, "title:\"ceasefire holds\"": true,
		"truce source:\"UN News\"": true, "truce source:un": true, "truce source:Reuters": false, "truce lang:en": true, "truce lang:en-gb": true,
		"truce lang:ru": false, "truce source.country:us": true, "truce source.country:RU": false, "truce source.ownership:official": true,
		"truce NOT source.ownership:state": true, "truce source.ownership:state": false, "gaza truce": true, "gaza AND NOT truce": false,
		"(gaza)": true, "„truce in Gaza“": true, "truce NEAR/1 gaza": false, "truce NEAR/2 gaza": true, "gaza NEAR/2 (ceasefire OR truce)": true,
		"title:(truce NEAR/2 gaza)": false, "tru*": true, "TRUCE": true, "=holds": true, "=hold": false, "hold": true, "title:person:\"A B\"": false,
	} {
		r := find(t, Spec{Kind: Topic, Name: "t", Query: query}, doc)
		require.Equal(t, want, len(r.Matches) == 1, query)
	}
}

func TestNotPhrasesOfATopic(t *testing.T) {
	spec := Spec{Kind: Topic, Name: "t", Query: "fire", Not: []string{"fire sale"}}
	require.Empty(t, find(t, spec, Doc{Text: "A fire sale.", Language: "en"}).Matches)
	require.Len(t, find(t, spec, Doc{Text: "A fire sale after a fire.", Language: "en"}).Matches, 1)
}

func TestNearMissSaysWhatWasMissing(t *testing.T) {
	r := find(t, Spec{Kind: Person, Name: "Steve Witkoff"}, Doc{Text: "Mr. Witkoff left."})
	require.Empty(t, r.Matches)
	require.Len(t, r.NearMisses, 1)
	require.Equal(t, Evidence{Text, 4, 11, "Witkoff", "Steve Witkoff", Surname, ""}, r.NearMisses[0].Evidence)
	for _, c := range []struct{ text, want string }{
		{"Mr. Witkoff left.", sayTitled},
		{"Le président Witkoff.", sayTitled},
		{"When Witkoff left.", saySurname},
		{"It was Steve. Witkoff left", sayGiven},
		{"Стивом Уиткоффу", sayGiven},
		{"The envoy spoke to them all at some length before Witkoff.", sayFar},
		{"Präsident Witkoff", sayTitled},
		{"Prezydentem Witkoffem", sayTitled},
		{"Cumhurbaşkanı Witkoff", sayTitled},
		{"Predsjednik Witkoff", sayTitled},
		{"Ministerpräsident Witkoff", sayTitled},
		{"Президентът Уиткофф", sayTitled},
		{"Прэзідэнт Уиткофф", sayTitled},
		{"Ο Πρόεδρος Witkoff", sayTitled},
		{"Ulkoministeri Witkoff", sayTitled},
		{"Külügyminiszter Witkoff", sayTitled},
		{"Canciller Witkoff", sayTitled},
		{"Chancelier Witkoff", sayTitled},
		{"الرئيس ويتكوف", sayTitled},
		{"הנשיא ויטקוף", sayTitled},
		{"رئیس\u200cجمهور ویتکاف", sayTitled},
	} {
		r := find(t, Spec{
			Kind: Person, Name: "Steve Witkoff", Near: []string{"envoy"}, Exact: true,
			Aliases: []string{"Стив Уиткофф", "ستيف ويتكوف", "סטיב ויטקוף", "استیو ویتکاف"},
		}, Doc{Text: c.text})
		require.Empty(t, r.Matches, c.text)
		require.Len(t, r.NearMisses, 1, c.text)
		require.Equal(t, c.want, r.NearMisses[0].Reason, c.text)
	}
}

func TestIndexPutReplacesAndRemoveForgets(t *testing.T) {
	compile := func(q string) *Pattern {
		p, err := Compile(Spec{Kind: Topic, Name: "t", Query: q})
		require.NoError(t, err)
		return p
	}
	x := NewIndex()
	doc := Doc{Text: "alpha gamma"}
	x.Put("1", compile("alpha"))
	require.Len(t, x.Find(doc).Matches, 1)
	x.Put("1", compile("beta"))
	require.Empty(t, x.Find(doc).Matches)
	x.Put("1", compile("gam*"))
	require.Len(t, x.Find(doc).Matches, 1)
	x.Remove("1")
	x.Remove("unknown")
	require.Empty(t, x.Find(doc).Matches)
	require.Empty(t, x.asked)
	require.Empty(t, x.cues.numbers)
	require.Nil(t, x.anyDoc.Load())
	x.Put("1", compile("alpha"))
	x.Put("1", nil)
	require.Zero(t, x.ids.size())
}

func TestQueriesShareTheirWordsTillTheLastIsRemoved(t *testing.T) {
	x := NewIndex()
	put := func(id, query string) {
		p, err := Compile(Spec{Kind: Topic, Name: "t", Query: query})
		require.NoError(t, err)
		x.Put(id, p)
	}
	ids := func(d Doc) (found []string) {
		for _, m := range x.Find(d).Matches {
			found = append(found, m.ID)
		}
		return found
	}
	queries := []string{"alpha NEAR/2 beta", "title:alpha AND beta", `"alpha beta" OR (beta AND (gamma OR delta))`, "alpha AND beta NOT gamma", "beta AND (gamma OR delta OR omega) AND alpha"}
	for round := range 30 {
		put(fmt.Sprint(round), queries[round%len(queries)])
	}
	d := Doc{Title: "alpha", Text: "beta gamma one two three alpha"}
	require.Len(t, ids(d), 18, "title:, OR and the last of the five")
	require.Len(t, x.cues.numbers, 5, "the words of all")
	for round := 29; round > 4; round-- {
		x.Remove(fmt.Sprint(round))
	}
	require.Equal(t, []string{"1", "2", "4"}, ids(d))
	put("1", "delta")
	require.Equal(t, []string{"2", "4"}, ids(d))
	for _, id := range []string{"0", "1", "2", "3", "4"} {
		x.Remove(id)
	}
	require.Empty(t, ids(d))
	require.Empty(t, x.cues.numbers)
	put("5", "omega")
	require.Equal(t, []string{"5"}, ids(Doc{Text: "omega"}), "a number is used again")
}

func TestIndexIsSafeForConcurrentUse(t *testing.T) {
	p, err := Compile(Spec{Kind: Person, Name: "Steve Witkoff"})
	require.NoError(t, err)
	x := NewIndex()
	x.Put("stays", p)
	var wg sync.WaitGroup
	for worker := range 4 {
		wg.Go(func() {
			for range 50 {
				if worker%2 == 0 {
					x.Put("moves", p)
					x.Remove("moves")
					continue
				}
				if n := len(x.Find(Doc{Text: "Steve Witkoff"}).Matches); n < 1 {
					t.Error("the pattern that stays was not found")
				}
			}
		})
	}
	wg.Wait()
}

func TestSpecErrors(t *testing.T) {
	for name, c := range map[string]struct {
		spec  Spec
		field string
		index int
	}{
		"no kind":         {Spec{Name: "x"}, "name", 0},
		"no name":         {Spec{Kind: Person, Name: " "}, "name", 0},
		"no letters":      {Spec{Kind: Topic, Name: "12-3!"}, "name", 0},
		"unknown country": {Spec{Kind: Country, Name: "Atlantis"}, "name", 0},
		"long name":       {Spec{Kind: Person, Name: strings.Repeat("x", 201)}, "name", 0},
		"empty alias":     {Spec{Kind: Person, Name: "A B", Aliases: []string{"C D", ""}}, "alias", 1},
		"empty near":      {Spec{Kind: Person, Name: "A B", Near: []string{"--"}}, "near", 0},
		"empty not":       {Spec{Kind: Person, Name: "A B", Not: []string{"x", "y", "?"}}, "not", 2},
	} {
		_, err := Compile(c.spec)
		var bad *SpecError
		require.ErrorAs(t, err, &bad, name)
		require.Equal(t, c.field, bad.Field, name)
		require.Equal(t, c.index, bad.Index, name)
		require.Zero(t, bad.Column, name)
		require.NotEmpty(t, bad.Say, name)
	}
	_, err := Compile(Spec{Kind: Country, Name: "the Netherlands"})
	require.NoError(t, err)
}

func TestHeadlineCapitalsMakeNoNames(t *testing.T) {
	spec := Spec{Kind: Person, Name: "Donald Trump"}
	text := "President Donald Trump spoke on Friday in the capital about what the allies had agreed, and said that he would wait for an answer " +
		"from them before he took a decision, officials told reporters. "
	r := find(t, spec, Doc{Title: "Allies Await Answer, Says Trump", Text: text})
	require.Equal(t, Headline, r.Matches[0].Mention)
	r = find(t, spec, Doc{Title: "First Lady Melania Trump Visits School", Text: text + "Melania Trump stayed."})
	require.Equal(t, Lead, r.Matches[0].Mention)
	r = find(t, spec, Doc{Title: "First Lady Melania Trump Visits School"})
	require.Empty(t, r.Matches)
	require.Empty(t, r.NearMisses)
}
