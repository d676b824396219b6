package match

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestWhatHardlyAnybodyMeansInAQueryIsDoubted(t *testing.T) {
	for _, c := range []struct {
		query  string
		column int
		says   string
	}{
		{"foo NOT foo", 9, "What is to be left out, foo, is also asked for"},
		{"a OR (foo AND Föö NOT (bar OR foo))", 31, "is also asked for"},
		{"title:foo AND bar NOT foo", 23, "is also asked for"},
		{`"peace talks" NOT "Peace Talks"`, 19, `"Peace Talks", is also asked for`},
		{"=sanction NOT sanction", 15, "is also asked for"},
		{"sanctions* NOT sanction*", 16, "is also asked for"},
		{"talks person:Putin NOT person:Putin", 24, "Putin, is also asked for"},
		{"talks lang:pt-BR NOT lang:pt", 22, "lang:pt, is also asked for"},
		{"talks lang:en lang:fr", 15, "No article has both lang:en and lang:fr; write OR"},
		{"talks source.country:US source.country:RU", 25, "No article has both"},
		{"talks lang:english", 12, "write its code, lang:en."},
		{"talks lang:eng", 12, "lang:en."},
		{"talks lang:ua", 12, "lang:uk."},
		{"talks lang:xx", 12, `"xx" is no code of a language`},
		{"talks source.country:Russia", 22, "source.country:RU."},
		{"talks source.country:uk", 22, "source.country:GB."},
		{"talks source.country:USA", 22, "source.country:US."},
		{"talks source.country:xx", 22, `"xx" is no code of a country`},
		{"talks source.ownership:private", 24, "write state, public, independent or official."},
		{`"peace talk*"`, 1, "* means nothing inside quotes"},
		{"peace and talks", 7, "write AND, or =and for the word."},
		{"peace Or talks", 7, "write OR"},
		{"peace not talks", 7, "write NOT"},
		{"peace near/5 talks", 7, "write NEAR/ and a number in capitals"},
		{"peace -talks", 7, "write NOT talks"},
		{"мир −переговоры", 5, "write NOT переговоры"},
		{"peace|truce talks", 1, "write OR"},
		{"person:Steve Witkoff AND talks", 8, `person:"Steve Witkoff".`},
	} {
		doubts := Doubts(Spec{Kind: Topic, Name: "t", Query: c.query})
		require.Len(t, doubts, 1, "%s: %v", c.query, doubts)
		require.Equal(t, "match", doubts[0].Field)
		require.Contains(t, doubts[0].Say, c.says, c.query)
		require.Equal(t, c.column, doubts[0].Column, c.query)
	}
}

func TestWhatMayBeMeantIsNotDoubted(t *testing.T) {
	for _, query := range []string{
		`"peace talks" OR ceasefire`, "sanctions NOT =sanctions", `"peace talks" NOT ="peace talks"`, "WHO NOT who", "who NOT WHO", "sanction* NOT sanctions", "foo NOT title:foo", "foo NOT (foo AND bar)",
		"(foo OR bar) NOT foo", "a OR (b NOT a)", "talks lang:zh-Hant lang:zh", "talks lang:no", "talks lang:pt_BR", "talks source.country:eu", "talks source.country:UN", "talks source.ownership:State",
		`source:"UN News" source:News talks`, "=and =or talks", `"and" "near/5" "-x"`, "covid-19 AT&T R&D", "talks -19", "person:Lula ceasefire", `person:"Steve Witkoff" Iran`, "person:Lula AND Brazil", "person:Kallas WHO",
		"lang:en (a OR b)", "near-term plans", "title:(peace OR truce)",
	} {
		require.Empty(t, Doubts(Spec{Kind: Topic, Name: "t", Query: query}), query)
		_, err := Compile(Spec{Kind: Topic, Name: "t", Query: query})
		require.NoError(t, err, query)
	}
}

func TestASignOfOtherLanguagesIsToldApart(t *testing.T) {
	for query, says := range map[string]string{
		"a | b": "| means nothing here; write OR, or remove it.", "a && b": "write AND", `a -"b c"`: "- means nothing here; write NOT, or remove it.", "a ! b": "write NOT", "a ; b": "no letter or digit",
	} {
		_, err := Compile(Spec{Kind: Topic, Name: "t", Query: query})
		require.ErrorContains(t, err, says, query)
	}
}

