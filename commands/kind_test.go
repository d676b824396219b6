package commands_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts/match"
	"github.com/seed-6c43f0f2/attache/commands"
)

// What is not said to be a person, topic or country is taken for what its letters say, and the answer tells which.
func TestWatchAddSaysWhatItTookTheNameFor(t *testing.T) {
	for _, tt := range []struct {
		line string
		kind match.Kind
		want []string
	}{
		{"watch add Rafael Edward (Ted) Cruz", match.Person, nil},
		{"watch add Macron, Emmanuel Jean-Michel", match.Person, nil},
		{"watch add ceasefire", match.Topic, []string{"Now watching the topic ceasefire in main.", "If you mean a person: watch remove ceasefire, then watch add ceasefire kind:person"}},
		{"watch add peace talks", match.Topic, []string{"the topic peace talks"}},
		{"watch add перемирие", match.Topic, []string{"the topic перемирие"}},
		{"watch add the Kremlin", match.Topic, []string{"the topic the Kremlin"}},
		{"watch add Steve Witkoff", match.Person, []string{"Now watching the person Steve Witkoff in main.", "If you mean a topic: watch remove Steve Witkoff, then watch add Steve Witkoff kind:topic"}},
		{"watch add Ursula von der Leyen", match.Person, []string{"the person Ursula von der Leyen"}},
		{"watch add Charles de Gaulle", match.Person, nil},
		{"watch add 习近平", match.Person, nil},
		{"watch add بوتين", match.Person, nil},
		{"watch add Zelenskyy", match.Person, nil},
		{"watch add Russia", match.Person, []string{"If you mean a country: watch remove Russia, then watch add Russia kind:country"}},
		{"watch add steve witkoff aliases:witkoff", match.Person, nil},
		{"watch add steve witkoff near:envoy", match.Person, nil},
		{"watch add peace match:talks OR truce", match.Topic, nil},
	} {
		t.Run(tt.line, func(t *testing.T) {
			m := &memory{}
			reply := newDesk(t, m).DoLine(t.Context(), atConsole(), tt.line)
			require.False(t, reply.Failed, reply.Text())
			require.Equal(t, tt.kind, m.lists[0].Watches[0].Kind)
			require.Contains(t, reply.Text(), "Now watching the "+string(tt.kind)+" ")
			for _, want := range tt.want {
				require.Contains(t, reply.Text(), want)
			}
		})
	}
	t.Run("who says the kind is not told how to change it", func(t *testing.T) {
		for _, line := range []string{"watch add ceasefire kind:topic", "watch add talks match:peace"} {
			require.NotContains(t, newDesk(t, &memory{}).DoLine(t.Context(), atConsole(), line).Text(), "If you mean")
		}
	})
	t.Run("the list is named in the change too", func(t *testing.T) {
		text := newDesk(t, furnished()).Do(t.Context(), asks("watch add", "name", "truce", "list", "climate")).Text()
		require.Contains(t, text, "/watch remove name:truce list:climate, then /watch add name:truce list:climate kind:person")
	})
}

// What is taken back can be given again, as the kind it was.
func TestTakenBackAsItWas(t *testing.T) {
	for _, first := range []string{"watch add ceasefire", "watch add steve witkoff kind:person", "watch add Kremlin kind:topic", "watch add Oman kind:country", "watch add steve witkoff near:envoy"} {
		m := &memory{}
		d := newDesk(t, m)
		require.False(t, d.DoLine(t.Context(), atConsole(), first).Failed, first)
		was := m.lists[0].Watches[0]
		name := strings.Join(strings.Fields(was.Name), " ")
		text := d.DoLine(t.Context(), atConsole(), "watch remove "+name).Text()
		_, again, ok := strings.Cut(text, "To take it back: ")
		require.True(t, ok, text)
		require.False(t, d.DoLine(t.Context(), atConsole(), again).Failed, again)
		require.Equal(t, was, m.lists[0].Watches[0], again)
	}
}

// The watch that a lookup suggests finds what the lookup found, or would have.
func TestSuggestedWatchFindsWhatLookupFinds(t *testing.T) {
	for _, tt := range []struct{ line, suggested string }{
		{"lookup ceasefire", "watch add ceasefire kind:topic"},
		{"lookup Ceasefire", "watch add Ceasefire kind:topic"},
		{"lookup nothingofthekind", "watch add nothingofthekind kind:topic"},
		{"lookup Jane Goodall", "watch add Jane Goodall"},
		{"lookup ceasefire line", "watch add ceasefire line kind:topic"},
		{"lookup the Kremlin", "watch add the Kremlin kind:topic"},
		{`lookup "ceasefire line" OR truce`, `watch add ceasefire line OR truce match:'"ceasefire line" OR truce'`},
		{"lookup truce AND envoy", `watch add truce AND envoy match:"truce AND envoy"`},
		{`lookup person:"Jane Goodall"`, "watch add Jane Goodall"},
		{`lookup person:Goodall`, "watch add Goodall"},
		{`lookup person:goodall`, "watch add goodall kind:person"},
	} {
		t.Run(tt.line, func(t *testing.T) {
			m := furnished()
			m.found[2].Article.Text = "A ceasefire line: the envoy Jane Goodall of the Kremlin said that the truce holds."
			m.found[2].Article.Title = "Ceasefire near"
			d := newDesk(t, m)
			reply := d.DoLine(t.Context(), atConsole(), tt.line)
			require.False(t, reply.Failed, reply.Text())
			require.Contains(t, reply.Text()+"\n", ": "+tt.suggested+"\n")
			if strings.Contains(tt.line, "nothing") {
				return
			}
			m.lists = nil
			require.False(t, d.DoLine(t.Context(), atConsole(), tt.suggested).Failed, tt.suggested)
			w := m.lists[0].Watches[0]
			p, err := match.Compile(w.Spec)
			require.NoError(t, err)
			index := match.NewIndex()
			index.Put("w", p)
			found := index.Find(match.Doc{Title: m.found[2].Article.Title, Text: m.found[2].Article.Text}).Matches
			require.Equal(t, strings.Contains(reply.Text(), "Ceasefire near"), len(found) == 1, reply.Text())
		})
	}
}

// A query for one person is a lookup of that person: as it is watched, if it is.
func TestLookupOfAPerson(t *testing.T) {
	d := newDesk(t, furnished())
	for _, line := range []string{`lookup person:"Steve Witkoff"`, "lookup person:“Steve Witkoff”"} {
		text := d.DoLine(t.Context(), asks(""), line).Text()
		require.Contains(t, text, "Steve Witkoff\nAs the watch on us-russia finds it.", line)
		require.NotContains(t, text, "watch add", line)
	}
}

// What has no word to look for is told so in the words of a lookup.
func TestLookupOfNothing(t *testing.T) {
	d := newDesk(t, furnished())
	for _, line := range []string{"lookup *", `lookup "*"`, "lookup ()", "lookup ?!", `lookup ""`, "lookup NOT peace", "lookup source:News"} {
		reply := d.DoLine(t.Context(), atConsole(), line)
		require.True(t, reply.Failed, line)
		t.Log(line, "→", reply.Text())
	}
	require.Equal(t, "A lookup needs at least one word that an article must have. Write for example: lookup Steve Witkoff",
		d.DoLine(t.Context(), atConsole(), "lookup *").Text())
}

func atConsole() commands.Request {
	return commands.Request{ID: "r1", Workspace: "console", Channel: "console:desk", Actor: commands.Actor{ID: "me", Admin: true}}
}
