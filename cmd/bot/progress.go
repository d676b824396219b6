package main

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/seed-6c43f0f2/attache/adapters/console"
	"github.com/seed-6c43f0f2/attache/feeds"
)

// progress shows how far a poll of many feeds is: one line on a terminal that is drawn over and goes when it is done.
// Elsewhere and on a dumb terminal it is silent; the log says what came of the poll.
type progress struct {
	mu    sync.Mutex
	out   io.Writer // nil shows nothing
	now   func() time.Time
	drawn time.Time
	width int // of the line that stands there
}

const (
	manyFeeds = 5   // from so many on a poll is worth a line
	manySteps = 100 // and so many steps
)

func newProgress(s surroundings) *progress {
	p := &progress{now: s.now}
	if s.terminalErr && console.LookAt(s.stderr, true, s.env).Styles {
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
	p.drawn = p.now()
	p.draw(fmt.Sprintf("reading feeds: %d of %d, %d articles, %d failed", at.Done, at.Total, at.Articles, at.Failed))
}

// step shows how far a work of many steps is.
func (p *progress) step(what string, done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.out == nil || total < manySteps || p.now().Sub(p.drawn) < 100*time.Millisecond && done < total {
		return
	}
	p.drawn = p.now()
	p.draw(fmt.Sprintf("%s: %d of %d", what, done, total))
}

// draw writes a line over the last one, without escape sequences; both are plain ASCII.
func (p *progress) draw(line string) {
	fmt.Fprintf(p.out, "\r%-*s", p.width, line)
	p.width = len(line)
}

// done takes the line away.
func (p *progress) done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.width > 0 {
		p.draw("")
		fmt.Fprint(p.out, "\r")
	}
}
