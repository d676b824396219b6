package feeds

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	defaultWorkers = 16
	maxParses      = 4 // at once: parsing is what takes memory (PROMISES P8)
	leaseTime      = 3 * time.Minute
	leaseReserve   = time.Minute // what must be left of a lease to begin a fetch
	batchVisits    = 64
	batchTime      = 100 * time.Millisecond
	finishTime     = 30 * time.Second // for handing on what is fetched when the poller is stopped
	maxWaiting     = 512              // feeds claimed and not begun, where few hosts serve many
	claimPause     = time.Second      // between claims while slow feeds are still being fetched
)

var (
	errFault = &alerts.Invalid{Say: "The feed could not be read because of a fault of ours. The operator finds it in the log."}
	errPanic = errors.New("planning panicked")
)

// A Poller polls the feeds that are due. Queue, Fetch and Ingest are required.
type Poller struct {
	Queue    Queue
	Fetch    func(context.Context, alerts.Feed) Fetched // Fetcher.Fetch
	Ingest   func(context.Context, []alerts.Visit) error
	Now      func() time.Time // nil is time.Now
	Workers  int              // fetches at once; 0 is 16
	Progress func(Progress)   // called after each feed, from one goroutine at a time; may be nil
	Log      *slog.Logger     // nil logs nothing
}

// Progress is how far a PollDue has come.
type Progress struct {
	Done, Total, Failed, Articles int // Total grows while more feeds are claimed
}

// A Report is what a PollDue did.
type Report struct {
	Polled    int // visits that were handed on
	Unchanged int // of those, feeds without anything new to read
	Failed    int // of those, feeds that could not be read
	Articles  int // read, new and old
}

// PollDue polls what is due until nothing is, or ctx ends; what is fetched by then is still handed on. Feeds on one
// host are fetched one after the other. An error means that the queue or Ingest failed: the feeds concerned stay leased
// and become due again, so nothing is lost. A feed that can't be read is no error but a failed visit.
func (p *Poller) PollDue(ctx context.Context) (Report, error) {
	r := p.begin() //nolint:contextcheck // what is fetched is handed on although ctx ends
	err := r.dispatch(ctx)
	close(r.visits)
	<-r.ingested
	if err == nil {
		err = r.ingestErr
	}
	if err != nil {
		return r.report, fmt.Errorf("poll feeds: %w", err)
	}
	return r.report, nil
}

// A run is one PollDue. Its fields belong to the dispatching goroutine but where said.
type run struct {
	*Poller
	waiting  []claimed
	hosts    map[string]bool        // being fetched from
	inFlight map[alerts.FeedID]bool // waiting or being fetched
	running  int
	progress Progress
	done     chan claimed
	parses   chan struct{}

	visits    chan alerts.Visit
	ingested  chan struct{} // closed when the ingesting goroutine has ended
	report    Report        // of the ingesting goroutine, until it has ended
	ingestErr error         // of the ingesting goroutine, until it has ended
}

// claimed is a feed, and until when it is ours.
type claimed struct {
	feed  alerts.Feed
	until time.Time
	visit *alerts.Visit // when it comes back; nil if the poller was stopped before
}

func (p *Poller) begin() *run {
	settings := *p
	if settings.Now == nil {
		settings.Now = time.Now
	}
	if settings.Workers <= 0 {
		settings.Workers = defaultWorkers
	}
	if settings.Log == nil {
		settings.Log = slog.New(slog.DiscardHandler)
	}
	r := &run{
		Poller: &settings, hosts: map[string]bool{}, inFlight: map[alerts.FeedID]bool{},
		done: make(chan claimed), parses: make(chan struct{}, maxParses),
		visits: make(chan alerts.Visit, batchVisits), ingested: make(chan struct{}),
	}
	go r.ingestAll()
	return r
}

// dispatch claims feeds and keeps the workers busy until nothing is due and nothing runs.
func (r *run) dispatch(ctx context.Context) (failure error) {
	more := true // another claim may bring something at once
	for {
		r.start(ctx)
		for failure == nil && more && ctx.Err() == nil && r.running < r.Workers && len(r.waiting) < maxWaiting {
			more, failure = r.claim(ctx)
			r.start(ctx)
		}
		if r.running == 0 {
			return failure
		}
		select {
		case c := <-r.done:
			r.finish(c)
		case <-time.After(claimPause):
			more = true
		}
	}
}

// finish takes back a feed that was fetched, or was not because the poller was stopped.
func (r *run) finish(c claimed) {
	r.running--
	delete(r.hosts, host(c.feed.URL))
	delete(r.inFlight, c.feed.ID)
	if c.visit == nil {
		return
	}
	r.progress.Done++
	r.progress.Articles += len(c.visit.Articles)
	if c.visit.Failed() {
		r.progress.Failed++
	}
	r.visits <- *c.visit
	if r.Progress != nil {
		r.Progress(r.progress)
	}
}

