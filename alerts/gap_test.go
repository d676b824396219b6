package alerts_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

func TestGaps(t *testing.T) {
	f := feed(1, "herald")
	f.Cursor.Succeeded = noon.Add(-10 * time.Hour)
	at := func(key string, age time.Duration) alerts.Article {
		a := article(f, key, "Title "+key, "")
		a.Published = noon.Add(-age)
		return a
	}
	undated := func(key string) alerts.Article {
		a := article(f, key, "Title "+key, "")
		a.Published = time.Time{}
		return a
	}
	renamed := at("new-id", 11*time.Hour)
	renamed.Title = "Title b"
	pin := at("pin", 1000*time.Hour)
	before := []alerts.Article{at("b", 11*time.Hour), at("a", 12*time.Hour), pin}
	for _, c := range []struct {
		name        string
		before, now []alerts.Article
		gap         time.Duration // before noon, until when; 0 is none
	}{
		{"the windows meet", before, []alerts.Article{at("c", time.Hour), at("b", 11*time.Hour), pin}, 0},
		{"nothing new", before, before, 0},
		{"the last one was taken back", before, []alerts.Article{at("c", time.Hour), at("a", 12*time.Hour)}, 0},
		{"only what is pinned is left", before, []alerts.Article{pin, at("d", time.Hour), at("c", 3*time.Hour)}, 3 * time.Hour},
		{"all is new", before, []alerts.Article{at("d", time.Hour), at("c", 2*time.Hour)}, 2 * time.Hour},
		{"all is new and without a date", []alerts.Article{undated("b"), undated("a")}, []alerts.Article{undated("d"), undated("c")}, time.Nanosecond},
		{"dated ten years ahead", before, []alerts.Article{at("d", -87600*time.Hour)}, time.Nanosecond},
		{"the same words under another id", before, []alerts.Article{at("c", time.Hour), renamed}, 0},
		{"it had nothing before", nil, []alerts.Article{at("d", time.Hour)}, 0},
		{"it has nothing now", before, nil, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := lens(t, roster())
			first := alerts.Plan([]alerts.Visit{visit(f, c.before...)}, alerts.World{}, l, alerts.Terms{}, noon)
			w := alerts.World{Windows: map[alerts.FeedID]alerts.Window{1: first[0].Window}}
			got := alerts.Plan([]alerts.Visit{visit(f, c.now...)}, w, l, alerts.Terms{}, noon)[0].Gap
			if c.gap == 0 {
				require.Nil(t, got)
				return
			}
			want := alerts.Gap{Feed: 1, From: f.Cursor.Succeeded, To: noon.Add(-c.gap.Truncate(time.Second)), Found: noon}
			require.Equal(t, &want, got)

			unread := f
			unread.Cursor = alerts.Cursor{}
			require.Nil(t, alerts.Plan([]alerts.Visit{visit(unread, c.now...)}, w, l, alerts.Terms{}, noon)[0].Gap, "the first visit")
		})
	}
}

// Whatever a feed says of dates, what is new is announced and what is old is not.
func TestDatesNeverSuppressWrongly(t *testing.T) {
	f := feed(1, "herald")
	f.Due = noon
	for name, published := range map[string]time.Time{
		"ten years ahead": noon.AddDate(10, 0, 0), "1970": time.Unix(0, 0).UTC(), "none": {}, "year 1": time.Time{}.Add(time.Hour), "now": noon,
	} {
		a := article(f, "a", "Steve Witkoff arrives", text)
		a.Published = published
		out := alerts.Plan([]alerts.Visit{visit(f, a)}, alerts.World{}, lens(t, roster(hears(desk, "envoys"))), alerts.Terms{MaxAge: 7 * 24 * time.Hour}, noon)
		require.Len(t, deliveries(out), 1, name)
		require.Equal(t, alerts.NewStory, decisions(out)[0].Reason, name)
	}
}

