package commands_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
	"github.com/seed-6c43f0f2/attache/commands"
)

// What goes with what is the same in chat and in the configuration: config/testdata/mistakes has the file's side.
func TestAnOptionThatIsNotForTheKindIsRefused(t *testing.T) {
	value := map[string]string{"match": "foo", "aliases": "Foo", "near": "foo", "not": "foo bar", "exact": "yes", "least": "lead"}
	name := map[string]string{"person": "Ada Lovelace", "topic": "peace", "country": "Peru"}
	refused := map[string]string{
		"match person": "kind:", "match country": "kind:", "aliases topic": "OR", "near topic": "NEAR/n", "near country": "kind:topic",
		"not topic": "NOT", "exact topic": "=word", "exact country": "Leave it out.",
	}
	for kind := range name {
		for option := range value {
			for _, command := range []string{"watch add", "watch test"} {
				m := furnished()
				reply := do(t, newDesk(t, m), asks(command, "name", name[kind], "list", "us-russia", "kind", kind, option, value[option]))
				do, wrong := refused[option+" "+kind]
				require.Equal(t, wrong, reply.Failed, "%s %s %s: %s", command, kind, option, reply.Text())
				if wrong {
					require.Contains(t, reply.Text(), option+": is for a ")
					require.Contains(t, reply.Text(), "and this is a "+kind)
					require.Contains(t, reply.Text(), do)
				}
			}
		}
	}
	require.Contains(t, do(t, newDesk(t, furnished()), asks("watch add", "name", "peace", "list", "us-russia", "not", "foo bar")).Text(),
		"If it is a person, say kind:person.", "where the kind was guessed")
	require.False(t, do(t, newDesk(t, furnished()), asks("watch add", "name", "Peru", "list", "us-russia", "kind", "country", "exact", "no")).Failed)
}

func TestATermThatSaysNothingIsRefused(t *testing.T) {
	d := newDesk(t, furnished())
	for line, want := range map[string]string{
		`watch add Alan Test list:us-russia near:"" not:""`:                      "near: is empty. Write something behind it, or leave it out.",
		`watch add Alan Test list:us-russia not:"" least:lead`:                   "not: is empty.",
		`watch add Alan Test list:us-russia aliases:"; ;"`:                       "aliases: is empty.",
		`watch add talks list:us-russia match:''`:                                "match: is empty. Write a query behind it, or leave it out.",
		"watch add Alan Test list:us-russia near:x; " + strings.Repeat("y", 101): "is too long. Keep it to 100 characters; semicolons part several.",
	} {
		reply := d.DoLine(t.Context(), asks(""), line)
		require.True(t, reply.Failed, line)
		require.Contains(t, reply.Text(), want, line)
	}
}

func TestFromIsForAMessageOfManyStories(t *testing.T) {
	m := furnished()
	d := newDesk(t, m)
	reply := do(t, d, asks("why", "alert", "https://news.example/a", "from", "2"))
	require.True(t, reply.Failed)
	require.Contains(t, reply.Text(), "from: is for a message that tells many stories. Leave it out: /why alert:https://news.example/a")
	reply = do(t, d, asks("why", "alert", m.told[0].Alert.ID, "from", "2"))
	require.True(t, reply.Failed)
	require.Contains(t, reply.Text(), "from: is for a message that tells many stories.")
}

func TestANameThatNewspapersShortenIsAddedWithAWord(t *testing.T) {
	for _, command := range []string{"watch add", "watch test"} {
		reply := do(t, newDesk(t, furnished()), asks(command, "name", "Joseph Robinette Biden", "kind", "person", "list", "us-russia"))
		require.False(t, reply.Failed)
		require.Contains(t, reply.Text(), "Careful: Newspapers may leave out a part of this name, and where a word of it is missing an article is a near miss, of which nobody is told.")
		reply = do(t, newDesk(t, furnished()), asks(command, "name", "Joseph Robinette Biden", "kind", "person", "list", "us-russia", "aliases", "Joseph Biden"))
		require.NotContains(t, reply.Text(), "Careful")
	}
}

func TestAPersonWhoIsNotFoundInItsOwnNameIsAddedWithAWord(t *testing.T) {
	for _, command := range []string{"watch add", "watch test"} {
		reply := do(t, newDesk(t, furnished()), asks(command, "name", "Zorro Rskr. Quuxley", "kind", "person", "list", "us-russia"))
		require.False(t, reply.Failed)
		require.Contains(t, reply.Text(), `Careful: "Zorro Rskr. Quuxley" is not found even where it stands as it is written here; write it as newspapers print it`)
		require.NotContains(t, do(t, newDesk(t, furnished()), asks(command, "name", "Sir Zorro Quuxley MP", "kind", "person", "list", "us-russia")).Text(), "Careful")
	}
}

func TestAWatchThatHardlyAnybodyMeansIsAddedWithAWord(t *testing.T) {
	for _, command := range []string{"watch add", "watch test"} {
		reply := do(t, newDesk(t, furnished()), asks(command, "name", "talks", "list", "us-russia", "match", "peace and talks lang:english"))
		require.False(t, reply.Failed)
		require.Contains(t, reply.Text(), "Careful: and in small letters is a word to look for; write AND, or =and for the word.\nCareful: No article has the language \"english\"; write its code, lang:en.")
		require.NotContains(t, do(t, newDesk(t, furnished()), asks(command, "name", "talks", "list", "us-russia", "match", "peace AND talks lang:en")).Text(), "Careful")
	}
}

