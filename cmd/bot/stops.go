package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/store"
)

const (
	probeEvery = 24 * time.Hour
	probesMost = 3 // of a stopped channel; then it waits for a person
)

// tellStops tells the admins' channel of channels that were stopped: in one message however many they are, and each once.
func (a *app) tellStops(ctx context.Context) error {
	now := a.now()
	stopped, err := a.store.UntoldStops(ctx, now)
	if err != nil || len(stopped) == 0 {
		return err
	}
	admins := alerts.Channel(a.file.Admins.Channel)
	t := store.Telling{Now: now}
	var lines []string
	for _, s := range stopped {
		a.log.Error("needs a person: a channel is stopped", "channel", s.Channel, "say", s.Reason, "waiting", s.Waiting)
		t.Stops = append(t.Stops, s.Channel)
		if s.Channel != admins {
			lines = append(lines, fmt.Sprintf("• %s: %s", s.Channel, s.Reason))
		}
	}
	if admins != "" && len(lines) > 0 {
		title := "A channel is stopped"
		if len(lines) > 1 {
			title = fmt.Sprintf("%d channels are stopped", len(lines))
		}
		text := append([]string{}, lines[:min(len(lines), maxLines)]...)
		if more := len(lines) - len(text); more > 0 {
			text = append(text, fmt.Sprintf("and %d more", more))
		}
		text = append(text, "What is to be posted there waits: the newest 50 alerts of the last 24 hours. See deliveries held.")
		t.Notices = append(t.Notices, notice(admins, title, strings.Join(text, "\n"), fmt.Sprint(now.UnixNano()), now))
	}
	return a.tell(ctx, t)
}

// probeStopped looks once a day whether a channel that was stopped lately is well again, and starts it.
func (a *app) probeStopped(ctx context.Context) error {
	stopped, err := a.store.Stopped(ctx)
	if err != nil {
		return err
	}
	for _, s := range stopped {
		if a.now().Sub(s.Since) < probesMost*probeEvery+probeEvery/2 {
			a.lookAt(ctx, s.Channel)
		}
	}
	return nil
}
