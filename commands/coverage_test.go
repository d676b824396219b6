package commands_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

func TestCoverageNamesWhatMayBeMissing(t *testing.T) {
	m := furnished()
	m.givenUp = []string{"other"}
	m.covered = alerts.Coverage{
		Polls: 2016, Failed: 3, Articles: 310, NearMisses: 5, AllGaps: 14,
		Gaps: []alerts.NamedGap{
			{Name: "news", Gap: alerts.Gap{Feed: 1, From: noon.Add(-100 * time.Hour), To: noon.Add(-90 * time.Hour), Found: noon.Add(-90 * time.Hour)}},
			{Name: "news", Gap: alerts.Gap{Feed: 1, From: noon.Add(-9 * time.Hour), To: noon.Add(-2 * time.Hour), Found: noon}},
		},
	}
	m.covered.FeedGaps = []alerts.FeedGaps{
		{Last: m.covered.Gaps[1], Gaps: 2},
		{Last: alerts.NamedGap{Name: "third", Gap: alerts.Gap{Feed: 3, Found: noon.Add(-time.Hour)}}, Gaps: 12},
	}
	d := newDesk(t, m)
	require.Equal(t, `Coverage since 23 Feb 2026
2 feeds, 2016 polls (3 failed), 310 articles read, 5 near misses.
1 feed fails:
• other was last read 1 Mar 2026 12:00 UTC; 3 visits failed since: The site answers that the page is gone. It is not polled any more: it could not be read for two weeks.
To poll one again that was given up: /feeds retry name:other
14 gaps, in which articles may have been missed:
• news: 26 Feb 2026 08:00 UTC to 26 Feb 2026 18:00 UTC (10 h)
• news: 2 Mar 2026 03:00 UTC to 2 Mar 2026 10:00 UTC (7 h)
• and 12 more
A feed that holds few items needs a faster schedule; what it dropped while the bot was away can't be fetched any more.`, do(t, d, asks("coverage")).Text())
	require.Contains(t, do(t, d, asks("feeds list")).Text(), "other · Other (RU, state-run) · @every 10m · given up")
	const last = "the last: news 2 Mar 2026 03:00 UTC to 2 Mar 2026 10:00 UTC (7 h). All: /coverage"
	require.Contains(t, do(t, d, asks("feeds status")).Text(), "Since a week ago: 14 gaps, in which articles may have been missed; "+last)
	require.Contains(t, do(t, d, asks("feeds status", "name", "news")).Text(), "Since a week ago: 2 gaps, in which articles may have been missed; "+last)
	require.NotContains(t, do(t, d, asks("feeds status", "name", "other")).Text(), "gap")

	note, ok, err := d.CoverageNote(t.Context(), other, noon.AddDate(0, 0, -7))
	require.NoError(t, err)
	require.True(t, ok)
	require.NotContains(t, note.Text(), "state-run", "another workspace's feeds")
	_, ok, err = newDesk(t, &memory{}).CoverageNote(t.Context(), guild, noon)
	require.NoError(t, err)
	require.False(t, ok, "nothing is read")

	require.Contains(t, do(t, d, asks("feeds retry", "name", "other")).Text(), "other is polled at once")
	require.NotContains(t, do(t, d, asks("coverage")).Text(), "given up")
}

// When Discord was not heard is told to its people and the terminal; the weekly note, for those who run the bot, has it of
// every platform.
func TestCoverageSaysWhenAPlatformWasNotHeard(t *testing.T) {
	m := furnished()
	at := func(h float64) time.Time { return noon.Add(-time.Duration(h * float64(time.Hour))) }
	m.covered = alerts.Coverage{Unheard: []alerts.Unheard{{Platform: "discord", From: at(2), To: at(1.75)}, {Platform: "slack", From: at(3), To: at(3)}}}
	d := newDesk(t, m)
	const discord = `
1 time in which commands and buttons were not heard:
• Discord: 2 Mar 2026 10:00 UTC to 2 Mar 2026 10:15 UTC (15 min)
The connection was lost, and what people wrote or pressed then does not come again: do it once more. Alerts don't depend on it.`
	said := do(t, d, asks("coverage")).Text()
	require.True(t, strings.HasSuffix(said, discord), said)
	note, _, err := d.CoverageNote(t.Context(), guild, noon)
	require.NoError(t, err)
	require.Contains(t, note.Text(), "2 times in which")
	require.Contains(t, note.Text(), "• Slack: 2 Mar 2026 09:00 UTC to 2 Mar 2026 09:00 UTC (0 s)")
	terminal := asks("coverage")
	terminal.Workspace, terminal.Channel = "console", "console:desk"
	require.Contains(t, do(t, d, terminal).Text(), "2 times in which")

	m.covered.Unheard = nil
	require.NotContains(t, do(t, d, asks("coverage")).Text(), "heard")
	for n := range 100 {
		m.covered.Unheard = append(m.covered.Unheard, alerts.Unheard{Platform: "discord", From: at(float64(n)), To: at(float64(n))})
	}
	said = do(t, d, asks("coverage")).Text()
	require.Contains(t, said, "100 times in which")
	require.Equal(t, 5, strings.Count(said, "• Discord:"))
	require.Contains(t, said, "• and 95 more")
}

