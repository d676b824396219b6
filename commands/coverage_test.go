package commands_test

import (
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
		Gaps: []alerts.NamedGap{{Name: "news", Gap: alerts.Gap{Feed: 1, From: noon.Add(-9 * time.Hour), To: noon.Add(-2 * time.Hour), Found: noon}}},
	}
	d := newDesk(t, m)
	require.Equal(t, `Coverage since 23 Feb 2026
2 feeds, 2016 polls (3 failed), 310 articles read, 5 near misses.
1 feed fails:
• other was last read 1 Mar 2026 12:00 UTC; 3 visits failed since: The site answers that the page is gone. It is not polled any more: it could not be read for two weeks.
To poll one again that was given up: /feeds retry name:other
14 gaps, in which articles may have been missed:
• news: 2 Mar 2026 03:00 UTC to 2 Mar 2026 10:00 UTC
• and 13 more
A feed that holds few items needs a faster schedule; what it dropped while the bot was away can't be fetched any more.`, do(t, d, asks("coverage")).Text())
	require.Contains(t, do(t, d, asks("feeds list")).Text(), "other · Other (RU, state-run) · @every 10m · given up")

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

// An article that was told with others leads to the message that tells it.
func TestWhyAnArticleWasToldWithOthers(t *testing.T) {
	m := furnished()
	m.decided[0].Verb, m.decided[0].Reason = alerts.Gathered, alerts.LateRead
	told := m.told[0]
	told.Batch, told.Decisions, told.Alert.Title = true, m.decided, "Late: 2 stories from 2 sources"
	m.told = nil
	d := newDesk(t, m)
	article := do(t, d, asks("why", "alert", "https://news.example/witkoff")).Text()
	require.Contains(t, article, "gathered, read long after it was published: told together with others (Steve Witkoff of us-russia)")
	require.Contains(t, article, "still to come")
	m.told = append(m.told, told)
	require.Contains(t, do(t, d, asks("why", "alert", "https://news.example/witkoff")).Text(), "The whole story: /why alert:"+told.Alert.ID)
	batch := do(t, d, asks("why", "alert", told.Alert.ID)).Text()
	require.Contains(t, batch, "Late: 2 stories from 2 sources")
	require.Contains(t, batch, "Its stories:")
	require.Contains(t, batch, "Kremlin backs US envoy Steve Witkoff (https://other.example/w)")
	require.Contains(t, batch, "All about one: /why alert:https://news.example/witkoff")
}

// A duplicate says that it is one.
func TestWhyADuplicateWasNotTold(t *testing.T) {
	m := furnished()
	m.decided[0].Verb, m.decided[0].Reason = alerts.Skipped, alerts.Duplicate
	require.Contains(t, do(t, newDesk(t, m), asks("why", "alert", "https://news.example/witkoff")).Text(),
		"this channel: skipped, the feed had this article before, under another id")
}

func TestCoverageAndRetryReply(t *testing.T) {
	for line, want := range map[string]string{
		"coverage":           "Coverage since 23 Feb 2026\n2 feeds, 0 polls, 0 articles read, 0 near misses.\n1 feed fails:\n• other was last read 1 Mar",
		"coverage since:2w":  "Coverage since 16 Feb 2026",
		"coverage often":     "is no span of time. Write days or weeks: /coverage since:7d",
		"feeds retry other":  "The feed other is polled by its schedule.",
		"feeds retry othr":   "Did you mean /feeds retry name:other?",
		"feeds retry hidden": "There is no feed hidden.",
	} {
		require.Contains(t, newDesk(t, furnished()).DoLine(t.Context(), asks(""), line).Text(), want, line)
	}
}
