package main

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/seed-6c43f0f2/attache/feeds"
)

// progress shows how far a poll of many feeds is: one line on a terminal that is drawn over and goes when it is done.
// Elsewhere it is silent; the log says what came of the poll.
type progress struct {
	mu    sync.Mutex
	out   io.Writer // nil shows nothing
	now   func() time.Time
	drawn time.Time
	shown bool
}

// manyFeeds is from how many feeds on a poll is worth a line.
const manyFeeds = 5

func newProgress(s surroundings) *progress {
	p := &progress{now: s.now}
	if s.terminalErr {
		p.out = s.stderr
	}
	return p
}

func (p *progress) show(at feeds.Progress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.out == nil || at.Total < manyFeeds || p.now().Sub(p.drawn) < 100*time.Millisecond && at.Done < at.Total {
		return
	}
	p.drawn, p.shown = p.now(), true
	fmt.Fprintf(p.out, "\r\x1b[Kreading feeds: %d of %d, %d articles, %d failed", at.Done, at.Total, at.Articles, at.Failed)
}

// done takes the line away.
func (p *progress) done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shown {
		fmt.Fprint(p.out, "\r\x1b[K")
		p.shown = false
	}
}
