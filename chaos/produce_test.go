package chaos

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// wave makes the next articles of those that are to be made. What waits ten minutes is told in one message, so they are not
// made all at once.
func (v *victim) wave(ctx context.Context) error {
	for end := min(v.produced+waveMost, v.Produce); v.produced < end; {
		before := v.produced
		if err := v.produce(ctx); err != nil {
			if !v.Steady {
				return err
			}
			fmt.Fprintln(os.Stderr, "articles were not recorded, and are tried again:", err)
			v.produced = before
		}
	}
	return nil
}

// madeOf is how many articles are made where so many are to be: the last visit may bring more.
func madeOf(produce int) (made int) {
	for made < produce {
		made += 1 + made%batchMost
	}
	return made
}

func (v *victim) produceUpTo(ctx context.Context, deliveries int) error {
	for ; deliveries > 0; deliveries -= len(v.Channels) * batchMost {
		if err := v.produce(ctx); err != nil {
			return err
		}
	}
	return nil
}

// produce ingests a few new articles. A victim that dies before it wrote down how many there were leaves it to the next to
// ingest them again: the same, since what a batch holds follows from how many there were before.
func (v *victim) produce(ctx context.Context) error {
	now := time.Now()
	first, second := v.visit(0, now), v.visit(1, now)
	for range 1 + v.produced%batchMost {
		a := bulletin(v.produced, now)
		a.Feed = first.Feed.ID
		first.Articles = slices.Insert(first.Articles, 0, a) // the newest first, as feeds have it
		if v.produced%5 == 0 {                               // another outlet has it too: the message is edited
			a.Feed, a.URL, a.Canonical = second.Feed.ID, a.URL+"?2", a.Canonical+"?2"
			second.Articles = append(second.Articles, a)
		}
		v.produced++
	}
	for _, visit := range []alerts.Visit{first, second} {
		if _, err := v.engine.Ingest(ctx, []alerts.Visit{visit}); err != nil {
			return err
		}
	}
	return v.store.SetMeta(ctx, producedKey, strconv.Itoa(v.produced))
}

func (v *victim) visit(feed int, now time.Time) alerts.Visit {
	f := v.feeds[feed]
	f.Cursor.Visited = now
	return alerts.Visit{Feed: f, At: now, Cursor: f.Cursor, NextPoll: now.Add(time.Hour)}
}
