package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/store"
)

const (
	// weekly is when the note on coverage is due; weeklyDue is where the store keeps when that is next.
	weekly    = "CRON_TZ=UTC 0 8 * * MON"
	weeklyDue = "coverage.due"
)

// tellWeekly sends the admins' channel what their feeds brought and may have missed, once a week. A bot that was down on
// Monday morning sends it when it is up again; one that never ran before begins with the next Monday.
func (a *app) tellWeekly(ctx context.Context) error {
	admins := alerts.Channel(a.file.Admins.Channel)
	if admins == "" {
		return nil
	}
	kept, err := a.store.Meta(ctx, weeklyDue)
	if err != nil {
		return err
	}
	now := a.now()
	due, err := time.Parse(time.RFC3339, kept)
	if err == nil && now.Before(due) {
		return nil
	}
	schedule, wrong := cron.ParseStandard(weekly)
	if wrong != nil {
		return fmt.Errorf("read the schedule of the weekly note: %w", wrong)
	}
	if err == nil { // else it is the first start
		if err := a.sendWeekly(ctx, admins, due, now); err != nil {
			return err
		}
	}
	return a.store.SetMeta(ctx, weeklyDue, schedule.Next(now).UTC().Format(time.RFC3339))
}

// sendWeekly puts the note into the outbox. Made twice, it goes out once: its key is when it was due.
func (a *app) sendWeekly(ctx context.Context, admins alerts.Channel, due, now time.Time) error {
	r, ok, err := a.desk.CoverageNote(ctx, admins.Workspace(), due.AddDate(0, 0, -7))
	if err != nil || !ok {
		return err
	}
	title := "The week's coverage"
	d := notice(admins, title, strings.TrimPrefix(r.Text(), r.Title+"\n"), due.Format(time.RFC3339), now)
	if err := a.store.Tell(ctx, store.Telling{Notices: []alerts.Delivery{d}, Now: now}); err != nil {
		return err
	}
	a.nudge()
	return nil
}
