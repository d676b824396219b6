package discord

import (
	"context"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// deaf notes that a connection ended that had been made.
func (a *Adapter) deaf() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.deafSince.IsZero() {
		a.deafSince = a.opt.Now()
	}
}

// listensAnew forgets when this process last listened: since then another one may have.
func (a *Adapter) listensAnew() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.deafSince = time.Time{}
}

// hears ends what deaf began; resumed tells that the vendor sends what came meanwhile.
func (a *Adapter) hears(ctx context.Context, resumed bool) {
	a.mu.Lock()
	from, to := a.deafSince, a.opt.Now()
	a.deafSince = time.Time{}
	a.mu.Unlock()
	if from.IsZero() || resumed {
		return
	}
	if to.Before(from) { // the clock was set back
		to = from
	}
	a.log.Warn("discord: what was typed in the meantime is lost: the session had to be made anew", "from", from, "to", to)
	if a.opt.Unheard != nil {
		a.begin(ctx, func() { a.keepUnheard(ctx, alerts.Unheard{Platform: "discord", From: from, To: to}) })
	}
}

// keepUnheard tells of it until that is kept or Run is over. Several at once, and one said twice, are no matter: each is
// one row of its own.
func (a *Adapter) keepUnheard(ctx context.Context, u alerts.Unheard) {
	for failures := 0; ; failures++ {
		within, cancel := context.WithTimeout(context.WithoutCancel(ctx), memoryTime)
		err := a.opt.Unheard(within, u)
		cancel()
		if err == nil {
			return
		}
		wait := a.backoff(failures)
		a.log.Error("discord: that events were lost is not kept yet", "error", err, "again in", wait)
		if !pause(ctx, wait) {
			return
		}
	}
}