func TestWhatIsNoNameIsDoubted(t *testing.T) {
	for name, says := range map[string]string{
		"https://x.example/putin": "is an address", "www.putin.example": "is an address", "Vladimir Putin; Steve Witkoff": "a semicolon", "X": "is one letter", "普": "is one letter",
		"President": "is a title alone", "Jr.": "is a title alone", "Mr. President": "is a title alone", "Президент": "is a title alone",
		"Rt Hon": "is a title alone", "Hon.": "is a title alone", "King": "is a title alone", "H.E. Mr.": "is a title alone", "г-н": "is a title alone", "Jr. Jr. Jr.": "is a title alone",
		"Vacant": "where there is nobody", "VACANT": "where there is nobody", "Unknown": "where there is nobody", "None": "where there is nobody", "TBD": "where there is nobody", "N/A": "where there is nobody", "na": "where there is nobody",
		"(politician)": "in brackets or quotation marks", `"Wit"`: "in brackets or quotation marks", "x@y.example": "an e-mail address", "@POTUS": "an account", "Emmanuel Macron <m@macron.example>": "an e-mail address",
		"Q42": "the number of an item", "Macron;Emmanuel": "a semicolon", "Rafael Edward (Ted Cruz": "a bracket that is not closed", "Vladimir Путин": "only Vladimir is looked for", "Рafael Cruz": "only Рafael is looked for", "Lula (politician)": "only Lula is looked for, so everybody of that name is found",
	} {
		doubts := Doubts(Spec{Kind: Person, Name: name})
		require.Len(t, doubts, 1, name)
		require.Contains(t, doubts[0].Say, says, name)
		doubts = Doubts(Spec{Kind: Person, Name: "Steve Witkoff", Aliases: []string{"Steven Witkoff", name}})
		require.Len(t, doubts, 1, name)
		require.Equal(t, []any{"alias", 1}, []any{doubts[0].Field, doubts[0].Index}, name)
	}
	for _, name := range []string{
		"Lula", "Prince", "习近平", "Sir Keir Starmer", "Martin Luther King Jr.", "To Lam", "U Nu", "President Xi",
		"STARMER, Keir Rodney (Labour; Holborn and St Pancras)", "Emmanuel Macron;", "(Emmanuel Macron)", "Don King", "Senator King", "Jean-Luc", "習近平 (政治家)", "Na", "Stephen Q. Hawking", "Neymar Jr.",
	} {
		require.Empty(t, Doubts(Spec{Kind: Person, Name: name}), name)
	}
}

func TestAnAliasThatIsTheSurnameIsDoubted(t *testing.T) {
	for _, c := range []struct{ name, alias string }{
		{"Ann Example", "example"}, {"Vladimir Putin", "PUTIN"}, {"Владимир Путин", "Путин"}, {"Jacob Rees-Mogg", "Rees-Mogg"}, {"José Núñez", "Nunez"},
	} {
		spec := Spec{Kind: Person, Name: c.name, Aliases: []string{"Somebody Else", c.alias}}
		doubts := Doubts(spec)
		require.Len(t, doubts, 1, c.alias)
		require.Equal(t, []any{"alias", 1}, []any{doubts[0].Field, doubts[0].Index}, c.alias)
		require.Contains(t, doubts[0].Say, `The alias "`+c.alias+`" is the surname alone`)
		p, err := Compile(spec)
		require.NoError(t, err)
		x := NewIndex()
		x.Put("", p)
		require.NotEmpty(t, x.Find(Doc{Title: "Talks", Text: "They met " + lastWord(c.name) + " there."}).Matches, "it is true of %s", c.alias)
	}
	for _, c := range []struct{ name, alias string }{
		{"Lula", "Lula"}, {"Ann Example", "Annie Example"}, {"Vladimir Putin", "Путин"}, {"Jacob Rees-Mogg", "Mogg"}, {"Steve Witkoff", "Steve"}, {"Ann Example", "Examples"},
	} {
		require.Empty(t, Doubts(Spec{Kind: Person, Name: c.name, Aliases: []string{c.alias}}), c.alias)
	}
	require.Empty(t, Doubts(Spec{Kind: Country, Name: "United Kingdom", Aliases: []string{"Kingdom"}}))
}

func TestANameThatIsNotFoundWhereItStandsIsDoubted(t *testing.T) {
	var watches []Spec
	add := func(names ...string) (from int) {
		from = len(watches)
		for _, name := range names {
			watches = append(watches, Spec{Kind: Person, Name: name})
		}
		return from
	}
	add("Zorro Rskr. Quuxley")
	found := add("Zorro Quuxley", "Quuxley, Zorro", "QUUXLEY, Zorro", "Sir Zorro Quuxley KC MP", "Zorro Quuxley (diplomat)", "Quuxley, Dr. Zorro", "Lula", "Стив Уиткофф", "习近平", "شي جين بينغ", "To Lam", "זורו קווקסלי", "President of Ruritania",
		"Vacant", "x@y.example", "", "zorro quuxley", "Anne-Marie O'Brien", "Mohammed bin Salman", "Иванов Иван Иванович", "नरेंद्र मोदी", "안철수", "안 철수", "แพทองธาร ชินวัตร", "スティーブ・ウィトコフ", "Κυριάκος Μητσοτάκης", "Mr")
	watches = append(watches, Spec{Kind: Topic, Name: "Rskr. Zorro"}, Spec{Kind: Person, Name: "Zorro Quuxley", Not: []string{"Zorro"}, Exact: true})
	doubts := DoubtsOfFinding(watches)
	require.Len(t, doubts, len(watches))
	for i, d := range doubts {
		if i >= found {
			require.Nil(t, d, watches[i].Name)
			continue
		}
		require.NotNil(t, d, watches[i].Name)
		require.Equal(t, "name", d.Field)
		require.Contains(t, d.Say, "is not found even where it stands as it is written here; write it as newspapers print it")
	}
}

