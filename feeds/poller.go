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
	maxParses      = 4       // at once: parsing is what takes memory (PROMISES P8)
	parseRoom      = 5 << 20 // bytes of the bodies that are parsed at once: parsing takes ten times as much
	leaseTime      = 3 * time.Minute
	reserves       = 3   // of a lease: while less than a third of it is left no fetch begins
	batchVisits    = 256 // recorded together
	batchNews      = 32  // of those, visits that brought something or failed: with what they hold, they are what takes memory
	batchTime      = 100 * time.Millisecond
	stillTime      = 500 * time.Millisecond // as long do visits without anything new wait for others
	finishTime     = 30 * time.Second       // for handing on what is fetched when the poller is stopped
	leastClaim     = 256                    // feeds that one claim leases at most, or twice the workers
	maxWaiting     = 4096                   // feeds claimed and not begun, where few hosts serve many or many are slow
	claimPause     = time.Second            // between claims while slow feeds are still being fetched
	patience       = 300 * time.Millisecond
	maxParked      = 512 // fetches that a site keeps waiting, besides the workers
	tick           = 100 * time.Millisecond

	// waitingText bounds the text of visits that are read and not yet recorded, in bytes. Who reads more waits, and keeps
	// others from parsing meanwhile.
	waitingText = 16 << 20
)

// A Poller polls the feeds that are due. Queue, Fetch and Ingest are required. It makes one PollDue at a time, and remembers
// from one to the next what sites asked it to wait: a feed that comes sooner, since the clock was set, is put off.
type Poller struct {
	Queue    Queue
	Fetch    func(context.Context, alerts.Feed) Fetched // Fetcher.FetchDue
	Ingest   func(context.Context, []alerts.Visit) error
	Enrich   func(context.Context, alerts.Visit) alerts.Visit // reads what articles link to, within seconds; nil leaves them as the feed has them
	Now      func() time.Time                                 // nil is time.Now
	Steady   func() time.Time                                 // a clock that nobody sets, by which a site's Retry-After is measured; nil is time.Now
	Lease    time.Duration                                    // of a feed that is claimed; 0 is three minutes
	Workers  int                                              // fetches at once, besides those that a site keeps waiting; 0 is 16
	Progress func(Progress)                                   // called after each feed, from one goroutine at a time; may be nil
	Log      *slog.Logger                                     // nil logs nothing
	Parsing  int                                              // bytes of the bodies that are parsed at once, four at most; 0 is 5 MiB
	Waiting  int                                              // bytes of text that is read and not yet recorded; 0 is 16 MiB

	holds *holds // from one PollDue to the next
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
// host are fetched one after the other. Whom a site keeps waiting for 300 ms makes room for another fetch, and a feed that
// was slow the last time has room of its own from the start, so that slow sites hold up nobody. An error means that the queue or Ingest failed: the feeds concerned stay leased
// and become due again, so nothing is lost. A feed that can't be read is no error but a failed visit.
func (p *Poller) PollDue(ctx context.Context) (Report, error) {
	r := p.prepare() //nolint:contextcheck // what is fetched is handed on although ctx ends
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

func (p *Poller) prepare() *run {
	if p.holds == nil {
		p.holds = newHolds(p.Steady)
	}
	settings := *p
	if settings.Now == nil {
		settings.Now = time.Now
	}
	if settings.Workers <= 0 {
		settings.Workers = defaultWorkers
	}
	if settings.Lease <= 0 {
		settings.Lease = leaseTime
	}
	if settings.Waiting <= 0 {
		settings.Waiting = waitingText
	}
	if settings.Parsing <= 0 {
		settings.Parsing = parseRoom
	}
	if settings.Log == nil {
		settings.Log = slog.New(slog.DiscardHandler)
	}
	r := &run{
		Poller: &settings, hosts: map[string]bool{}, inFlight: map[alerts.FeedID]bool{}, queued: map[string][]claimed{},
		fetching: map[alerts.FeedID]*fetching{}, claims: make(chan harvest, 1),
		done: make(chan claimed, settings.Workers), parses: make(chan struct{}, maxParses), texts: newBudget(settings.Waiting), work: newBudget(settings.Parsing),
		visits: make(chan alerts.Visit, batchNews), ingested: make(chan struct{}),
	}
	go r.ingestAll()
	return r
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
	defer got.stay.leave()
	got.Took = r.Now().Sub(began)
	if got.Err != nil && ctx.Err() != nil {
		return // stopped, not failed
	}
	v := r.read(got, c)
	if r.Enrich != nil {
		if v = r.enrich(ctx, v); ctx.Err() != nil && len(v.Articles) > 0 {
			return // stopped: what its pages say is still to be read
		}
	}
	c.visit = &v
}

// enrich reads what the visit's articles link to. What that adds to them is bounded by itself, so it waits for no room.
func (r *run) enrich(ctx context.Context, v alerts.Visit) (enriched alerts.Visit) {
	defer func() {
		if p := recover(); p != nil {
			r.Log.Error("reading the pages of a feed's articles panicked", "feed", v.Feed.ID, "panic", p)
			enriched = v
		}
	}()
	enriched = r.Enrich(ctx, v)
	r.texts.add(textBytes(enriched) - textBytes(v))
	return enriched
}

// read turns what was fetched into a visit, and waits until there is room for its text.
func (r *run) read(got Fetched, c claimed) alerts.Visit {
	r.parses <- struct{}{}
	defer func() { <-r.parses }()
	size := len(got.Body)
	r.work.take(size) // nobody who parses waits for this goroutine, so there will be room
	defer r.work.give(size)
	v, told, wise := got.visit(c.feed, r.Now())
	r.holds.keep(v, told, wise)
	got.Body = nil // while it waits
	got.stay.leave()
	if v.Failed() {
		r.Log.Info("feed failed", "feed", c.feed.ID, "name", c.feed.Name(), "status", got.Status, "failures", v.Cursor.Failures, "say", v.Cursor.Failure)
	}
	if w := v.Cursor.Warning; w != "" && w != c.feed.Cursor.Warning {
		r.Log.Warn("a feed is not read whole", "feed", c.feed.ID, "name", c.feed.Name(), "say", w)
	}
	r.texts.take(textBytes(v)) // nobody who records waits for this goroutine, so there will be room
	return v
}

// host names what is fetched from one at a time.
func host(rawURL string) string {
	u, err := url.Parse(rawURL)
	if err != nil {
		return rawURL
	}
	return strings.ToLower(u.Host)
}