// claim leases more feeds; more tells whether there may be others at once.
func (r *run) claim(ctx context.Context) (more bool, err error) {
	now, limit := r.Now(), 2*r.Workers
	feeds, err := r.Queue.ClaimFeeds(ctx, now, leaseTime, limit)
	if err != nil {
		if ctx.Err() != nil {
			return false, nil //nolint:nilerr // stopped, not failed
		}
		return false, fmt.Errorf("claim feeds: %w", err)
	}
	for _, f := range feeds {
		if !r.inFlight[f.ID] {
			r.inFlight[f.ID] = true
			r.progress.Total++
			r.waiting = append(r.waiting, claimed{feed: f, until: now.Add(leaseTime)})
		}
	}
	return len(feeds) == limit, nil
}

// start begins to fetch what waits, as far as workers and hosts are free. A feed whose lease is nearly over is left to
// its next claim.
func (r *run) start(ctx context.Context) {
	if ctx.Err() != nil {
		return
	}
	now, left := r.Now(), r.waiting[:0]
	for _, c := range r.waiting {
		h := host(c.feed.URL)
		switch {
		case c.until.Sub(now) < leaseReserve:
			delete(r.inFlight, c.feed.ID)
			r.progress.Total--
		case r.running >= r.Workers || r.hosts[h]:
			left = append(left, c)
		default:
			r.running++
			r.hosts[h] = true
			go r.poll(ctx, c)
		}
	}
	r.waiting = left
}

// poll fetches and reads one feed. A panic in a parser is that feed's failure.
func (r *run) poll(ctx context.Context, c claimed) {
	defer func() { r.done <- c }()
	defer func() {
		if p := recover(); p != nil {
			r.Log.Error("reading a feed panicked", "feed", c.feed.ID, "panic", p)
			v := Fetched{Err: errFault}.Visit(c.feed, r.Now())
			c.visit = &v
		}
	}()
	got := r.Fetch(ctx, c.feed)
	if got.Err != nil && ctx.Err() != nil {
		return // stopped, not failed
	}
	r.parses <- struct{}{}
	defer func() { <-r.parses }()
	v := got.Visit(c.feed, r.Now())
	if v.Failed() {
		r.Log.Info("feed failed", "feed", c.feed.ID, "name", c.feed.Name(), "status", got.Status, "failures", v.Cursor.Failures, "say", v.Cursor.Failure)
	}
	c.visit = &v
}

// host names what is fetched from one at a time.
func host(rawURL string) string {
	u, err := url.Parse(rawURL)
	if err != nil {
		return rawURL
	}
	return strings.ToLower(u.Host)
}

// ingestAll hands visits on in batches until there are no more.
func (r *run) ingestAll() {
	defer close(r.ingested)
	for first := range r.visits {
		batch := []alerts.Visit{first}
		full := time.After(batchTime)
	collect:
		for len(batch) < batchVisits {
			select {
			case v, ok := <-r.visits:
				if !ok {
					break collect
				}
				batch = append(batch, v)
			case <-full:
				break collect
			}
		}
		r.ingest(batch)
	}
}

// ingest hands one batch on. It does so also after the poller was stopped: what is fetched is not fetched again. If a
// batch is refused, each of its visits is handed on alone, so that one bad visit holds up no other feed.
func (r *run) ingest(batch []alerts.Visit) {
	ctx, cancel := context.WithTimeout(context.Background(), finishTime)
	defer cancel()
	if len(batch) > 1 {
		err := r.handOn(ctx, batch)
		if err == nil {
			r.count(batch)
			return
		}
		r.Log.Warn("visits were refused together and are handed on one by one", "visits", len(batch), "error", err)
	}
	for i := range batch {
		r.ingestOne(ctx, batch[i:i+1])
	}
}

// handOn is Ingest, with an error instead of a panic.
func (r *run) handOn(ctx context.Context, batch []alerts.Visit) (err error) {
	defer func() {
		if p := recover(); p != nil {
			r.Log.Error("planning visits panicked", "visits", len(batch), "panic", p, "stack", string(debug.Stack()))
			err = errPanic
		}
	}()
	return r.Ingest(ctx, batch)
}

// ingestOne hands one visit on. If that panics, the visit counts as failed: so its feed backs off.
func (r *run) ingestOne(ctx context.Context, one []alerts.Visit) {
	err := r.handOn(ctx, one)
	if errors.Is(err, errPanic) {
		one = []alerts.Visit{Fetched{Err: errFault}.Visit(one[0].Feed, r.Now())}
		err = r.handOn(ctx, one)
	}
	if err != nil {
		r.Log.Error("a visit was not recorded; its feed becomes due again when its lease ends", "feed", one[0].Feed.ID, "error", err)
		if r.ingestErr == nil {
			r.ingestErr = fmt.Errorf("ingest visits: %w", err)
		}
		return
	}
	r.count(one)
}

// count counts what was recorded.
func (r *run) count(batch []alerts.Visit) {
	for _, v := range batch {
		r.report.Polled++
		r.report.Articles += len(v.Articles)
		switch {
		case v.Failed():
			r.report.Failed++
		case v.Articles == nil:
			r.report.Unchanged++
		}
	}
}
