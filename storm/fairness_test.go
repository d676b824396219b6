package storm

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/adaptertest/memnet"
	"github.com/seed-6c43f0f2/attache/adapters/discord/discordtest"
	"github.com/seed-6c43f0f2/attache/adapters/slack/slacktest"
	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
	"github.com/seed-6c43f0f2/attache/feeds"
	"github.com/seed-6c43f0f2/attache/store"
)

// The town of P7: a hundred feeds that have news each time they are read, each heard by two channels.
const (
	townFeeds    = 100
	townChannels = 2 * townFeeds
	slowAnswer   = 25 * time.Second
	callTime     = 60 * time.Millisecond // of the platform's
	askedToWait  = 20 * time.Second
	pollTick     = 5 * time.Second // how often cmd/bot looks for what is due
	worse        = 2               // times: the most that healthy news may take beside others' trouble
)

// Trouble befalls some of the town.
type trouble struct {
	slow      bool // every other feed answers after 25 s
	throttled bool // every tenth channel is asked to wait 20 s, again and again
	shared    bool // one channel's refusal is taken for all: the control
}

// throttles tells whether a channel is one of those: of the two of a feed at most one, and of slow and other feeds alike.
func throttles(channel int) bool { return channel%20 == 2 || channel%20 == 4 }

// slows tells whether a feed is slow.
func slows(feed int) bool { return feed%2 == 0 }

// A timekeeper notes how long news takes from when its feed was due until a channel has it: only where neither the feed nor
// the channel has trouble, whichever it is.
type timekeeper struct {
	alerts.Poster

	shared bool
	mu     sync.Mutex
	due    map[int]time.Time    // by feed
	since  map[string]time.Time // by URL: when it could have been read
	well   map[alerts.Channel]bool
	from   time.Time // what comes before is not counted: all feeds are new then
	took   []time.Duration
}

