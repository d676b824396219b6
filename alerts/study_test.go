package alerts_test

import (
	"testing"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
	"github.com/stretchr/testify/require"
)

// studied are lists of one watch each, named so, and what they learned from catalogues of these persons.
func studied(t *testing.T, catalogues map[string][]alerts.Person, watches ...string) ([]alerts.Watchlist, []alerts.Namesakes) {
	t.Helper()
	var lists []alerts.Watchlist
	for _, name := range watches {
		lists = append(lists, alerts.Watchlist{Watches: []alerts.Watch{{Spec: match.Spec{Kind: match.Person, Name: name}}}})
	}
	study := alerts.NewStudy(lists)
	for name, persons := range catalogues {
		for _, p := range persons {
			study.Hear(name, p)
		}
	}
	return lists, study.Learn().Unsure
}

func someone(key string, names ...string) alerts.Person { return alerts.Person{Key: key, Names: names} }

// A watch and a catalogue meet however each writes titles, offices, notes and the order of one name.
func TestAWatchMeetsACatalogueByThePrintedName(t *testing.T) {
	alike := []string{
		"Martin Lindemann", "MARTIN LINDEMANN", "Lindemann, Martin", "LINDEMANN, Martin", "Dr. Martin Lindemann", "H.E. Mr. Martin Lindemann", "Rt Hon Sir Martin Lindemann KC MP",
		"Martin Lindemann MP", "Martin Lindemann, MP", "Martin Lindemann, President of Ruritania", `Martin "Marty" Lindemann`, "Martin Lindemann.", "Martin  Lindemann",
		"Martin\u00a0Lindemann", "Martin Linde\u00admann", "Martín Lindemann", "President Martin Lindemann",
	}
	for _, there := range append(alike, "Martin Lindemann (politician)") {
		lists, unsure := studied(t, map[string][]alerts.Person{"a": {someone("1", there, "Zorro Quuxley")}}, append(alike, "Martin Lindemann (politician)")...)
		require.Empty(t, unsure, there)
		for _, l := range lists {
			require.Contains(t, l.Watches[0].Imported, "Zorro Quuxley", "%s from %s", l.Watches[0].Name, there)
			require.Len(t, l.Watches[0].Imported, 1, "%s is no other name of %s", there, l.Watches[0].Name)
		}
		lists, _ = studied(t, map[string][]alerts.Person{"a": {someone("1", there, "Zorro Quuxley")}}, "Anna Lindemann", "Martin Lindeman", "Lindemann", "Martin Lindemann Jr.", "Martin Lindemann, Sr.", "Lindemann, Martin Jr. (politician)", "Martin Lindemann III")
		for _, l := range lists {
			require.Empty(t, l.Watches[0].Imported, "%s from %s", l.Watches[0].Name, there)
		}
	}
	for watch, there := range map[string]string{"Keir Starmer": "Rt Hon Sir Keir Starmer KC MP", "Merkel, Angela": "Angela Merkel", "Olaf Scholz": "Olaf Scholz (Politiker)", "Li Qiang": "H.E. Mr. Li Qiang"} {
		for range 2 {
			lists, _ := studied(t, map[string][]alerts.Person{"a": {someone("1", there, "Zorro Quuxley")}}, watch)
			require.Equal(t, []string{"Zorro Quuxley"}, lists[0].Watches[0].Imported, "%s from %s", watch, there)
			watch, there = there, watch
		}
	}
}

