package feeds

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

var (
	errFault = &alerts.Invalid{Say: "The feed could not be read because of a fault of ours. The operator finds it in the log."}
	errPanic = errors.New("planning panicked")
)

// ingestAll hands visits on in batches until there are no more.
func (r *run) ingestAll() {
	defer close(r.ingested)
	for first := range r.visits {
		r.ingest(r.batch(first))
	}
}

// batch collects visits for one transaction. What is new waits for a moment only; what is not has no hurry.
func (r *run) batch(first alerts.Visit) []alerts.Visit {
	batch, news := []alerts.Visit{first}, 0
	var soon <-chan time.Time
	late := time.After(stillTime)
	for v := first; ; {
		if v.Failed() || len(v.Articles) > 0 {
			if news++; news == 1 {
				soon = time.After(batchTime)
			}
		}
		if len(batch) == batchVisits || news == batchNews {
			return batch
		}
		var ok bool
		select {
		case v, ok = <-r.visits:
			if !ok {
				return batch
			}
			batch = append(batch, v)
		case <-soon:
			return batch
		case <-late:
			return batch
		}
	}
}

// ingest hands one batch on, and makes room for others.
func (r *run) ingest(batch []alerts.Visit) {
	text, ids := 0, make([]alerts.FeedID, 0, len(batch))
	for _, v := range batch {
		text += textBytes(v)
		ids = append(ids, v.Feed.ID)
	}
	defer r.texts.give(text)
	defer r.holds.given(ids...)
	r.record(batch)
}

// record hands one batch on. It does so also after the poller was stopped: what is fetched is not fetched again. If a
// batch is refused, each of its visits is handed on alone, so that one bad visit holds up no other feed.
func (r *run) record(batch []alerts.Visit) {
	if len(batch) > 1 {
		err := r.handOn(batch)
		if err == nil {
			r.count(batch)
			return
		}
		r.Log.Warn("visits were refused together and are handed on one by one", "visits", len(batch), "error", err)
	}
	for i := range batch {
		r.ingestOne(batch[i : i+1])
	}
}

// handOn is Ingest within its time, with an error instead of a panic.
func (r *run) handOn(batch []alerts.Visit) (err error) {
	ctx, cancel := context.WithTimeout(context.Background(), finishTime)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			r.Log.Error("planning visits panicked", "visits", len(batch), "panic", p, "stack", string(debug.Stack()))
			err = errPanic
		}
	}()
	return r.Ingest(ctx, batch)
}

// ingestOne hands one visit on. If that panics, the visit counts as failed: so its feed backs off.
func (r *run) ingestOne(one []alerts.Visit) {
	err := r.handOn(one)
	if errors.Is(err, errPanic) {
		one = []alerts.Visit{Fetched{Err: errFault}.Visit(one[0].Feed, r.Now())}
		err = r.handOn(one)
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
		r.report.Articles += len(v.Articles) + len(v.Still)
		switch {
		case v.Failed():
			r.report.Failed++
		case v.Articles == nil:
			r.report.Unchanged++
		}
	}
}
