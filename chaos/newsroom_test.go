package chaos

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	feedItems    = 200             // that a feed holds, as feeds forget old ones
	feedInterval = 2 * time.Second // between polls of a feed
	arrival      = time.Minute     // for all to arrive; only a loss takes so long
)

// A newsroom serves feeds in which bulletins appear, and keeps when each was asked for.
type newsroom struct {
	url   string
	feeds int

	mu        sync.Mutex
	published []time.Time // of each bulletin
	polls     [][]time.Time
}

func newNewsroom(t *testing.T, feeds int) *newsroom {
	n := &newsroom{feeds: feeds, polls: make([][]time.Time, feeds)}
	s := httptest.NewServer(http.HandlerFunc(n.serve))
	t.Cleanup(s.Close)
	n.url = s.URL
	return n
}

// feedURL is the address of a feed.
func (n *newsroom) feedURL(feed int) string { return fmt.Sprintf("%s/%d", n.url, feed) }

func (n *newsroom) urls() (all []string) {
	for i := range n.feeds {
		all = append(all, n.feedURL(i))
	}
	return all
}

// publish adds a bulletin. It is in the feed whose number is that of the bulletin modulo the number of feeds.
func (n *newsroom) publish() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.published = append(n.published, time.Now())
}

func (n *newsroom) count() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return len(n.published)
}

// at is when a bulletin was published.
func (n *newsroom) at(bulletin int) time.Time {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.published[bulletin]
}

// asked is when a feed was polled, in order.
func (n *newsroom) asked(feed int) []time.Time {
	n.mu.Lock()
	defer n.mu.Unlock()
	return append([]time.Time(nil), n.polls[feed]...)
}

// opened waits until each feed was read once and that was kept, so that what comes is news.
func (n *newsroom) opened(t *testing.T) {
	t.Helper()
	for i := range n.feeds {
		require.Eventually(t, func() bool { return len(n.asked(i)) > 1 }, time.Minute, 20*time.Millisecond, "feed %d is not polled", i)
	}
}

func (n *newsroom) serve(w http.ResponseWriter, r *http.Request) {
	feed, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/"))
	if err != nil || feed >= n.feeds {
		http.NotFound(w, r)
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.polls[feed] = append(n.polls[feed], time.Now())
	w.Header().Set("Content-Type", "application/rss+xml")
	fmt.Fprintf(w, `<?xml version="1.0"?><rss version="2.0"><channel><title>Feed %d</title><link>%s</link><description>-</description><language>en</language>`, feed, n.url)
	items := 0
	for i := len(n.published) - 1; i >= 0 && items < feedItems; i-- {
		if i%n.feeds != feed {
			continue
		}
		a := bulletin(i, n.published[i])
		fmt.Fprintf(w, `<item><guid isPermaLink="false">%s</guid><link>https://feed-%d.example/%d</link><title>%s</title><description>%s</description><pubDate>%s</pubDate></item>`,
			a.Key, feed, i, escaped(a.Title), escaped(a.Text), a.Published.Format(time.RFC1123Z))
		items++
	}
	fmt.Fprint(w, `</channel></rss>`)
}

func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder takes all
	return b.String()
}

// arrived waits until all that was published stands in every channel, or nothing more comes, and a little longer, and counts.
func (r *run) arrived(n *newsroom) tally {
	r.t.Helper()
	look := func() tally { return r.counted(n.count(), n.feeds) }
	for got, until := look(), time.Now().Add(arrival); got.lost > 0 && time.Now().Before(until); {
		<-time.After(100 * time.Millisecond)
		was := got.lost
		if got = look(); got.lost < was {
			until = time.Now().Add(arrival)
		}
	}
	<-time.After(r.mission.Pace.Lease + settle) // what is doubled comes late
	got := look()
	r.pace.ended = time.Now()
	return got
}

// counted is what the channels show of so many bulletins from so many feeds.
func (r *run) counted(bulletins, feeds int) tally {
	got := tally{kills: r.kills, early: r.platform.early()}
	for _, c := range r.platform.channels {
		got.count(bulletins, feeds, r.platform.shown(c))
	}
	return got
}
