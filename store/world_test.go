package store

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/story"
)

func TestOfManyStoriesThatShareAKeyTheNewestAreRead(t *testing.T) {
	s, _ := open(t)
	f := withFeed(t, s)
	o := alerts.Outcome{Visit: visit(f)}
	for i := range 4 * story.MaxPerKey {
		r := article(f, i) // all under the key "url"
		r.Article.Published = noon.Add(time.Duration(i) * time.Second)
		o.Recorded = append(o.Recorded, r)
	}
	require.NoError(t, s.Record(t.Context(), []alerts.Outcome{o}))
	r := o.Recorded
	ask := func(keys ...story.Key) (ids []string) {
		w, err := s.World(t.Context(), alerts.Question{StoryKeys: keys})
		require.NoError(t, err)
		for _, c := range w.Stories {
			ids = append(ids, c.ID)
		}
		return ids
	}
	var newest []string
	for _, v := range r[3*story.MaxPerKey:] {
		newest = append(newest, string(v.Story))
	}
	require.ElementsMatch(t, newest, ask("url"))
	require.Equal(t, []string{string(r[0].Story)}, ask("h0"), "an old one by a key of its own")
	require.ElementsMatch(t, append(newest, string(r[0].Story)), ask("url", "h0"), "a bound for each key")
}

func TestOfEquallyNewStoriesTheSameAreReadEachTime(t *testing.T) {
	s, _ := open(t)
	f := withFeed(t, s)
	o := alerts.Outcome{Visit: visit(f)}
	least := []string{}
	for i := range 2 * story.MaxPerKey {
		r := article(f, i)
		r.Article.Published, r.Story = noon.Add(-time.Hour), alerts.StoryID(fmt.Sprintf("s%03d", (i*37)%(2*story.MaxPerKey)))
		o.Recorded = append(o.Recorded, r)
		if i < story.MaxPerKey {
			least = append(least, fmt.Sprintf("s%03d", i))
		}
	}
	require.NoError(t, s.Record(t.Context(), []alerts.Outcome{o}))
	w, err := s.World(t.Context(), alerts.Question{StoryKeys: []story.Key{"url"}})
	require.NoError(t, err)
	var got []string
	for _, c := range w.Stories {
		got = append(got, c.ID)
	}
	require.Equal(t, least, got)
}
