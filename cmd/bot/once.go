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
	r, err := a.pollOnce(ctx)
	if err != nil {
		return err
	}
	if err := errors.Join(a.tellGathered(ctx, true), a.tellHealth(ctx), a.tellWeekly(ctx), a.tellStops(ctx)); err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(ctx, onceWait)
	defer stop()
	for {
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
