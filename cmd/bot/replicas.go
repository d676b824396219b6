package main

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"
)

const (
	// listenLease is how long a replica listens for all after it last said so; the others take over then.
	listenLease = 15 * time.Second
	// renewal is how often it says so, and how often the others ask.
	renewal = 4 * time.Second
	// listenMargin is what is left of the lease when it stops listening because the store does not answer.
	listenMargin = 3 * time.Second
)

// roll is what the store keeps of its replicas.
type roll interface {
	Beat(ctx context.Context, id string, now time.Time) (alive int, err error)
	Hold(ctx context.Context, duty, id string, now time.Time, lease time.Duration) (held bool, err error)
	Yield(ctx context.Context, duty, id string) error
	Part(ctx context.Context, id string) error
}

// A replica is this process among those that share the store. What it does alone, such as with a SQLite file, it does
// without asking.
type replica struct {
	roll   roll
	id     string
	shared bool
	now    func() time.Time            // the store's clock
	read   func(context.Context) error // reads it anew
	log    *slog.Logger

	mu    sync.Mutex
	alive int             // replicas, this one included
	holds map[string]bool // duties
}

// count is how many replicas share what the platforms allow.
func (r *replica) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return max(r.alive, 1)
}

// beat reads the store's clock, says that this replica is alive and hears how many are.
func (r *replica) beat(ctx context.Context) error {
	if err := r.read(ctx); err != nil {
		return err
	}
	alive, err := r.roll.Beat(ctx, r.id, r.now())
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.alive != alive {
		r.log.Info("replicas that share the store", "alive", alive)
	}
	r.alive = alive
	return nil
}

// alone makes of a chore that each replica's timer begins one that only one of them does in that time.
func (r *replica) alone(chore string, every time.Duration, do func(context.Context) error) func(context.Context) error {
	if !r.shared {
		return do
	}
	return func(ctx context.Context) error {
		held, err := r.roll.Hold(ctx, "chore "+chore, r.id, r.now(), every)
		if err != nil || !held {
			return err
		}
		return do(ctx)
	}
}

// first tells whether no replica has taken this before: an event of a platform's that may come to each of them.
func (r *replica) first(ctx context.Context, name string) (bool, error) {
	if !r.shared {
		return true, nil
	}
	const repeated = 15 * time.Minute // platforms repeat for less
	return r.roll.Hold(ctx, "seen "+name, r.id, r.now(), repeated)
}

// listening makes of run one that only one replica is in at a time: the others wait to take over.
func (r *replica) listening(duty string, run func(context.Context) error) func(context.Context) error {
	if !r.shared {
		return run
	}
	return func(ctx context.Context) error {
		for {
			until, ok := r.await(ctx, duty)
			if !ok {
				return nil
			}
			r.log.Info("this replica listens for all", "to", duty)
			lost, err := r.during(ctx, duty, until, run)
			if lost {
				r.log.Warn("another replica listens from here on, or the store does not answer", "to", duty, "err", err)
				continue
			}
			return err
		}
	}
}

// healthy makes a replica that does not listen as healthy as one that does.
func (r *replica) healthy(duty string, ask func() error) func() error {
	if !r.shared {
		return ask
	}
	return func() error {
		r.mu.Lock()
		holds := r.holds[duty]
		r.mu.Unlock()
		if !holds {
			return nil
		}
		return ask()
	}
}

// await waits until the duty is this replica's, and returns until when; ok is false when ctx ended first.
func (r *replica) await(ctx context.Context, duty string) (until time.Time, ok bool) {
	ticks := time.NewTicker(renewal)
	defer ticks.Stop()
	for {
		until, held, err := r.hold(ctx, duty)
		if held {
			return until, true
		}
		if err != nil && ctx.Err() == nil {
			r.log.Warn("the store does not say who listens", "to", duty, "err", err)
		}
		select {
		case <-ctx.Done():
			return time.Time{}, false
		case <-ticks.C:
		}
	}
}

// hold takes or renews the duty. The lease counts from before it is asked for.
func (r *replica) hold(ctx context.Context, duty string) (until time.Time, held bool, err error) {
	ctx, enough := context.WithTimeout(ctx, renewal)
	defer enough()
	now := r.now()
	held, err = r.roll.Hold(ctx, duty, r.id, now, listenLease)
	return now.Add(listenLease), held, err
}

// during runs while the duty is this replica's; lost tells that it is not any more. The error is run's.
func (r *replica) during(ctx context.Context, duty string, until time.Time, run func(context.Context) error) (lost bool, err error) {
	r.mark(duty, true)
	defer r.mark(duty, false)
	running, stop := context.WithCancel(ctx)
	defer stop()
	done := make(chan error, 1)
	go func() { done <- run(running) }()
	ticks := time.NewTicker(renewal)
	defer ticks.Stop()
	for {
		select {
		case err := <-done:
			return false, errors.Join(err, r.yield(ctx, duty))
		case <-ticks.C:
		}
		later, held, err := r.hold(ctx, duty)
		switch {
		case held:
			until = later
		case ctx.Err() != nil: // run ends with it
		case err != nil && r.now().Before(until.Add(-listenMargin)): // the store may answer in time
		default:
			stop()
			return true, <-done
		}
	}
}

func (r *replica) mark(duty string, held bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.holds[duty] = held
}

// yield lets another replica have the duty at once.
func (r *replica) yield(ctx context.Context, duty string) error {
	ctx, enough := context.WithTimeout(context.WithoutCancel(ctx), renewal)
	defer enough()
	return r.roll.Yield(ctx, duty, r.id)
}

// part says that this replica ends.
func (r *replica) part(ctx context.Context) error {
	if !r.shared {
		return nil
	}
	ctx, enough := context.WithTimeout(context.WithoutCancel(ctx), renewal)
	defer enough()
	return r.roll.Part(ctx, r.id)
}
