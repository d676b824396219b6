package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/store"
)

type deliveriesCmd struct {
	Config string `short:"c" default:"attache.yaml" placeholder:"FILE" help:"The configuration (attache.yaml)."`
	Which  string `arg:"" optional:"" enum:"all,failed,uncertain,held,waiting" default:"all" help:"failed, uncertain, held, waiting, or all."`
	Limit  int    `default:"100" help:"How many of each, the newest first (100)."`
	JSON   bool   `name:"json" help:"Print JSON Lines, one object a delivery."`
}

// undeliveredLine is a line of bot deliveries --json.
type undeliveredLine struct {
	Number   int64          `json:"number"`
	State    alerts.Want    `json:"state"`
	Channel  alerts.Channel `json:"channel"`
	Part     alerts.Part    `json:"part"`
	Alert    string         `json:"alert"`
	Title    string         `json:"title"`
	URL      string         `json:"url"`
	Reason   string         `json:"reason"`
	Attempts int            `json:"attempts"`
	At       time.Time      `json:"at"`
	Next     *time.Time     `json:"next,omitempty"`   // of one that waits
	Queued   int            `json:"queued,omitempty"` // in its channel, of one that waits
}

// Run lists what did not arrive, beside a bot that may be running: it takes no lock and writes nothing.
func (c deliveriesCmd) Run(ctx context.Context, s surroundings) (err error) {
	if c.Limit < 1 {
		return fmt.Errorf("%w: --limit is 1 or more", errUsage)
	}
	file, _, err := load(c.Config, s)
	if err != nil {
		return configFailure(c.Config, err)
	}
	db, err := store.View(ctx, file.Store)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	print, flush := printer(s.stdout)
	found, waiting := 0, 0
	for _, want := range alerts.Wants() {
		if c.Which != "all" && c.Which != string(want) {
			continue
		}
		list, all, err := db.Undelivered(ctx, "", want, c.Limit)
		if err != nil {
			return err
		}
		found += all
		if want == alerts.WantWaiting {
			waiting = all
		}
		if all > len(list) {
			fmt.Fprintf(s.stderr, "The newest %d of %d %s; more: --limit\n", len(list), all, want)
		}
		for _, u := range list {
			if c.JSON {
				err = print(lineOf(u))
			} else {
				_, err = fmt.Fprintf(s.stdout, "%d  %s  %s  %s  %s\n    %s\n    %s\n%s", u.ID, u.Want, minute(u.At), u.Channel, u.Part,
					strings.Join(strings.Fields(u.Alert.Title), " "), u.Reason, again(u))
			}
			if err != nil {
				return err
			}
		}
	}
	if found == 0 {
		fmt.Fprintln(s.stderr, "Nothing: all messages arrived, or are on their way.")
	} else if found > waiting && !c.JSON {
		fmt.Fprintf(s.stderr, "%s. In chat: /deliveries retry NUMBER, /deliveries discard NUMBER\n", plural(found-waiting, "delivery", "deliveries"))
	}
	return flush()
}

func lineOf(u alerts.Undelivered) undeliveredLine {
	l := undeliveredLine{
		Number: u.ID, State: u.Want, Channel: u.Channel, Part: u.Part, Alert: u.Alert.ID, Title: u.Alert.Title, URL: u.Alert.URL,
		Reason: u.Reason, Attempts: u.Attempts, At: u.At.UTC(), Queued: u.Queued,
	}
	if !u.Next.IsZero() {
		next := u.Next.UTC()
		l.Next = &next
	}
	return l
}

// again says when a delivery that waits is tried again, and how many wait behind it.
func again(u alerts.Undelivered) string {
	if u.Want != alerts.WantWaiting {
		return ""
	}
	behind := ""
	if u.Queued > 1 {
		behind = fmt.Sprintf("; %d more wait behind it", u.Queued-1)
	}
	return fmt.Sprintf("    tried %s, next at %s%s\n", plural(u.Attempts, "time"), u.Next.UTC().Format("2 Jan 2006 15:04:05 UTC"), behind)
}
