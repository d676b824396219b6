package store

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// newsdesk is a desktop that has read its feed once and is told everything one by one.
func newsdesk(t *testing.T, feeds ...string) *desktop {
	s, _ := open(t)
	return newsdeskOn(t, s, feeds...)
}

func newsdeskOn(t *testing.T, s *Store, feeds ...string) *desktop {
	d := desktopOn(t, s, feeds...)
	d.plansOn(s)
	d.reads()
	return d
}

// plansOn makes the desktop plan on what the ledger says.
func (d *desktop) plansOn(l alerts.Ledger) {
	d.engine = alerts.NewEngine(l, alerts.Terms{MaxAge: 7 * 24 * time.Hour, Burst: -1}, func() time.Time { return d.now }, slog.New(slog.DiscardHandler))
}

// publishes reads n new articles, from the first, ten minutes after what was read before.
func (d *desktop) publishes(first, n int) {
	d.t.Helper()
	d.now = d.now.Add(10 * time.Minute)
	var all []alerts.Article
	for i := range n {
		all = append(all, d.item(first+i, 0))
	}
	d.reads(all...)
}

// next claims the next message of the channel and settles it so; nil if none is due.
func (d *desktop) next(c alerts.Channel, as alerts.Settlement) *alerts.Delivery {
	d.t.Helper()
	for _, one := range claimed(d.t, d.store, d.now, 10) {
		if one.Channel == c {
			settled(d.t, d.store, one, as, d.now)
			return &one
		}
		settled(d.t, d.store, one, alerts.Settlement{State: alerts.StatePending, NotBefore: d.now.Add(1000 * time.Hour), Refund: true}, d.now)
	}
	return nil
}

// delivers sends what waits in the channel, and returns it.
func (d *desktop) delivers(c alerts.Channel) (out []alerts.Delivery) {
	d.t.Helper()
	for {
		one := d.next(c, sent(fmt.Sprint("m", len(out))))
		if one == nil {
			return out
		}
		out = append(out, *one)
	}
}

// After an outage one message tells what waited, and each story is answered for.
func TestWhatWasHeldUpIsToldInOneMessage(t *testing.T) {
	d := newsdesk(t, "un")
	d.publishes(0, 30)
	d.now = d.now.Add(2 * time.Hour)
	posted := d.delivers(desk)
	require.Len(t, posted, 2, "the first, and all others")
	digest := posted[1].Alert
	require.Equal(t, "Held up: 29 stories from un", digest.Title)
	require.Equal(t, []string{"@desk"}, digest.Pings())
	require.Len(t, digest.Stories, 25)
	require.Equal(t, 4, digest.More)
	seen := map[string]bool{}
	for skip := 0; skip < 29; skip += 10 {
		told, ok, err := d.store.Told(t.Context(), guild, digest.ID, skip)
		require.NoError(t, err)
		require.True(t, ok)
		require.Equal(t, 29, told.Batch)
		for _, f := range told.Articles {
			seen[f.Article.Key] = true
		}
		for _, x := range told.Decisions {
			require.Equal(t, alerts.Gathered, x.Verb)
			require.Equal(t, alerts.Overdue, x.Reason)
		}
	}
	require.Len(t, seen, 29)
	one := digest.Stories[3]
	told, ok, err := d.store.Told(t.Context(), guild, alerts.NewAlertID(desk, one.Story), 0)
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, digest.ID, told.Alert.ID, "/why of a story leads to the message that tells it")
	require.Zero(t, count(t, d.store, `SELECT COUNT(*) FROM deliveries WHERE channel = 'discord:1/10' AND state <> 'sent'`))

	require.Equal(t, alerts.SameStory, d.again(5).Reason, "a story's next article joins it")
	require.Empty(t, d.delivers(desk), "and makes no message")
	d.publishes(200, 1)
	require.Len(t, d.delivers(desk), 1, "what comes after is posted alone")
}

// What arrived is recorded also where the others can't be told together, and they are still there.
func TestAMessageIsSentWhateverComesOfTheOthers(t *testing.T) {
	d := newsdesk(t, "un")
	d.publishes(0, 30)
	d.now = d.now.Add(2 * time.Hour)
	broken := count(t, d.store, `SELECT MAX(id) FROM deliveries WHERE channel = 'discord:1/10'`)
	_, err := d.store.write.ExecContext(t.Context(), `UPDATE deliveries SET alert = '{"title":5}' WHERE id = $1`, broken)
	require.NoError(t, err)
	require.NotNil(t, d.next(desk, sent("m")))
	require.Equal(t, 1, count(t, d.store, `SELECT COUNT(*) FROM deliveries WHERE channel = 'discord:1/10' AND state = 'sent'`))
	require.Equal(t, 29, count(t, d.store, `SELECT COUNT(*) FROM deliveries WHERE channel = 'discord:1/10' AND state = 'pending'`))
	require.Zero(t, count(t, d.store, `SELECT COUNT(*) FROM gatherings`), "nothing is half done")

	_, err = d.store.write.ExecContext(t.Context(), `UPDATE deliveries SET alert = (SELECT alert FROM deliveries WHERE id = $1) WHERE id = $2`, broken-1, broken)
	require.NoError(t, err)
	require.Len(t, d.delivers(desk), 2, "the next success tells the others together")
}