func TestWhatIsLate(t *testing.T) {
	due := func(late time.Duration, failures int, failing time.Duration) alerts.Feed {
		f := feed(1, "herald")
		f.Due = noon.Add(-late)
		if failures > 0 {
			f.Cursor.Failures, f.Cursor.Failing = failures, noon.Add(-failing)
		}
		return f
	}
	for name, c := range map[string]struct {
		feed alerts.Feed
		age  time.Duration
		late bool
	}{
		"read in time":                        {due(time.Minute, 0, 0), 5 * time.Hour, false},
		"the bot was down":                    {due(9*time.Hour, 0, 0), 5 * time.Hour, true},
		"the bot was down, it is fresh":       {due(9*time.Hour, 0, 0), 30 * time.Minute, false},
		"the feed failed for hours":           {due(0, 7, 6*time.Hour), 5 * time.Hour, true},
		"the feed failed once, a blip":        {due(0, 1, 10*time.Minute), 5 * time.Hour, false},
		"it is not known when it was due":     {feed(1, "herald"), 5 * time.Hour, false},
		"older than max_age is not announced": {due(9*24*time.Hour, 0, 0), 8 * 24 * time.Hour, false},
	} {
		a := article(c.feed, "a", "Steve Witkoff arrives", text)
		a.Published = noon.Add(-c.age)
		out := alerts.Plan([]alerts.Visit{visit(c.feed, a)}, alerts.World{}, lens(t, roster(hears(desk, "envoys"))), alerts.Terms{MaxAge: 7 * 24 * time.Hour}, noon)
		require.Len(t, out[0].Gathered, map[bool]int{true: 1}[c.late], name)
		require.Len(t, decisions(out), 1, name)
	}
}

func TestWhenAdminsAreToldOfAFeed(t *testing.T) {
	health := func(failures int, failing time.Duration, told bool, disabled string) alerts.FeedHealth {
		h := alerts.FeedHealth{Feed: feed(1, "herald"), Told: told, Disabled: disabled}
		if h.Feed.Cursor.Failures = failures; failures > 0 {
			h.Feed.Cursor.Failing = noon.Add(-failing)
		}
		return h
	}
	const day = 24 * time.Hour
	for name, c := range map[string]struct {
		health alerts.FeedHealth
		turn   alerts.Turn
	}{
		"a blip":                        {health(1, 0, false, ""), alerts.Unturned},
		"often within hours":            {health(20, 5*time.Hour, false, ""), alerts.Unturned},
		"twice, a day apart":            {health(2, day, false, ""), alerts.Unturned},
		"for a day":                     {health(3, day, false, ""), alerts.Ill},
		"for two days, told to wait":    {health(1, 2*day, false, ""), alerts.Ill},
		"told already":                  {health(90, 13*day, true, ""), alerts.Unturned},
		"for two weeks":                 {health(300, 14*day, true, ""), alerts.Dead},
		"for two weeks, nobody told":    {health(2, 14*day, false, ""), alerts.Dead},
		"given up already":              {health(300, 20*day, true, "dead"), alerts.Unturned},
		"read again, of which was told": {health(0, 0, true, ""), alerts.Revived},
		"read again after a blip":       {health(0, 0, false, ""), alerts.Unturned},
	} {
		require.Equal(t, c.turn, c.health.Turn(noon), name)
	}
}

func TestHowLongAGapIs(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0 s", 45 * time.Second: "45 s", time.Minute: "1 min", 725 * time.Second: "12 min 5 s", 2*time.Hour + 10*time.Minute + 9*time.Second: "2 h 10 min",
		time.Hour + 20*time.Second: "1 h", 76 * time.Hour: "3 d 4 h", -time.Second: "0 s", 1499 * time.Millisecond: "1 s",
	} {
		require.Equal(t, want, alerts.Gap{From: noon, To: noon.Add(d)}.Length())
	}
}
