package commands_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
	"github.com/seed-6c43f0f2/attache/commands"
)

// Only at the console is there a bot to end.
func TestHelpSaysHowToLeave(t *testing.T) {
	d := newDesk(t, furnished())
	require.Contains(t, d.DoLine(t.Context(), atConsole(), "help").Text(), "Ctrl-C ends the bot.")
	require.NotContains(t, do(t, d, asks("help")).Text(), "Ctrl-C")
}

// What fits no more into the answer of recent is there, and said to be.
func TestRecentSaysThatThereIsMore(t *testing.T) {
	m := furnished()
	d := newDesk(t, m)
	const more = "Older alerts are left out; these are the latest 10."
	for len(m.told) < 10 {
		m.told = append(m.told, m.told[0])
	}
	text := do(t, d, asks("recent")).Text()
	require.Equal(t, 10, strings.Count(text, "•"))
	require.NotContains(t, text, more)
	m.told = append(m.told, m.told[0])
	text = do(t, d, asks("recent")).Text()
	require.Equal(t, 10, strings.Count(text, "•"), text)
	require.Contains(t, text, more)
}

// A decision that fell for several watches at once is told once.
func TestEqualDecisionsAreOneLine(t *testing.T) {
	m := furnished()
	second := m.decided[0]
	second.Watch = "Vladimir Putin"
	second.List = alerts.ListRef{Name: "file-list"}
	third := m.decided[0]
	third.Watch, third.Channel, third.Verb, third.Reason = "Sergey Lavrov", lounge, alerts.Skipped, alerts.BelowBar
	m.decided = append(m.decided, second, m.decided[0], third)
	text := do(t, newDesk(t, m), asks("why", "alert", "https://news.example/witkoff")).Text()
	require.Contains(t, text, "• this channel: posted, a new story for this channel (Steve Witkoff of us-russia and Vladimir Putin of file-list)\n")
	require.Contains(t, text, "(Sergey Lavrov of us-russia)")
	require.Equal(t, 1, strings.Count(text, "a new story for this channel"))
}

// A feed that nobody labelled is called in every answer what alerts call it: by its short name.
func TestUnlabelledFeedsHaveOneName(t *testing.T) {
	m := furnished()
	m.feeds[1].Source = alerts.Source{}
	m.found[1].Source = alerts.Source{}
	m.told[0].Articles[1].Source = alerts.Source{}
	require.Equal(t, "other", m.feeds[1].NameIn(guild))
	d := newDesk(t, m)
	for _, r := range []commands.Request{
		asks("lookup", "name", "Kremlin"), asks("why", "alert", "https://other.example/w"), asks("why", "alert", m.told[0].Alert.ID),
	} {
		text := do(t, d, r).Text()
		require.Contains(t, text, "(https://other.example/w) · other", r)
		require.NotContains(t, text, "· other.example", r)
	}
}

// Which of the ways by which a bare surname counts is told where it is known.
func TestWhyABareSurnameCounts(t *testing.T) {
	hit := func(surname bool, text string) string {
		m := furnished()
		m.lists[0].Watches[0].Surname = surname
		m.found[2].Article.Text, m.found[2].Article.Title = text, "Of rain"
		watch := m.lists[0].Watches[0]
		p, err := match.Compile(watch.Spec)
		require.NoError(t, err)
		index := match.NewIndex()
		index.Put("w", p)
		found := index.Find(match.Doc{Title: "Of rain", Text: text}).Matches
		require.Len(t, found, 1)
		decision := m.decided[0]
		decision.ArticleKey, decision.Evidence = "a3", found[0].Evidence
		m.decided = append(m.decided, decision)
		return do(t, newDesk(t, m), asks("why", "alert", "https://news.example/dull")).Text()
	}
	require.Contains(t, hit(false, "Steve Witkoff came. Then Witkoff went."), "the surname of “Steve Witkoff” alone counts, as the full name stands elsewhere in the article")
	require.Contains(t, hit(true, "Then Witkoff went."), "the surname of “Steve Witkoff” alone counts, as the watch says that it does")
	require.NotContains(t, hit(true, "Steve Witkoff came. Then Witkoff went."), "as the watch says")
	require.NotContains(t, hit(true, strings.Repeat("Then Witkoff went. ", 20)), "as the full name stands elsewhere in the article\n")
}

// The watch that is offered for an article in which nothing was found finds that article.
func TestOfferedWatchFindsTheArticle(t *testing.T) {
	for _, tt := range []struct{ title, text, want string }{
		{"Rain in the north", "It rains.", "watch add north kind:topic"},
		{"Mayor Jane Goodall opens the harbour", "", "watch add Jane Goodall"},
		{"Дождь на севере", "", "watch add севере kind:topic"},
		{"", "Talks about grain begin.", "watch add Talks kind:topic"},
		{"?", "!", "help watch add"},
	} {
		m := furnished()
		m.found[2].Article.Title, m.found[2].Article.Text = tt.title, tt.text
		r := atConsole()
		r.Workspace, r.Channel = team, "slack:T1/C1"
		m.feeds[0].Listings = []alerts.Listing{{Workspace: alerts.File, Name: "news"}}
		d := newDesk(t, m)
		text := d.DoLine(t.Context(), r, "why https://news.example/dull").Text()
		_, offered, ok := strings.Cut(text, "To be told of such articles: /attache ")
		require.True(t, ok, text)
		require.Equal(t, tt.want, strings.TrimSuffix(offered, "."), text)
		if !strings.HasPrefix(offered, "watch") {
			continue
		}
		require.False(t, d.DoLine(t.Context(), r, offered).Failed, offered)
		require.Contains(t, d.DoLine(t.Context(), r, "why https://news.example/dull").Text(), "By now it matches", offered)
	}
}

// Answers quote as print does; plain marks stand only in what is to be typed.
func TestAnswersQuoteAlike(t *testing.T) {
	d := newDesk(t, furnished())
	plain := regexp.MustCompile(`"`)
	for _, line := range []string{
		`watch add "Steve`, "watch add x y:z", "lookup *", "why some words", "feeds add un news", "feeds add https://un.example/x schedule:often",
		"watch add peace kind:thing", "watch list a b c", "feeds add https://un.example/rss country:Narnia", "subscribe a list:b",
	} {
		reply := d.DoLine(t.Context(), atConsole(), line)
		require.True(t, reply.Failed, line)
		require.False(t, plain.MatchString(reply.Text()), fmt.Sprint(line, " → ", reply.Text()))
	}
}

// A feed that was read but not whole says so.
func TestStatusNamesWhatWasNotRead(t *testing.T) {
	m := furnished()
	m.feeds[0].Cursor.Warning = "The feed has more than 2,000 items; the rest was left out."
	text := do(t, newDesk(t, m), asks("feeds status", "name", "news")).Text()
	require.Contains(t, text, "Not read whole: The feed has more than 2,000 items; the rest was left out.")
	require.NotContains(t, text, "without trouble")
}
