package slack

import (
	"context"
	"encoding/json"
	"maps"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
)

// A Memory keeps small facts over restarts, for all processes. Meta returns "" for a key that was never set.
type Memory interface {
	Meta(ctx context.Context, key string) (string, error)
	// KeepUntil keeps what is of no use after the time.
	KeepUntil(ctx context.Context, key, value string, until time.Time) error
}

const (
	// pausesKey holds until when Slack forbids calls, in JSON by method, "" for all, in milliseconds of Unix: a restart
	// does not end a wait.
	pausesKey = "slack.pauses"
	// channelKey with a channel's id holds until when Slack forbids calls for it, in milliseconds of Unix. Each has a key of
	// its own: who has the channel's lease writes it, and nobody else at that time.
	channelKey = "slack.paused "
	// recallEvery is how often what other processes were told is read.
	recallEvery = time.Second
	// memoryTime bounds reading and writing the memory.
	memoryTime = 5 * time.Second
)

// pauses are until when Slack forbids calls.
type pauses struct {
	now      func() time.Time
	memory   Memory     // nil keeps them in this process alone
	replicas func() int // that share what Slack allows
	reading  singleflight.Group

	mu       sync.Mutex
	until    map[string]time.Time // by method; "" for every one
	recalled time.Time            // when the memory was last read
	asked    map[string]time.Time // by channel: when the memory was last read
}

// left returns how long the method is forbidden yet.
func (p *pauses) left(ctx context.Context, method string) time.Duration {
	p.recall(ctx)
	p.mu.Lock()
	defer p.mu.Unlock()
	return latest(p.until[method], p.until[""]).Sub(p.now())
}

// recall takes over what this process before its restart, or another one, was told. A memory that fails holds nothing up,
// and one that stalls no more than it must: calls that come meanwhile wait for the same answer, each as long as it may.
func (p *pauses) recall(ctx context.Context) {
	if p.memory == nil || !p.old() {
		return
	}
	read := p.reading.DoChan(pausesKey, func() (any, error) {
		p.reread(context.WithoutCancel(ctx))
		return nil, nil
	})
	select {
	case <-read:
	case <-ctx.Done():
	}
}

// old tells whether the memory may hold what this process does not know.
func (p *pauses) old() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.recalled.IsZero() || p.replicas() > 1 && p.now().Sub(p.recalled) >= recallEvery
}

func (p *pauses) reread(ctx context.Context) {
	now := p.now()
	ctx, cancel := context.WithTimeout(ctx, memoryTime)
	defer cancel()
	said, err := p.memory.Meta(ctx, pausesKey)
	if err != nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.recalled = now
	var kept map[string]int64
	if json.Unmarshal([]byte(said), &kept) != nil {
		return // nothing was kept
	}
	for method, ms := range kept {
		if until := time.UnixMilli(ms); until.Sub(now) <= longestRetryAfter { // else the clock was wrong
			p.put(method, until)
		}
	}
}

func (p *pauses) put(method string, until time.Time) {
	if p.until == nil {
		p.until = map[string]time.Time{}
	}
	p.until[method] = latest(p.until[method], until)
}

// channel returns until when the channel may not be called, as far as this process before its restart, or another one, was
// told; zero if that is not known.
func (p *pauses) channel(ctx context.Context, id string) time.Time {
	p.mu.Lock()
	now, replicas := p.now(), p.replicas()
	last, known := p.asked[id]
	if p.memory == nil || known && (replicas <= 1 || now.Sub(last) < recallEvery) {
		p.mu.Unlock()
		return time.Time{}
	}
	if p.asked == nil || len(p.asked) >= manyChannels {
		p.asked = map[string]time.Time{}
	}
	p.asked[id] = now
	p.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, memoryTime)
	defer cancel()
	said, err := p.memory.Meta(ctx, channelKey+id)
	if err != nil {
		p.mu.Lock()
		delete(p.asked, id) // the next call asks again
		p.mu.Unlock()
	}
	ms, unreadable := strconv.ParseInt(said, 10, 64)
	if err != nil || unreadable != nil { // or nothing was kept
		return time.Time{}
	}
	if until := time.UnixMilli(ms); until.Sub(now) <= longestRetryAfter { // else the clock was wrong
		return until
	}
	return time.Time{}
}

// addChannel keeps that Slack forbids calls for the channel.
func (p *pauses) addChannel(ctx context.Context, id string, until time.Time) {
	if p.memory == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), memoryTime)
	defer cancel()
	until = until.Add(time.Millisecond)
	_ = p.memory.KeepUntil(ctx, channelKey+id, strconv.FormatInt(until.UnixMilli(), 10), until) // kept in this process all the same
}

// add notes that Slack forbids the method, "" for every one, and keeps it.
func (p *pauses) add(ctx context.Context, method string, until time.Time) {
	p.mu.Lock()
	now := p.now()
	p.put(method, until)
	maps.DeleteFunc(p.until, func(_ string, t time.Time) bool { return !t.After(now) })
	kept, last := map[string]int64{}, until
	for m, t := range p.until {
		kept[m], last = t.Add(time.Millisecond).UnixMilli(), latest(last, t)
	}
	p.mu.Unlock()
	if p.memory == nil {
		return
	}
	data, err := json.Marshal(kept)
	if err != nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), memoryTime)
	defer cancel()
	_ = p.memory.KeepUntil(ctx, pausesKey, string(data), last.Add(time.Millisecond)) // kept in this process all the same
}