func TestANotThatHidesTheNameItselfIsDoubted(t *testing.T) {
	finds := func(not ...string) bool {
		p, err := Compile(Spec{Kind: Person, Name: "Donald Trump", Not: not})
		require.NoError(t, err)
		x := NewIndex()
		x.Put("", p)
		return len(x.Find(Doc{Title: "Donald Trump said so", Text: "President Trump did.", Language: "en"}).Matches) > 0
	}
	require.True(t, finds("Trump Tower"))
	for _, not := range []string{"Donald Trump", "trump", "Donald"} {
		doubts := Doubts(Spec{Kind: Person, Name: "Donald Trump", Not: []string{"Trump Tower", not}})
		require.Len(t, doubts, 1, not)
		require.Equal(t, []any{"not", 1}, []any{doubts[0].Field, doubts[0].Index}, not)
		require.Contains(t, doubts[0].Say, "Donald Trump is never found", not)
		require.False(t, finds("Trump Tower", not), not)
	}
	require.Empty(t, Doubts(Spec{Kind: Person, Name: "Donald Trump", Not: []string{"Donald Trump Jr.", "Trump Tower", "Melania Trump"}}))
	require.Len(t, Doubts(Spec{Kind: Country, Name: "Georgia", Not: []string{"Georgia"}}), 1)
	require.Empty(t, Doubts(Spec{Kind: Country, Name: "Georgia", Not: []string{"Georgia Tech"}}))
}

func TestATopicThatIsAQueryIsDoubted(t *testing.T) {
	require.Len(t, Doubts(Spec{Kind: Topic, Name: "ceasefire OR truce"}), 1)
	require.Empty(t, Doubts(Spec{Kind: Topic, Name: "trial and error"}))
}

// Doubts take every query, and stand in it.
func FuzzDoubts(f *testing.F) {
	for _, seed := range []string{"foo NOT foo", "foo lang:en lang:fr", "a OR (foo NOT =foo)", "foo* bar NOT (foo* OR b)", "person:\"A B\" NOT person:b", "WHO NOT who", `"a b" NOT ="a b"`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, query string) {
		for _, d := range Doubts(Spec{Kind: Topic, Name: "t", Query: query}) {
			if d.Say == "" || d.Column < 1 || d.Column > utf8.RuneCountInString(query) {
				t.Fatalf("%q: %+v", query, d)
			}
		}
	})
}

// What is said to be contradictory is so: nothing is found by it.
func TestAContradictionFindsNothing(t *testing.T) {
	terms := []string{"who", "WHO", "=who", "talk", "talks", "=talk", "talk*", "talks*", `"peace talks"`, `="peace talks"`, `"peace talk"`, "title:talk", "lang:en", "lang:ru", "person:Kallas", "(who OR talk)"}
	words := []string{"who", "WHO", "talk", "talks", "talking", "peace", "Kallas"}
	said := 0
	rapid.Check(t, func(t *rapid.T) {
		query := "peace"
		for range rapid.IntRange(2, 4).Draw(t, "terms") {
			query += rapid.SampledFrom([]string{" ", " NOT "}).Draw(t, "sign") + rapid.SampledFrom(terms).Draw(t, "term")
		}
		contradicts := func(d *SpecError) bool {
			return strings.Contains(d.Say, "also asked for") || strings.Contains(d.Say, "No article has both")
		}
		if !slices.ContainsFunc(Doubts(Spec{Kind: Topic, Name: "t", Query: query}), contradicts) {
			return
		}
		said++
		p, err := Compile(Spec{Kind: Topic, Name: "t", Query: query})
		require.NoError(t, err)
		x := NewIndex()
		x.Put("", p)
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 12).Draw(t, "text"), " ")
		require.Empty(t, x.Find(Doc{Title: text, Text: "Peace. " + text, Language: rapid.SampledFrom([]string{"en", "ru"}).Draw(t, "language")}).Matches, query)
	})
	require.Positive(t, said)
}
