package main

import (
	"context"
	"errors"
	"time"

	"github.com/seed-6c43f0f2/attache/store"
)

// onceWait bounds how long run --once waits for deliveries that the platform asks to send later.
const onceWait = 2 * time.Minute

// once polls what is due, delivers, and returns errFailed if a feed failed. It waits only for what it can send itself.
func (a *app) once(ctx context.Context) error {
	began := a.now()
	r, err := a.pollOnce(ctx)
	if err != nil {
		return err
	}
	if err := a.sayPutOff(ctx, began); err != nil {
		return err
	}
	if err := errors.Join(a.tellGathered(ctx, true), a.tellHealth(ctx), a.tellWeekly(ctx), a.tellStops(ctx)); err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(ctx, onceWait)
	defer stop()
	for first := true; ; first = false {
		if err := a.drain(ctx); err != nil {
			return err
		}
		waiting, err := a.store.Waiting(ctx)
		if err != nil {
			return err
		}
		ours, others := a.sendable(waiting)
		if len(ours) == 0 {
			a.sayWaiting(others)
			return failures(r.Failed + len(a.dispatcher.Dead()))
		}
		if first {
			for _, c := range ours {
				a.log.Info("waiting for deliveries that come later, two minutes at most", "channel", c.Channel, "waiting", c.Deliveries)
			}
		}
		select {
		case <-ctx.Done():
			a.sayWaiting(others)
			for _, c := range ours {
				a.log.Error("some deliveries wait; the next run sends them", "channel", c.Channel, "waiting", c.Deliveries)
			}
			return errFailed
		case <-time.After(time.Second):
		}
	}
}

// sayPutOff names the feeds that failed before and were not due when this run began: this run says nothing else of them.
func (a *app) sayPutOff(ctx context.Context, began time.Time) error {
	ailing, err := a.store.Ailing(ctx)
	for _, h := range ailing {
		if c := h.Feed.Cursor; c.Failures > 0 && h.Disabled == "" && c.Visited.Before(began) {
			a.log.Warn("this feed failed and is not due again yet", "feed", h.Feed.ID, "name", h.Feed.Name(), "failures", c.Failures, "say", c.Failure)
		}
	}
	return err
}

// unsendable is a channel for which deliveries wait that this run can't send.
type unsendable struct {
	store.WaitingChannel
	why string
}

// sendable parts what waits for channels that this run can send to from what waits for others, and says why.
func (a *app) sendable(waiting []store.WaitingChannel) (ours []store.WaitingChannel, others []unsendable) {
	dead := a.dispatcher.Dead()
	set := map[string]bool{}
	for _, p := range a.platforms {
		set[p.name] = true
	}
	for _, c := range waiting {
		platform := c.Channel.Platform()
		refused, cut := dead[platform]
		var why string
		switch {
		case !set[platform]:
			why = "the configuration has no platform " + platform
		case cut:
			why = "the platform refuses the credential: " + refused
		case c.Departed:
			why = "the bot is no longer in the workspace"
		case c.Stopped != "":
			why = "the channel is stopped: " + c.Stopped
		default:
			ours = append(ours, c)
			continue
		}
		others = append(others, unsendable{c, why})
	}
	return ours, others
}

// sayWaiting names what this run leaves unsent.
func (a *app) sayWaiting(others []unsendable) {
	for _, c := range others {
		a.log.Warn("some deliveries wait that this run can't send", "channel", c.Channel, "waiting", c.Deliveries, "why", c.why)
	}
}

func failures(n int) error {
	if n > 0 {
		return errFailed
	}
	return nil
}
