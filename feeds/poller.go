package feeds

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
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

	// waitingText bounds the text of visits that are read and not yet recorded, in bytes. Who reads more waits, and keeps
	// others from parsing meanwhile. With 16 bodies of 5 MiB fetched and 4 being parsed it stays below the 256 MiB that are
	// promised (PROMISES P8).
	waitingText = 32 << 20
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

	waiting int // bytes, for tests; 0 is waitingText
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
	texts    *budget // of visits that are read and not yet recorded: taken when one is read, given back when it is

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
	if settings.waiting <= 0 {
		settings.waiting = waitingText
	}
	if settings.Log == nil {
		settings.Log = slog.New(slog.DiscardHandler)
	}
	r := &run{
		Poller: &settings, hosts: map[string]bool{}, inFlight: map[alerts.FeedID]bool{},
		done: make(chan claimed), parses: make(chan struct{}, maxParses), texts: newBudget(settings.waiting),
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
	began := r.Now()
	got := r.Fetch(ctx, c.feed)
	got.Took = r.Now().Sub(began)
	if got.Err != nil && ctx.Err() != nil {
		return // stopped, not failed
	}
	r.parses <- struct{}{}
	defer func() { <-r.parses }()
	v := got.Visit(c.feed, r.Now())
	got.Body = nil // while it waits
	if v.Failed() {
		r.Log.Info("feed failed", "feed", c.feed.ID, "name", c.feed.Name(), "status", got.Status, "failures", v.Cursor.Failures, "say", v.Cursor.Failure)
	}
	if w := v.Cursor.Warning; w != "" && w != c.feed.Cursor.Warning {
		r.Log.Warn("a feed is not read whole", "feed", c.feed.ID, "name", c.feed.Name(), "say", w)
	}
	r.texts.take(textBytes(v)) // nobody who records waits for this goroutine, so there will be room
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
