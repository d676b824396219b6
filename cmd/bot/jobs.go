package main

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"github.com/robfig/cron/v3"
)

// pollEvery is how often the poll timer asks what is due.
const pollEvery = 5 * time.Second

// timers are all the timers of the program. What is due is said by the store, not by them: a timer that is late or
// fires twice changes nothing.
func (a *app) timers() []*job {
	all := []*job{
		newJob("poll", "@every "+pollEvery.String(), a.poll), // visit the feeds that are due
		newJob("drain", "@every 1s", a.drain),                // send the deliveries that are due
		a.chore("prune", time.Hour, a.prune),                 // drop texts older than the retention

		a.chore("gather", 20*time.Second, a.gather),     // make messages of stories that are told together
		a.chore("health", time.Minute, a.tellHealth),    // tell of feeds that fail for long, and of gaps
		a.chore("weekly", 10*time.Minute, a.tellWeekly), // the week's coverage, when it is due
		a.chore("stops", 20*time.Second, a.tellStops),   // tell of channels that were stopped
		a.chore("probe", probeEvery, a.probeStopped),    // see whether they are well again
	}
	if a.subscriber != nil {
		all = append(all, a.chore("hubs", time.Minute, a.subscriber.Ask)) // ask hubs to tell us what is new
	}
	if a.replica.shared {
		all = append(all, newJob("beat", "@every 2s", a.replica.beat)) // say that this replica is alive
	}
	return all
}

// chore is a job that one of the replicas does for all.
func (a *app) chore(name string, every time.Duration, do func(context.Context) error) *job {
	return newJob(name, "@every "+every.String(), a.replica.alone(name, every, do))
}

// A job is one thing done again and again, by its timer or when it is nudged, never twice at once.
type job struct {
	name string
	spec string // as robfig/cron reads it
	run  func(context.Context) error
	wake chan struct{}
}

func newJob(name, spec string, run func(context.Context) error) *job {
	return &job{name: name, spec: spec, run: run, wake: make(chan struct{}, 1)}
}

// nudge makes the job run soon; while it runs, once more after.
func (j *job) nudge() {
	select {
	case j.wake <- struct{}{}:
	default:
	}
}

// loop runs the job at each nudge until ctx ends. A run under way is told by its ctx and waited for.
func (a *app) loop(ctx context.Context, j *job) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-j.wake:
			if err := a.safely(ctx, j); err != nil && ctx.Err() == nil {
				a.log.Error("job failed; it runs again at its next turn", "job", j.name, "err", err)
			}
		}
	}
}

// safely makes an error of a panic, so that one bad job does not end the others.
func (a *app) safely(ctx context.Context, j *job) (err error) {
	defer func() {
		if r := recover(); r != nil {
			a.log.Error("job panicked", "job", j.name, "panic", r, "stack", string(debug.Stack()))
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return j.run(ctx)
}

// work runs all jobs until ctx ends, then stops them in order: no new polls, then no new sends, each after what is under
// way is done.
func (a *app) work(ctx context.Context) error {
	clock := cron.New()
	var jobs sync.WaitGroup
	sending, stopSending := context.WithCancel(context.WithoutCancel(ctx))
	defer stopSending()
	var sends sync.WaitGroup
	for _, j := range a.jobs {
		if _, err := clock.AddFunc(j.spec, j.nudge); err != nil {
			return fmt.Errorf("set timer of %s: %w", j.name, err)
		}
		if j.name == "drain" {
			sends.Go(func() { a.loop(sending, j) })
		} else {
			jobs.Go(func() { a.loop(ctx, j) })
		}
		j.nudge()
	}
	clock.Start()
	<-ctx.Done()
	<-clock.Stop().Done()
	jobs.Wait()
	a.log.Info("polling stopped; finishing sends")
	stopSending()
	sends.Wait()
	return nil
}
