package feeds

import (
	"context"
	"fmt"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// A run is one PollDue. Its fields belong to the dispatching goroutine but where said.
type run struct {
	*Poller
	ready    []claimed              // whose host is free, and is kept for them
	slow     []claimed              // like ready, of feeds that were slow the last time
	queued   map[string][]claimed   // by host: those that wait for another of their host
	hosts    map[string]bool        // that are fetched from, or kept for one that is ready
	inFlight map[alerts.FeedID]bool // waiting or being fetched
	waiting  int                    // in ready, slow and queued
	fetching map[alerts.FeedID]*fetching
	running  int // workers that are busy
	parked   int // fetches that are waited for beside the workers
	claiming bool
	claims   chan harvest
	progress Progress
	done     chan claimed
	parses   chan struct{}
	work     *budget // of bodies that are being parsed
	texts    *budget // of visits that are read and not yet recorded: taken when one is read, given back when it is

	visits    chan alerts.Visit
	ingested  chan struct{} // closed when the ingesting goroutine has ended
	report    Report        // of the ingesting goroutine, until it has ended
	ingestErr error         // of the ingesting goroutine, until it has ended
}

// claimed is a feed, and until when it is ours.
type claimed struct {
	feed  alerts.Feed
	host  string
	until time.Time
	visit *alerts.Visit // when it comes back; nil if the poller was stopped before
}

// fetching is a fetch under way.
type fetching struct {
	since  time.Time
	parked bool
}

// harvest is what came of asking for more feeds.
type harvest struct {
	feeds []alerts.Feed
	until time.Time
	more  bool // there may be others at once
	err   error
}

// dispatch claims feeds and keeps the workers busy until nothing is due and nothing runs.
func (r *run) dispatch(ctx context.Context) (failure error) {
	more := true // another claim may bring something at once
	clock := time.NewTicker(tick)
	defer clock.Stop()
	last := r.Now()
	for {
		r.start(ctx)
		if failure == nil && more && ctx.Err() == nil && !r.claiming && len(r.ready) < r.Workers && r.waiting < maxWaiting {
			r.claiming, last = true, r.Now()
			go func() { r.claims <- r.claim(ctx) }()
		}
		if len(r.fetching) == 0 && !r.claiming {
			return failure
		}
		select {
		case c := <-r.claims:
			r.claiming, more = false, c.more
			if c.err != nil && failure == nil {
				failure = c.err
			}
			r.admit(c)
		case c := <-r.done:
			r.finish(c)
		case <-clock.C:
			r.park()
			more = more || r.Now().Sub(last) >= claimPause
		}
	}
}

// claim leases more feeds, and gives back those that are to be left alone for longer than the queue knows.
func (r *run) claim(ctx context.Context) harvest {
	now, limit := r.holds.now(r.Now()), max(leastClaim, 2*r.Workers)
	claimed, err := r.Queue.ClaimFeeds(ctx, now, r.Lease, limit)
	if err != nil {
		if ctx.Err() != nil {
			return harvest{} // stopped, not failed
		}
		return harvest{err: err} // PollDue says for what, and the queue what it did
	}
	due, early := r.holds.early(claimed, now)
	if len(early) > 0 {
		if err := r.Queue.PutOff(ctx, early); err != nil && ctx.Err() == nil {
			return harvest{err: fmt.Errorf("put feeds off: %w", err)} // all are due again when their leases end
		}
	}
	r.holds.taken(due, now.Add(r.Lease))
	return harvest{feeds: due, until: now.Add(r.Lease), more: len(claimed) == limit}
}

// admit takes claimed feeds in.
func (r *run) admit(c harvest) {
	for _, f := range c.feeds {
		if r.inFlight[f.ID] {
			continue
		}
		r.inFlight[f.ID] = true
		r.progress.Total++
		r.waiting++
		next := claimed{feed: f, host: host(f.Address()), until: c.until}
		if r.hosts[next.host] {
			r.queued[next.host] = append(r.queued[next.host], next)
			continue
		}
		r.hosts[next.host] = true
		r.line(next)
	}
}

// line puts a feed whose host is kept for it where it belongs.
func (r *run) line(c claimed) {
	if c.feed.Cursor.Manners.Slow {
		r.slow = append(r.slow, c)
	} else {
		r.ready = append(r.ready, c)
	}
}

// free gives a host to the next that waits for it.
func (r *run) free(name string) {
	next := r.queued[name]
	if len(next) == 0 {
		delete(r.hosts, name)
		delete(r.queued, name)
		return
	}
	r.queued[name] = next[1:]
	r.line(next[0])
}

// start begins to fetch what is ready, as far as workers are free.
func (r *run) start(ctx context.Context) {
	if ctx.Err() != nil {
		return
	}
	now := r.Now()
	for len(r.slow) > 0 && r.parked < maxParked {
		c := r.slow[0]
		r.slow = r.slow[1:]
		r.begin(ctx, c, now, true)
	}
	for len(r.ready) > 0 && r.running < r.Workers {
		c := r.ready[0]
		r.ready = r.ready[1:]
		r.begin(ctx, c, now, false)
	}
}

// begin fetches one feed. One whose lease is nearly over is left to its next claim.
func (r *run) begin(ctx context.Context, c claimed, now time.Time, parked bool) {
	r.waiting--
	if c.until.Sub(now) < r.Lease/reserves {
		delete(r.inFlight, c.feed.ID)
		r.progress.Total--
		r.holds.given(c.feed.ID)
		r.free(c.host)
		return
	}
	if parked {
		r.parked++
	} else {
		r.running++
	}
	r.fetching[c.feed.ID] = &fetching{since: now, parked: parked}
	go r.poll(ctx, c)
}

// park lets whom a site keeps waiting make room for others.
func (r *run) park() {
	now := r.Now()
	for _, f := range r.fetching {
		if !f.parked && r.parked < maxParked && now.Sub(f.since) >= patience {
			f.parked = true
			r.running--
			r.parked++
		}
	}
}

// finish takes back a feed that was fetched, or was not because the poller was stopped.
func (r *run) finish(c claimed) {
	if r.fetching[c.feed.ID].parked {
		r.parked--
	} else {
		r.running--
	}
	delete(r.fetching, c.feed.ID)
	delete(r.inFlight, c.feed.ID)
	r.free(c.host)
	if c.visit == nil {
		r.holds.given(c.feed.ID)
		return
	}
	r.progress.Done++
	r.progress.Articles += len(c.visit.Articles) + len(c.visit.Still)
	if c.visit.Failed() {
		r.progress.Failed++
	}
	r.visits <- *c.visit
	if r.Progress != nil {
		r.Progress(r.progress)
	}
}
