package story_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/seed-6c43f0f2/attache/alerts/story"
)

const lead = `The Russian president said on Friday that the US special envoy Steve Witkoff had conveyed Washington's position
honestly, and dismissed as nonsense the charge that he favours Moscow in the talks about an end of the war in Ukraine.`

func TestSame(t *testing.T) {
	wire := story.Item{Title: "Putin defends US envoy Witkoff against charges of bias", Text: lead}
	for name, c := range map[string]struct {
		other story.Item
		same  bool
	}{
		"a copy":                        {wire, true},
		"a copy under another headline": {story.Item{Title: "Kremlin stands up for Washington's man", Text: lead}, true},
		"a few words changed": {story.Item{
			Title: "UPDATE 1-Putin defends US envoy Steve Witkoff against charges of bias",
			Text:  "MOSCOW - " + strings.Replace(lead, "dismissed as nonsense", "rejected", 1),
		}, true},
		"another event with the same people": {story.Item{
			Title: "Putin receives US envoy Witkoff in the Kremlin",
			Text:  "The Russian president received the US special envoy Steve Witkoff on Tuesday for three hours of talks about a truce, the Kremlin said.",
		}, false},
		"the same headline of two words": {story.Item{Title: "Morning briefing", Text: "What else you need to know today."}, false},
		"nothing in common":              {story.Item{Title: "Floods in Valencia leave streets under water again", Text: "Rescue workers searched cellars."}, false},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, c.same, story.Same(story.Of(wire), story.Of(c.other)) > 0)
		})
	}
}

func TestSameKeepsLookAlikesApart(t *testing.T) {
	text := func(n string) string {
		return "The quake of magnitude " + n + " was felt along the coast, officials said, and no damage was reported at first from the towns nearby."
	}
	a := story.Of(story.Item{Title: "Quake of magnitude 5.1 shakes the coast of Chile", Text: text("5.1")})
	b := story.Of(story.Item{Title: "Quake of magnitude 6.4 shakes the coast of Chile", Text: text("6.4")})
	require.Zero(t, story.Same(a, b))
}

func TestSamePageIsSameStoryWhateverItSays(t *testing.T) {
	a := story.Of(story.Item{Canonical: "https://example.org/a", Title: "First title"})
	b := story.Of(story.Item{Canonical: "https://example.org/a", Title: "Quite another headline now"})
	require.Equal(t, 2.0, story.Same(a, b))
	require.Zero(t, story.Same(story.Of(story.Item{}), story.Of(story.Item{})), "articles without a URL are not one page")
}

func TestPlaceJoinsOnlyWithinTheWindow(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	it := story.Of(story.Item{Title: "Putin defends US envoy Witkoff against charges of bias", Text: lead})
	s := story.NewStories([]story.Candidate{{ID: "old", Newest: now, Members: []story.Fingerprint{it}}})

	id, opened := s.Place(it, now.Add(story.Window), "new")
	require.Equal(t, "old", id)
	require.False(t, opened)

	id, opened = s.Place(it, now.Add(3*story.Window), "new")
	require.Equal(t, "new", id)
	require.True(t, opened)
}

// A news flash is its headline, with hardly a word of text; a daily column has the same headline every day.
func TestFlashes(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	place := func(first, second story.Item, after time.Duration) bool {
		s := story.NewStories(nil)
		s.Place(story.Of(first), now, "a")
		id, _ := s.Place(story.Of(second), now.Add(after), "b")
		return id == "a"
	}
	long := "Putin defends US envoy Witkoff against charges of bias"
	for n := range 29 { // words of the same text
		text := strings.Join(strings.Fields(lead)[:n], " ")
		require.True(t, place(story.Item{Title: long, Text: text}, story.Item{Title: long, Text: text}, time.Minute), "%d words", n)
		require.True(t, place(story.Item{Title: "Steve Witkoff resigns", Text: text}, story.Item{Title: "Steve Witkoff resigns", Text: text}, time.Minute), "%d words", n)
	}
	require.True(t, place(story.Item{Title: long, Text: "More soon."}, story.Item{Title: long, Text: lead}, time.Hour), "the flash, then the report")
	require.False(t, place(story.Item{Title: "Steve Witkoff resigns", Text: "More soon."}, story.Item{Title: "Steve Witkoff speaks", Text: "More soon."}, time.Hour))
	require.False(t, place(story.Item{Title: "Opinion", Text: "Read more"}, story.Item{Title: "Opinion", Text: "Our view of today"}, time.Hour))
	require.False(t, place(story.Item{Title: "The war in brief: what we know", Text: "Read more."}, story.Item{Title: "The war in brief: what we know", Text: "Read more."}, 24*time.Hour), "tomorrow's column")
}

func TestStoriesWithoutSpaces(t *testing.T) {
	a := story.Of(story.Item{Title: "俄罗斯总统为美国特使威特科夫辩护", Text: "莫斯科消息,俄罗斯总统周五表示,美国特使如实转达了华盛顿的立场。"})
	b := story.Of(story.Item{Title: "俄罗斯总统为美国特使威特科夫辩护 更新", Text: "莫斯科消息,俄罗斯总统周五表示,美国特使如实转达了华盛顿的立场。"})
	require.Positive(t, story.Same(a, b))
}

// Whatever is the same story must be found as a candidate, or it would never be compared.
func TestSameSharesAKey(t *testing.T) {
	vocabulary := strings.Fields("president envoy talks truce border oil grain sanctions minister summit treaty court election army vote bank gas port strike island visa trade law")
	missed, all := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		w := rapid.SliceOfN(rapid.SampledFrom(vocabulary), 25, 40).Draw(t, "words")
		a := story.Of(story.Item{Title: strings.Join(w[:8], " "), Text: strings.Join(w[8:], " ")})
		w[rapid.IntRange(0, len(w)-1).Draw(t, "changed")] = "unheard"
		b := story.Of(story.Item{Title: strings.Join(w[:8], " "), Text: strings.Join(w[8:], " ")})
		if story.Same(a, b) == 0 {
			return
		}
		all++
		shared := map[story.Key]bool{}
		for _, k := range a.Keys {
			shared[k] = true
		}
		for _, k := range b.Keys {
			if shared[k] {
				return
			}
		}
		missed++
	})
	require.LessOrEqual(t, missed*50, all, "%d of %d alike pairs share no key", missed, all)
}

func FuzzOf(f *testing.F) {
	f.Add("Title", "Text")
	f.Add("俄罗斯", "\u0301\x00\xff")
	f.Fuzz(func(t *testing.T, title, text string) {
		a := story.Of(story.Item{Title: title, Text: text})
		require.LessOrEqual(t, len(a.Lead), 60)
		s := story.NewStories(nil)
		s.Place(a, time.Unix(0, 0), "a")
	})
}

func TestPlaceJoinsThePageThatAStoryHasHoweverLongItWentOn(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	it := story.Of(story.Item{Canonical: "https://example.org/a", Title: "First title"})
	s := story.NewStories([]story.Candidate{{ID: "old", Newest: now.Add(3 * story.Window), Members: []story.Fingerprint{it}}})
	id, opened := s.Place(it, now, "new")
	require.Equal(t, "old", id)
	require.False(t, opened)
}