// Post implements alerts.Poster.
func (k *timekeeper) Post(ctx context.Context, d alerts.Delivery) (string, error) {
	id, err := k.Poster.Post(ctx, d)
	if e := (*alerts.SendError)(nil); k.shared && errors.As(err, &e) && e.Class == alerts.Wait {
		e.Global = true
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if since, known := k.since[d.Alert.URL]; err == nil && known && k.well[d.Channel] && since.After(k.from) {
		k.took = append(k.took, time.Since(since))
	}
	return id, err
}

// String says how many messages came, and how long they took.
func (k *timekeeper) String() string {
	if len(k.took) == 0 {
		return "no message"
	}
	return fmt.Sprintf("%d messages, p50 %s, p95 %s, p99 %s", len(k.took), k.most(50), k.most(95), k.most(99))
}

// most is what so many in a hundred took at most.
func (k *timekeeper) most(percent int) time.Duration {
	slices.Sort(k.took)
	return k.took[len(k.took)*percent/100]
}

// fetch is the town's web: each time it is asked a feed has another item.
func (k *timekeeper) fetch(watched []string, slow bool) func(context.Context, alerts.Feed) feeds.Fetched {
	asked := map[int]int{}
	return func(ctx context.Context, f alerts.Feed) feeds.Fetched {
		var n int
		if _, err := fmt.Sscanf(f.Name(), "feed-%d", &n); err != nil {
			return feeds.Fetched{Err: err}
		}
		if slow && slows(n) {
			select {
			case <-time.After(slowAnswer):
			case <-ctx.Done():
				return feeds.Fetched{Err: ctx.Err()}
			}
		}
		k.mu.Lock()
		defer k.mu.Unlock()
		asked[n]++
		url := fmt.Sprintf("https://feed-%d.example/%d", n, asked[n])
		if k.since[url] = time.Now(); !k.due[n].IsZero() {
			k.since[url] = k.due[n]
		}
		text := strings.Join(words(uint64(n*1000+asked[n]), 20), " ")
		return feeds.Fetched{Status: 200, URL: f.URL, Body: fmt.Appendf(nil,
			`<rss version="2.0"><channel><title>%d</title><item><title>%s %s</title><link>%s</link><guid>%s</guid></item></channel></rss>`,
			n, watched[n], text, url, url)}
	}
}

// town lets the town live for so long, and returns what its timekeeper noted.
func town(t *testing.T, r *rig, span time.Duration, b trouble) *timekeeper {
	t.Helper()
	k := &timekeeper{shared: b.shared, from: time.Now().Add(span / 2), due: map[int]time.Time{}, since: map[string]time.Time{}, well: map[alerts.Channel]bool{}}
	r.wrong = func(p alerts.Poster) alerts.Poster { k.Poster = p; return k }
	r.start()
	watched := words(0, townFeeds)
	require.NoError(t, r.store.SyncFile(t.Context(), aTown(r, watched)))
	for c := range townChannels {
		if b.throttled && throttles(c) {
			r.askToWait(r.channel(c), int(span/askedToWait))
		}
		k.well[r.channel(c)] = !throttles(c) && !slows(c/2)
	}
	engine := alerts.NewEngine(r.store, alerts.Terms{Burst: -1}, r.now, slog.New(slog.DiscardHandler))
	p := &feeds.Poller{
		Queue: r.store, Now: r.now, Fetch: k.fetch(watched, b.slow),
		Ingest: func(ctx context.Context, visits []alerts.Visit) error {
			_, err := engine.Ingest(ctx, visits)
			k.mu.Lock()
			defer k.mu.Unlock()
			for _, v := range visits {
				var n int
				if _, err := fmt.Sscanf(v.Feed.Name(), "feed-%d", &n); err == nil {
					k.due[n] = v.NextPoll
				}
			}
			return err
		},
	}
	stop := r.live()
	ctx, cancel := context.WithTimeout(t.Context(), span) // with slow feeds there is always one on its way
	defer cancel()
	for ctx.Err() == nil {
		_, err := p.PollDue(ctx)
		require.NoError(t, err)
		select {
		case <-ctx.Done():
		case <-time.After(pollTick):
		}
	}
	stop()
	require.Zero(t, r.early(), "calls before a Retry-After was over")
	return k
}

// askToWait refuses the next calls for a channel, each with a wait of its own.
func (r *rig) askToWait(c alerts.Channel, times int) {
	if r.slack != nil {
		r.slack.Fail(slacktest.Fault{Channel: c.ID(), Status: 429, RetryAfter: fmt.Sprint(askedToWait.Seconds()), Times: times})
		return
	}
	r.discord.Fail(discordtest.Fault{Channel: c.ID(), Status: 429, Scope: "user", After: askedToWait, Times: times})
}

// early counts the calls that came too soon.
func (r *rig) early() int {
	if r.slack != nil {
		return r.slack.Early()
	}
	return r.discord.Early()
}

// aTown is the town's file.
func aTown(r *rig, watched []string) store.FileContent {
	content := store.FileContent{Now: r.now()}
	for f := range townFeeds {
		name := fmt.Sprint("feed-", f)
		list := alerts.Watchlist{ListRef: alerts.ListRef{Name: fmt.Sprint("list-", f)}}
		list.Watches = []alerts.Watch{{Spec: match.Spec{Kind: match.Topic, Name: "topic-" + watched[f], Query: watched[f]}}}
		content.Watchlists = append(content.Watchlists, list)
		content.Feeds = append(content.Feeds, alerts.Feed{
			URL: "https://" + name + ".example/rss", Source: alerts.Source{Name: name, Language: "en"}, New: alerts.NewAll,
			Listings: []alerts.Listing{{Name: name, Schedule: fmt.Sprintf("@every %ds", 60+f*7%60)}},
		})
		for c := range 2 {
			content.Subscriptions = append(content.Subscriptions, alerts.Subscription{Channel: r.channel(2*f + c), List: list.ListRef})
		}
	}
	return content
}

// TestOthersTroubleIsTheirs is P7 of the promises: with every other feed slow and a tenth of the channels asked to wait, news
// of the other feeds is in the other channels within twice the time that it takes where there is no trouble. Where one
// channel's refusal is taken for all it is not, so that the test can fail.
func TestOthersTroubleIsTheirs(t *testing.T) {
	span := time.Duration(sized(6, 60)) * time.Minute
	for name, vendorOf := range busyVendors() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lived := func(b trouble) (k *timekeeper) {
				synctest.Test(t, func(t *testing.T) { k = town(t, newRig(t, vendorOf), span, b) })
				t.Logf("%+v: %s", b, k)
				return k
			}
			if racing { // how long things take the race detector does not change: all trouble once, for races
				require.NotEmpty(t, lived(trouble{slow: true, throttled: true}).took)
				return
			}
			base := lived(trouble{})
			suffers := func(k *timekeeper) bool {
				return len(k.took) < len(base.took)*3/4 || k.most(95) > worse*base.most(95)
			}
			require.Greater(t, len(base.took), 100)
			require.False(t, suffers(lived(trouble{throttled: true})))
			require.False(t, suffers(lived(trouble{slow: true, throttled: true})))
			require.True(t, suffers(lived(trouble{slow: true, throttled: true, shared: true})), "one wait for all would go unnoticed")
		})
	}
}

// busyVendors are platforms that take their time for each call.
func busyVendors() weather {
	return weather{
		"discord": func(t *testing.T, n *memnet.Network) *vendor {
			t.Helper()
			v := newDiscord(t, n, discordtest.Limits{})
			v.discord.Draw = func() (discordtest.Fault, bool) { return discordtest.Fault{Lag: callTime}, true }
			return v
		},
		"slack": func(t *testing.T, n *memnet.Network) *vendor {
			t.Helper()
			return newSlack(t, n, slacktest.Config{Draw: func(string) (slacktest.Fault, bool) { return slacktest.Fault{Lag: callTime}, true }})
		},
	}
}
