package storm

import (
	"context"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/adaptertest/memnet"
	"github.com/seed-6c43f0f2/attache/adapters/discord/discordtest"
	"github.com/seed-6c43f0f2/attache/adapters/slack/slacktest"
	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	outageTime = time.Hour
	callEvery  = 10 * time.Second // a channel's calls in an outage are at least so far apart
	firstPost  = 30 * time.Second // after it
	heapMost   = 64 << 20         // bytes more than before, while all that came waits in the outbox
	memoryMost = 256 << 20        // bytes of the process, the fake platform in it, until all is told
)

// A meter notes when posts were called for.
type meter struct {
	alerts.Poster

	mu    sync.Mutex
	calls map[alerts.Channel][]time.Time
	sent  []time.Time
}

// Post implements alerts.Poster.
func (m *meter) Post(ctx context.Context, d alerts.Delivery) (string, error) {
	m.mu.Lock()
	m.calls[d.Channel] = append(m.calls[d.Channel], time.Now())
	m.mu.Unlock()
	id, err := m.Poster.Post(ctx, d)
	if err == nil {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.sent = append(m.sent, time.Now())
	}
	return id, err
}

// first is when the first post was accepted.
func (m *meter) first() (time.Time, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.sent) == 0 {
		return time.Time{}, false
	}
	return m.sent[0], true
}

// fastest returns the most calls of one channel before the time, and the least time between two of them.
func (m *meter) fastest(before time.Time) (most int, least time.Duration, all int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	least = outageTime
	for _, times := range m.calls {
		n := 0
		for i, at := range times {
			if at.After(before) {
				break
			}
			n++
			if i > 0 {
				least = min(least, at.Sub(times[i-1]))
			}
		}
		most, all = max(most, n), all+n
	}
	return most, least, all
}

// weather is what platforms are like.
type weather = map[string]func(*testing.T, *memnet.Network) *vendor

// failing are platforms that answer every post with an error until the outage is over.
func failing(span time.Duration) weather {
	over := func() func() bool {
		end := time.Now().Add(span)
		return func() bool { return !time.Now().Before(end) }
	}
	return weather{
		"discord": func(t *testing.T, n *memnet.Network) *vendor {
			v, over := newDiscord(t, n, discordtest.Limits{}), over()
			v.discord.Draw = func() (discordtest.Fault, bool) { return discordtest.Fault{Status: 503, Page: true}, !over() }
			return v
		},
		"slack": func(t *testing.T, n *memnet.Network) *vendor {
			over := over()
			return newSlack(t, n, slacktest.Config{Draw: func(string) (slacktest.Fault, bool) { return slacktest.Fault{Status: 503}, !over() }})
		},
	}
}

// unreachable are platforms that nothing reaches until the outage is over.
func unreachable(span time.Duration) weather {
	all := both()
	for name, make := range all {
		all[name] = func(t *testing.T, n *memnet.Network) *vendor {
			n.Turn(memnet.Swallows)
			time.AfterFunc(span, func() { n.Turn(memnet.Connects) })
			return make(t, n)
		}
	}
	return all
}

// heap is how many bytes are in use.
func heap() int {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

// TestAnOutage is D8 of the promises: for an hour nothing gets through, and matches keep coming.
func TestAnOutage(t *testing.T) {
	for kind, platforms := range map[string]weather{"errors": failing(outageTime), "no way through": unreachable(outageTime)} {
		for _, channels := range []int{1, unraced(sized(40, 200), 8)} {
			t.Run(kind, func(t *testing.T) {
				in(t, platforms, func(t *testing.T, r *rig) { outlast(t, r, channels, sized(10, 500)) })
			})
		}
	}
}

// outlast lets so many messages for each channel come while the platform is away.
func outlast(t *testing.T, r *rig, channels, each int) {
	r.meter = &meter{calls: map[alerts.Channel][]time.Time{}}
	r.start()
	residentAnew()
	began, before, held := time.Now(), heap(), residentMost(t)
	stop := r.live()
	wave := func(n int) (all []alerts.Delivery) { // made anew where it is asked for, so that the test does not hold what is measured
		for c := range channels {
			all = append(all, news(r.channel(c), n))
		}
		return all
	}
	for n := range each {
		r.publish(wave(n)...)
		<-time.After(outageTime / time.Duration(each))
	}
	grown := heap() - before
	back := began.Add(outageTime)
	most, least, calls := r.meter.fastest(back.Add(-time.Millisecond))
	sent, posted := r.meter.first()
	for ; !posted && time.Since(back) < time.Hour; sent, posted = r.meter.first() {
		<-time.After(tick)
	}
	require.True(t, posted, "nothing was posted in the hour after the outage")
	first := sent.Sub(back)
	for r.waiting() > 0 && time.Since(back) < 12*time.Hour {
		<-time.After(time.Minute)
	}
	drained := time.Since(back)
	stop()
	rss := residentMost(t)
	if !racing {
		require.LessOrEqual(t, rss, max(memoryMost, held), "bytes resident")
	}
	require.LessOrEqual(t, most, int(outageTime/callEvery))
	require.GreaterOrEqual(t, least, callEvery, "two calls of a channel")
	require.LessOrEqual(t, first, firstPost, "the first post after the outage")
	require.Less(t, grown, heapMost)
	var all []alerts.Delivery
	for n := range each {
		all = append(all, wave(n)...)
	}
	messages := sum(r.everything(all...))
	r.settled()
	require.Empty(t, r.told())
	if each > alerts.FewWaiting {
		require.LessOrEqual(t, messages, 3*channels, "a flood")
	}
	t.Logf("%s: %d messages for %d channels in an hour's outage: %d calls, %d of one channel at most and %s apart; the first post after %s, all after %s, in %d messages; heap %+d KiB, at most %d MiB resident",
		r.name, len(all), channels, calls, most, least, first, drained, messages, grown/1024, rss>>20)
}