func TestAnAliasThatIsTheSurnameIsAddedWithAWord(t *testing.T) {
	const careful = `Careful: The alias "Lovelace" is the surname alone, so it is found for everybody who bears it. Take it out, and write near: words`
	for _, command := range []string{"watch add", "watch test"} {
		for aliases, said := range map[string]bool{"Ada King; Lovelace": true, "Ada King": false} {
			reply := do(t, newDesk(t, furnished()), asks(command, "name", "Ada Lovelace", "list", "us-russia", "aliases", aliases))
			require.False(t, reply.Failed)
			require.Equal(t, said, strings.Contains(reply.Text(), careful), reply.Text())
		}
	}
	empty := furnished()
	empty.found = nil
	reply := do(t, newDesk(t, empty), asks("watch test", "name", "Ada Lovelace", "list", "us-russia", "aliases", "Lovelace"))
	require.Contains(t, reply.Text(), "there is nothing to try it on")
	require.Contains(t, reply.Text(), careful, "also where no article is kept")

	// A watch is edited by what takes it back: with the alias taken out nothing is said any more.
	d := newDesk(t, furnished())
	require.Contains(t, do(t, d, asks("watch add", "name", "Ada Lovelace", "list", "us-russia", "aliases", "Lovelace")).Text(), careful)
	require.Contains(t, do(t, d, asks("watch remove", "name", "Ada Lovelace", "list", "us-russia")).Text(), "aliases:Lovelace")
	require.NotContains(t, do(t, d, asks("watch add", "name", "Ada Lovelace", "list", "us-russia", "near", "engine")).Text(), "Careful")
}

// Semicolons part several; a comma does not, so one that may be meant to is refused unless quotes say that it is one value.
func TestACommaPartsNothing(t *testing.T) {
	const add = "watch add Ada King list:us-russia "
	for line, want := range map[string]string{
		`near:a, b`:                      "near: “a, b” has a comma, and semicolons part several. Write near:a; b, or, if it is one with a comma in it, put it in quotes: near:\"a, b\".",
		`near:envoy,talks`:               "Write near:envoy; talks, or",
		`not:King Lear, King's Cross`:    "not: “King Lear, King's Cross” has a comma, and semicolons part several. Write not:King Lear; King's Cross, or",
		`aliases:Ада Кинг, Ada Byron`:    "Write aliases:Ада Кинг; Ada Byron, or",
		`near:"envoy", "vice president"`: "Write near:envoy; vice president, or",
		`near:'envoy', 'talks'`:          "has a comma",
		`near:"a; b, c"`:                 "near: “b, c” has a comma",
		`near:"a, b"; c, d`:              "near: “c, d” has a comma",
		`near:部长、特使`:                     "Write near:部长; 特使, or",
		`near:مبعوث، وزير`:               "Write near:مبعوث; وزير, or",
		`near:envoy,`:                    "Write near:envoy, or",
	} {
		reply := newDesk(t, furnished()).DoLine(t.Context(), asks(""), add+line)
		require.True(t, reply.Failed, line)
		require.Contains(t, reply.Text(), want, line)
	}
	for line, want := range map[string]alerts.Watch{
		`near:a; b`:                         {Spec: match.Spec{Near: []string{"a", "b"}}},
		`near:"a; b"`:                       {Spec: match.Spec{Near: []string{"a", "b"}}},
		`near:"a, b"`:                       {Spec: match.Spec{Near: []string{"a, b"}}},
		`near:“a, b”; c`:                    {Spec: match.Spec{Near: []string{"a, b", "c"}}},
		`near:10,000 troops; c`:             {Spec: match.Spec{Near: []string{"10,000 troops", "c"}}},
		`not:"King, Inc."; "King Ltd"`:      {Spec: match.Spec{Not: []string{"King, Inc.", "King Ltd"}}},
		`aliases:"King, Ada"`:               {Spec: match.Spec{Aliases: []string{"King, Ada"}}},
		`aliases:'Byron, 6th Baron' near:x`: {Spec: match.Spec{Aliases: []string{"Byron, 6th Baron"}, Near: []string{"x"}}},
	} {
		want.Kind, want.Name = match.Person, "Ada King"
		for _, from := range []commands.Request{asks(""), atConsole()} {
			m := &memory{}
			d := newDesk(t, m)
			reply := d.DoLine(t.Context(), from, "watch add Ada King "+line)
			require.False(t, reply.Failed, reply.Text())
			require.Equal(t, want, m.lists[0].Watches[0], line)

			// The line that takes it back makes the same watch.
			_, again, ok := strings.Cut(d.DoLine(t.Context(), from, "watch remove Ada King").Text(), "To take it back: ")
			require.True(t, ok, line)
			reply = d.DoLine(t.Context(), from, again)
			require.False(t, reply.Failed, reply.Text())
			require.Equal(t, want, m.lists[0].Watches[0], again)
		}
	}
	reply := do(t, newDesk(t, furnished()), asks("watch add", "name", "Ada King", "list", "us-russia", "near", "a, b"))
	require.True(t, reply.Failed, "as an option of Discord's, too")
	require.Contains(t, reply.Text(), "near: “a, b” has a comma")
	reply = do(t, newDesk(t, furnished()), asks("watch test", "name", "Ada King", "list", "us-russia", "near", `"a, b"`))
	require.False(t, reply.Failed, reply.Text())
}