// An article that was told with others leads to the message that tells it.
func TestWhyAnArticleWasToldWithOthers(t *testing.T) {
	m := furnished()
	m.decided[0].Verb, m.decided[0].Reason = alerts.Gathered, alerts.LateRead
	told := m.told[0]
	told.Batch, told.Decisions, told.Alert.Title = 2, m.decided, "Late: 2 stories from 2 sources"
	m.told = nil
	d := newDesk(t, m)
	article := do(t, d, asks("why", "alert", "https://news.example/witkoff")).Text()
	require.Contains(t, article, "gathered, read long after it was published: told together with others (Steve Witkoff of us-russia)")
	require.Contains(t, article, "still to come")
	m.told = append(m.told, told)
	require.Contains(t, do(t, d, asks("why", "alert", "https://news.example/witkoff")).Text(), "The whole story: /why alert:"+told.Alert.ID)
	batch := do(t, d, asks("why", "alert", told.Alert.ID)).Text()
	require.Contains(t, batch, "Late: 2 stories from 2 sources")
	require.Contains(t, batch, "What was decided: gathered, read long after it was published: told together with others.")
	require.Contains(t, batch, "Its stories, 1 to 2 of 2:")
	require.Contains(t, batch, "News (US, independent) · Steve Witkoff: *Steve Witkoff* (full name)")
	require.Contains(t, batch, "Kremlin backs US envoy Steve Witkoff (https://other.example/w)")
	require.Contains(t, batch, "All about one: /why alert:https://news.example/witkoff")
}

// However many stories a message tells, the answers lead through all of them.
func TestWhyPagesThroughAllStoriesOfAMessage(t *testing.T) {
	m := furnished()
	told := &m.told[0]
	told.Batch, told.Articles = 43, nil
	for i := range told.Batch {
		f := m.found[0]
		f.Article.Title = fmt.Sprintf("Story number %d of %s", i+1, strings.Repeat("many words ", i))
		told.Articles = append(told.Articles, f)
	}
	d := newDesk(t, m)
	line, seen := "why "+told.Alert.ID, 0
	for line != "" {
		r := d.DoLine(t.Context(), asks(""), line)
		require.False(t, r.Failed, r.Text())
		for strings.Contains(r.Text(), fmt.Sprintf("\n• %d · ", seen+1)) {
			seen++
			require.Contains(t, r.Text(), fmt.Sprintf("Story number %d of", seen))
		}
		require.NotContains(t, r.Text(), fmt.Sprintf("Story number %d of", seen+1))
		require.LessOrEqual(t, len(r.Text()), 4000)
		line = ""
		if len(r.Offers) > 0 {
			line = r.Offers[0].Line
			require.Equal(t, fmt.Sprintf("why %s from:%d", told.Alert.ID, seen+1), line)
		}
	}
	require.Equal(t, 43, seen)
	require.Contains(t, do(t, d, asks("why", "alert", told.Alert.ID, "from", "44")).Text(), "It tells 43 stories")
	require.Contains(t, do(t, d, asks("why", "alert", told.Alert.ID, "from", "x")).Text(), "from: takes the number of a story")
}

// What a person discarded is said to be, and by whom.
func TestWhySaysWhoDiscardedAMessage(t *testing.T) {
	m := furnished()
	m.decided[0].Verb, m.decided[0].Reason = alerts.Skipped, alerts.Discarded
	m.told[0].State, m.told[0].Reason, m.told[0].Discarded = alerts.StateFailed, "refused", "Ann"
	d := newDesk(t, m)
	article := do(t, d, asks("why", "alert", "https://news.example/witkoff")).Text()
	require.Contains(t, article, "skipped, the story's message was discarded by a person")
	require.Contains(t, article, "The message was discarded by Ann: /why alert:"+m.told[0].Alert.ID)
	require.Contains(t, do(t, d, asks("why", "alert", m.told[0].Alert.ID)).Text(), "is not sent, discarded by Ann: refused.")
	m.told[0].Reason = "discarded by Ann while the channel is stopped: gone"
	require.Contains(t, do(t, d, asks("why", "alert", m.told[0].Alert.ID)).Text(), "is not sent: discarded by Ann while the channel is stopped: gone.")
}

// A duplicate says that it is one.
func TestWhyADuplicateWasNotTold(t *testing.T) {
	m := furnished()
	m.decided[0].Verb, m.decided[0].Reason = alerts.Skipped, alerts.Duplicate
	require.Contains(t, do(t, newDesk(t, m), asks("why", "alert", "https://news.example/witkoff")).Text(),
		"this channel: skipped, the feed had this article before, under another id")
}

// A server that said when it may be asked again is not asked before, and the answer says until when.
func TestARetryWaitsForWhatTheServerAsked(t *testing.T) {
	m := furnished()
	m.feeds[1].Cursor.Manners.NotBefore = noon.Add(3 * time.Hour)
	require.Contains(t, do(t, newDesk(t, m), asks("feeds retry", "name", "other")).Text(),
		"other is polled at 2 Mar 2026 15:00 UTC and then by its schedule: its server asked not to be asked before (Retry-After).")
}

func TestCoverageAndRetryReply(t *testing.T) {
	for line, want := range map[string]string{
		"coverage":           "Coverage since 23 Feb 2026\n2 feeds, 0 polls, 0 articles read, 0 near misses.\n1 feed fails:\n• other was last read 1 Mar",
		"coverage since:2w":  "Coverage since 16 Feb 2026",
		"coverage often":     "is no span of time. Write days or weeks, at most ten years: /coverage since:7d",
		"feeds retry other":  "other is polled at once and then by its schedule.",
		"feeds retry news":   "The feed news is read without trouble, by its schedule.",
		"feeds retry othr":   "Did you mean /feeds retry name:other?",
		"feeds retry hidden": "There is no feed hidden.",
	} {
		require.Contains(t, newDesk(t, furnished()).DoLine(t.Context(), asks(""), line).Text(), want, line)
	}
}