// Few, or what only came quickly, is posted one by one; what is asked for by a person and what was tried is not touched.
func TestWhatIsNotHeldUpIsPostedOneByOne(t *testing.T) {
	d := newsdesk(t, "un")
	d.publishes(0, 21)
	d.now = d.now.Add(2 * time.Hour)
	require.Len(t, d.delivers(desk), 21, "twenty behind the first")
	d.publishes(100, 60)
	require.Len(t, d.delivers(desk), 60, "nothing held them up")

	d.publishes(200, 30)
	require.NotNil(t, d.next(desk, alerts.Settlement{State: alerts.StatePending, NotBefore: d.now, Uncertain: true}))
	sample := alerts.Delivery{Channel: desk, Story: "sample", Part: alerts.Root, Alert: alerts.Alert{ID: "sample", Sample: true}, Drawing: 1}
	require.NoError(t, d.store.Enqueue(t.Context(), change(guild), sample))
	d.now = d.now.Add(2 * time.Hour)
	posted := d.delivers(desk)
	require.Len(t, posted, 3)
	require.Len(t, posted[1].Alert.Stories, 25)
	require.Equal(t, alerts.StoryID("sample"), posted[2].Story)
}

// More than a thousand are told in messages of a thousand, and what other outlets added meanwhile is in it.
func TestMoreThanAThousandAreToldInSeveral(t *testing.T) {
	d := newsdesk(t, "un")
	d.publishes(0, 1100)
	d.again(1)
	d.now = d.now.Add(2 * time.Hour)
	posted := d.delivers(desk)
	require.Len(t, posted, 3)
	require.Equal(t, 1000, len(posted[1].Alert.Stories)+posted[1].Alert.More)
	require.Equal(t, 99, len(posted[2].Alert.Stories)+posted[2].Alert.More)
	require.Empty(t, d.delivers(desk))
}

// What was planned while the stories were to be posted alone is planned anew.
func TestCondensingMakesWhatIsPlannedOld(t *testing.T) {
	d := newsdesk(t, "un")
	d.publishes(0, 30)
	d.now = d.now.Add(2 * time.Hour)
	w, err := d.store.World(t.Context(), alerts.Question{Now: d.now})
	require.NoError(t, err)
	require.NotNil(t, d.next(desk, sent("m")))
	planned := alerts.Outcome{AsOf: w.AsOf, Visit: alerts.Visit{Feed: alerts.Feed{ID: 1}, At: d.now}, Deliveries: []alerts.Delivery{{
		Channel: desk, Story: d.posts(desk)[1].Stories[0].Story, Part: alerts.EditPart(1), Drawing: 1,
	}}}
	require.ErrorIs(t, d.store.Record(t.Context(), []alerts.Outcome{planned}), alerts.ErrMoved)
}

// A message of held-up stories that failed and is tried again tells them again, each once.
func TestAFailedMessageOfHeldUpStories(t *testing.T) {
	d := newsdesk(t, "un")
	d.publishes(0, 30)
	d.now = d.now.Add(2 * time.Hour)
	require.NotNil(t, d.next(desk, sent("m")))
	require.NotNil(t, d.next(desk, alerts.Settlement{State: alerts.StateFailed, Reason: "no way"}))
	failed, _, err := d.store.Undelivered(t.Context(), guild, alerts.WantFailed, 10)
	require.NoError(t, err)
	require.Len(t, failed, 1, "what does not arrive is on the list")
	require.Equal(t, alerts.NewStory, d.again(7).Reason, "nobody was told")
	require.NoError(t, d.store.RetryDelivery(t.Context(), change(guild), failed[0].ID))
	posted := d.delivers(desk)
	require.Len(t, posted, 2)
	require.Equal(t, 28, len(posted[0].Alert.Stories)+posted[0].Alert.More)
}

// Whatever comes in whatever order, and however often the bot dies before it knows what became of a message, each story is
// told in its channel once, and in the order of the queue.
func TestHeldUpStoriesAreToldOnce(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		d := newsdesk(t, "un")
		published, told := 0, map[alerts.StoryID]int{}
		send := func(most int) {
			for range most {
				as := sent("m")
				if dies := rapid.IntRange(0, 9).Draw(r, "dies") == 0; dies {
					claimed(t, d.store, d.now, 10) // and the lease runs out
					d.now = d.now.Add(lease)
					continue
				}
				one := d.next(desk, as)
				if one == nil {
					return
				}
				if len(one.Alert.Stories) == 0 && one.Part.Kind() == "post" {
					told[one.Story]++
				}
			}
		}
		for range rapid.IntRange(1, 6).Draw(r, "rounds") {
			n := rapid.IntRange(1, 40).Draw(r, "articles")
			d.publishes(published, n)
			published += n
			if rapid.Bool().Draw(r, "joined") {
				d.again(rapid.IntRange(0, published-1).Draw(r, "by"))
			}
			d.now = d.now.Add(time.Duration(rapid.IntRange(0, 90).Draw(r, "minutes")) * time.Minute)
			send(rapid.IntRange(0, 50).Draw(r, "sends"))
		}
		for count(t, d.store, `SELECT COUNT(*) FROM deliveries WHERE channel = 'discord:1/10' AND state IN ('pending', 'sending')`) > 0 {
			d.now = d.now.Add(lease)
			send(100)
		}
		gathered := count(t, d.store, `SELECT COUNT(*) FROM gatherings g JOIN deliveries d ON d.channel = g.channel AND d.story = g.batch AND d.state = 'sent' WHERE g.channel = 'discord:1/10'`)
		require.Equal(t, published, len(told)+gathered, "each is told")
		for id, n := range told {
			require.Equal(t, 1, n, id)
		}
		require.Zero(t, count(t, d.store, toldTwice), "told twice")
		require.Equal(t, published, count(t, d.store, `SELECT COUNT(*) FROM decisions WHERE channel = 'discord:1/10' AND verb IN ('posted', 'gathered')`))
	})
}