func TestNamesakesAreToldApartOrSaid(t *testing.T) {
	diplomat, actor := someone("1", "John Smith (diplomat)", "Zorro Quuxley"), someone("2", "John Smith (actor)", "Foo Barley")
	plain, sir := someone("3", "John Smith", "Plain Janeson"), someone("4", "Sir John Smith", "Sir Quincey Foo")
	for _, c := range []struct {
		says    string
		persons []alerts.Person
		watch   string
		learns  []string
		unsure  int // of how many persons it is said that they are called so
		lend    bool
	}{
		{"who has no note learns from neither", []alerts.Person{diplomat, actor}, "John Smith", nil, 2, false},
		{"nor who writes the name in another order", []alerts.Person{diplomat, actor}, "Smith, John", nil, 2, false},
		{"the note tells", []alerts.Person{diplomat, actor}, "John Smith (Diplomat)", []string{"Zorro Quuxley"}, 0, false},
		{"also beside a title", []alerts.Person{diplomat, actor}, "Sir John Smith (actor)", []string{"Foo Barley"}, 0, false},
		{"another note is another person", []alerts.Person{actor}, "John Smith (diplomat)", nil, 0, false},
		{"one alone is meant", []alerts.Person{actor}, "John Smith", []string{"Foo Barley"}, 0, false},
		{"the name as written goes before", []alerts.Person{diplomat, plain, sir, actor}, "John Smith", []string{"Plain Janeson"}, 0, false},
		{"no note goes before a note", []alerts.Person{diplomat, plain}, "Smith, John", []string{"Plain Janeson"}, 0, false},
		{"those who write no note lend both", []alerts.Person{plain, sir}, "Smith, John", []string{"Plain Janeson", "Sir Quincey Foo"}, 2, true},
		{"as do those of the very name", []alerts.Person{plain, someone("5", "JOHN SMITH", "Fifth Fooson")}, "John Smith", []string{"Plain Janeson", "Fifth Fooson"}, 2, true},
		{"a son is not his father", []alerts.Person{plain, someone("6", "John Smith, Jr.", "Sixth Fooson")}, "Smith, John Jr.", []string{"Sixth Fooson"}, 0, false},
		{"rows of one key are one person", []alerts.Person{plain, someone("3", "John Smith", "Third Fooson")}, "John Smith", []string{"Plain Janeson", "Third Fooson"}, 0, false},
	} {
		lists, unsure := studied(t, map[string][]alerts.Person{"a": c.persons}, c.watch)
		require.Equal(t, c.learns, lists[0].Watches[0].Imported, c.says)
		require.Len(t, unsure, min(c.unsure, 1), c.says)
		if c.unsure > 0 {
			require.Len(t, unsure[0].Names, c.unsure, c.says)
			require.Equal(t, c.lend, unsure[0].Lend, c.says)
			require.Equal(t, c.watch, unsure[0].Watch.Name)
		}
	}
	lists, unsure := studied(t, map[string][]alerts.Person{"a": {diplomat}, "b": {plain}}, "John Smith")
	require.Empty(t, unsure, "catalogues are judged one by one")
	require.ElementsMatch(t, []string{"Zorro Quuxley", "Plain Janeson"}, lists[0].Watches[0].Imported)
}

func TestWhomNoCatalogueHasIsSaid(t *testing.T) {
	names := []string{"Ann Lee", "John Smith", "Jane Roe", "Bo"}
	var list alerts.Watchlist
	for _, name := range names {
		list.Watches = append(list.Watches, alerts.Watch{Spec: match.Spec{Kind: match.Person, Name: name}})
	}
	list.Watches = append(list.Watches, alerts.Watch{Spec: match.Spec{Kind: match.Topic, Name: "Peace Talks"}})
	study := alerts.NewStudy([]alerts.Watchlist{list})
	study.Hear("a", someone("1", "Dr. Ann Lee"))
	study.Hear("a", someone("2", "John Smith (diplomat)"))
	study.Hear("b", someone("2", "John Smith (actor)"))
	require.Equal(t, []*alerts.Watch{&list.Watches[2], &list.Watches[3]}, study.Learn().Unknown, "who is there and has no other name is known")
}

// Stored catalogues are found by their printed keys: if this fails, names are printed otherwise than before, and alerts.KeyEdition
// must be raised with it, so that stores make them anew.
func TestThePrintedKeysAreThoseOfTheEdition(t *testing.T) {
	require.Equal(t, 1, alerts.KeyEdition)
	for name, key := range map[string]string{
		"Rt Hon Sir Keir Starmer KC MP": "keir starmer", "MERKEL, Angela": "angela merkel", "Olaf Scholz (Politiker)": "olaf scholz", "H.E. Mr. Li Qiang": "li qiang",
	} {
		require.Equal(t, key, alerts.PrintedKey(name))
	}
}
