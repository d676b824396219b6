package storm

import (
	"maps"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// publish puts deliveries into the outbox with the articles and decisions that they come of, in one transaction.
func (r *rig) publish(all ...alerts.Delivery) {
	r.t.Helper()
	now := r.now()
	o := alerts.Outcome{Visit: alerts.Visit{Feed: r.feed, At: now, Cursor: r.feed.Cursor, NextPoll: now.Add(time.Hour)}, Deliveries: all}
	known := map[alerts.StoryID]bool{}
	for _, d := range all {
		key := string(d.Story)
		if !known[d.Story] {
			known[d.Story] = true
			o.Recorded = append(o.Recorded, alerts.Recorded{Story: d.Story, Opens: true, Article: alerts.Article{
				Feed: r.feed.ID, Key: key, URL: d.Alert.URL, Canonical: d.Alert.URL, Title: d.Alert.Title, Published: now, Seen: now,
			}})
		}
		o.Decisions = append(o.Decisions, alerts.Decision{
			Channel: d.Channel, List: alerts.ListRef{Name: "list"}, Watch: "watch", Feed: r.feed.ID, ArticleKey: key, Story: d.Story,
			Verb: alerts.Posted, Reason: alerts.NewStory, At: now,
		})
	}
	require.NoError(r.t, r.store.Record(r.t.Context(), []alerts.Outcome{o}))
}

// A place is a story in a channel.
type place struct {
	channel alerts.Channel
	story   alerts.StoryID
}

// everything requires that each of the stories stands in its channel once, alone or in a message of several, that /why
// tells which, and that alone ones are in order. It returns how many messages tell them, by channel.
func (r *rig) everything(all ...alerts.Delivery) map[alerts.Channel]int {
	r.t.Helper()
	want := map[alerts.Channel][]string{}
	in := map[place]alerts.StoryID{} // the message that tells it
	for _, d := range all {
		at := place{d.Channel, d.Story}
		if _, known := in[at]; !known {
			r.why(d, in)
			root := alerts.Delivery{Channel: d.Channel, Story: in[at], Part: alerts.Root}
			require.Equal(r.t, 1, r.count(root), "what tells %s of %s", d.Alert.Title, d.Channel)
			want[d.Channel] = append(want[d.Channel], root.Ref())
		}
		if in[at] != d.Story {
			require.Zero(r.t, r.count(d), "told alone and with others: %s", d.Alert.Title)
		}
	}
	messages := map[alerts.Channel]int{}
	for c, refs := range want {
		require.Equal(r.t, refs, r.shown(c), "the order in %s", c)
		messages[c] = len(refs)
	}
	return messages
}

// why notes the message that tells the delivery's story, by /why of it, for all stories of that message, by /why of that
// one's pages: to ask for each of a message's hundreds would take the square of their number.
func (r *rig) why(d alerts.Delivery, in map[place]alerts.StoryID) {
	r.t.Helper()
	told, ok, err := r.store.Told(r.t.Context(), d.Channel.Workspace(), d.Alert.ID, 0)
	require.NoError(r.t, err)
	require.True(r.t, ok, "/why knows nothing of %s", d.Alert.Title)
	for seen, message := 0, told.Alert.Story; ; {
		for _, a := range told.Articles {
			at := place{d.Channel, a.Story}
			_, twice := in[at]
			require.False(r.t, twice, "two messages tell %s", a.Article.Title)
			in[at] = message
		}
		if seen += len(told.Articles); seen >= told.Batch {
			break
		}
		require.NotEmpty(r.t, told.Articles, "/why shows %d of %d stories", seen, told.Batch)
		told, _, err = r.store.Told(r.t.Context(), d.Channel.Workspace(), told.Alert.ID, seen)
		require.NoError(r.t, err)
	}
	_, named := in[place{d.Channel, d.Story}]
	require.True(r.t, named, "the message that tells %s does not name it", d.Alert.Title)
}

// away lets a story an interval come for each channel while the platform is away, the bot being killed now and then, and
// then works until nothing waits.
func away(r *rig, channels, each int, put func(*rig, ...alerts.Delivery)) (all []alerts.Delivery) {
	r.tick = 10 * time.Second
	r.start()
	_, kill := r.alive()
	for n := range each {
		var wave []alerts.Delivery
		for c := range channels {
			wave = append(wave, news(r.channel(c), n))
		}
		put(r, wave...)
		all = append(all, wave...)
		<-time.After(digestOutage / time.Duration(each))
		if n%(each/3) == 0 {
			kill()
			r.start()
			_, kill = r.alive()
		}
	}
	kill()
	r.start()
	for began := time.Now(); r.waiting() > 0 && time.Since(began) < time.Hour; {
		_, kill := r.alive()
		<-time.After(1700 * time.Millisecond)
		kill() // while messages are being sent and settled
		r.start()
	}
	return all
}

const digestOutage = 2 * time.Hour

// TestAnOutageEndsWithADigest is the end of D8: when messages get through again a channel gets one that was waited for,
// and one that tells all others, whatever dies on the way.
func TestAnOutageEndsWithADigest(t *testing.T) {
	channels, each := sized(3, 20), sized(36, 120)
	for name, platforms := range map[string]weather{"errors": failing(digestOutage), "no way through": unreachable(digestOutage)} {
		t.Run(name, func(t *testing.T) {
			if racing && name == "no way through" {
				t.Skip("SKIPPED: with the race detector the other outage stands for both")
			}
			in(t, platforms, func(t *testing.T, r *rig) {
				all := away(r, channels, each, (*rig).publish)
				messages := r.everything(all...)
				r.settled()
				most := 2
				if onServer() {
					most = 3 // what one that was killed was sending is its own until its lease ends: another finds out first
				}
				for c, n := range messages {
					require.LessOrEqual(t, n, most, "messages in %s", c)
				}
				require.Zero(t, r.early())
				require.Empty(t, r.told())
				t.Logf("%s: %d stories of %d channels after two hours: %d messages", r.name, len(all), channels, sum(messages))
			})
		})
	}
}

func sum(by map[alerts.Channel]int) (n int) {
	for m := range maps.Values(by) {
		n += m
	}
	return n
}

// TestControlOfDigests: what nobody decided about, as a person's own messages, is posted one by one: a flood.
func TestControlOfDigests(t *testing.T) {
	in(t, weather{"discord": failing(digestOutage)["discord"]}, func(t *testing.T, r *rig) {
		all := away(r, 1, 36, (*rig).record)
		r.once(all...)
		require.Len(t, r.shown(r.channel(0)), 36, "it must be a flood")
	})
}
