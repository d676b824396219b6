package feeds

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

func TestArticles(t *testing.T) {
	when := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	seen := when.Add(time.Hour)
	doc := Document{
		Feed: Header{Language: "en_us"},
		Items: []Item{
			{ID: "one", URL: "http://www.a.example/1?utm_source=x", Title: "Title", Summary: "short", Content: "Title\nmuch longer text", Published: &when, Author: "A", Categories: []string{"c"}},
			{ID: "one", URL: "https://a.example/other", Title: "the same id again"},
			{URL: "http://www.a.example/2?fbclid=x", Summary: "No title here: the first words stand in for it, as many as a dozen of them fit"},
			{Title: "No address", Published: &when, language: "fr"},
			{ID: "http://a.example/4", Title: "Same", Summary: "Same"},
			{},
		},
	}
	got := doc.Articles(alerts.Feed{ID: 7, Source: alerts.Source{Language: "de"}}, seen)
	require.Len(t, got, 4)
	require.Equal(t, alerts.Article{
		Feed: 7, Key: "one", URL: "http://www.a.example/1?utm_source=x", Canonical: "https://a.example/1", Title: "Title",
		Text: "much longer text", Author: "A", Categories: []string{"c"}, Language: "en-US", Published: when, Seen: seen,
	}, got[0])
	require.Equal(t, "https://a.example/2", got[1].Key)
	require.Equal(t, "No title here: the first words stand in for it, as many…", got[1].Title)
	require.Regexp(t, `^sha256:[0-9a-v]{52}$`, got[2].Key)
	require.Equal(t, "fr", got[2].Language)
	require.Equal(t, "https://a.example/4", got[3].Key, "http and https ids are one")
	require.Empty(t, got[3].Text, "the text only repeats the title")
}

func TestKeysAreStable(t *testing.T) {
	when := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	key := func(item Item) string {
		return Document{Items: []Item{item}}.Articles(alerts.Feed{}, when)[0].Key
	}
	plain := Item{Title: "A", Published: &when}
	require.Equal(t, "sha256:91k8ohe5jkjb7tkqcd327b36pilrfic30tmu6115kqu9ol98hij0", key(plain), "keys are stored: changing them repeats every article")
	plain.Summary = "the text may change"
	require.Equal(t, key(Item{Title: "A", Published: &when}), key(plain))
	require.NotEqual(t, key(Item{Title: "B", Published: &when}), key(plain))
	require.NotEqual(t, key(Item{Summary: "a"}), key(Item{Summary: "b"}))
	require.LessOrEqual(t, len(key(Item{ID: strings.Repeat("x", 5000), Title: "A"})), maxKey)
}

func TestOneIDForAllNamesNothing(t *testing.T) {
	doc := Document{Items: []Item{{ID: "x", URL: "https://a.example/1"}, {ID: "x", URL: "https://a.example/2"}}}
	require.Len(t, doc.Articles(alerts.Feed{}, time.Now()), 2)
}

func TestArticlesAreBounded(t *testing.T) {
	long := strings.Repeat("я ", 400_000)
	doc := Document{Items: []Item{{ID: "1", Title: long, Content: "x" + long, Author: long, Categories: strings.Fields(long)}}}
	a := doc.Articles(alerts.Feed{}, time.Now())[0]
	require.Equal(t, MaxText, utf8.RuneCountInString(a.Text))
	require.Equal(t, MaxTitle, utf8.RuneCountInString(a.Title))
	require.Equal(t, maxAuthor, utf8.RuneCountInString(a.Author))
	require.Len(t, a.Categories, maxCategories)
}

func TestAPageForAllNamesNothing(t *testing.T) {
	anchored := Document{Items: []Item{
		{URL: "https://a.example/changes#2", Title: "Version 2 is out"},
		{URL: "https://a.example/changes#1", Title: "A hole is closed"},
		{URL: "https://a.example/other", Title: "Alone"},
	}}
	got := anchored.Articles(alerts.Feed{}, noon)
	require.Len(t, got, 3, "none is taken for another")
	require.Empty(t, got[0].Canonical, "nor for the same story")
	require.Empty(t, got[1].Canonical)
	require.Equal(t, "https://a.example/other", got[2].Canonical)

	twice := Document{Items: []Item{{ID: "1", URL: "https://a.example/1", Title: "One"}, {ID: "2", URL: "https://a.example/1", Title: "One"}}}
	require.Equal(t, "https://a.example/1", twice.Articles(alerts.Feed{}, noon)[1].Canonical, "the same title: one article under two ids")
}

// TestDatesThatCannotBe: they are shown nowhere and sort nothing, and the key stays what it is when time goes on.
func TestDatesThatCannotBe(t *testing.T) {
	seen := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	for name, c := range map[string]struct {
		at       time.Time
		believed bool
	}{
		"now":           {seen, true},
		"last week":     {seen.AddDate(0, 0, -7), true},
		"old":           {time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC), true},
		"another zone":  {seen.Add(14 * time.Hour), true},
		"in two days":   {seen.AddDate(0, 0, 2), false},
		"in ten years":  {seen.AddDate(10, 0, 0), false},
		"1970":          {time.Unix(0, 0).UTC(), false},
		"an empty cell": {time.Date(1, 1, 1, 0, 0, 1, 0, time.UTC), false},
		"end of all":    {time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC), false},
		"a spreadsheet": {time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC), false},
	} {
		t.Run(name, func(t *testing.T) {
			doc := Document{Items: []Item{{Title: "A", Published: &c.at, Updated: &c.at}}}
			got := doc.Articles(alerts.Feed{}, seen)[0]
			require.Equal(t, c.believed, !got.Published.IsZero())
			require.Equal(t, c.believed, !got.Updated.IsZero())
			require.False(t, got.Time().After(seen))
			later := doc.Articles(alerts.Feed{}, seen.AddDate(20, 0, 0))[0]
			require.Equal(t, later.Key, got.Key)
		})
	}
}

// An id that three different items bear names none of them; with two, the later is a correction of the first.
func TestAnIDThatNamesNoItem(t *testing.T) {
	item := func(id, n string) Item { return Item{ID: id, URL: "https://a.example/" + n, Title: "Title " + n} }
	keys := func(items ...Item) (out []string) {
		for _, a := range (Document{Items: items}).Articles(alerts.Feed{}, time.Time{}) {
			out = append(out, a.Key)
		}
		return out
	}
	require.Equal(t, []string{"own", "https://a.example/1", "https://a.example/2", "https://a.example/3"},
		keys(item("own", "0"), item("x", "1"), item("x", "2"), item("x", "3")))
	require.Equal(t, []string{"own", "x"}, keys(item("own", "0"), item("x", "1"), item("x", "2")))
	require.Equal(t, []string{"https://a.example/1", "https://a.example/2"}, keys(item("x", "1"), item("x", "2")))
}
