package commands_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
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

func TestAPersonWhoIsNotFoundInItsOwnNameIsAddedWithAWord(t *testing.T) {
	for _, command := range []string{"watch add", "watch test"} {
		reply := do(t, newDesk(t, furnished()), asks(command, "name", "Rskr. Zorro Quuxley", "kind", "person", "list", "us-russia"))
		require.False(t, reply.Failed)
		require.Contains(t, reply.Text(), `Careful: "Rskr. Zorro Quuxley" is not found even where it stands as it is written here; write it as newspapers print it`)
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
