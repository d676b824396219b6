package alerts

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts/story"
)

// An Engine turns visits into articles, stories, decisions and deliveries. It is safe for concurrent use; batches are
// planned and recorded one after another, since each must know what the one before led to.
type Engine struct {
	ledger Ledger
	terms  Terms
	now    func() time.Time
	log    *slog.Logger

	mu      sync.Mutex
	version int64
	lens    *Lens
}

// NewEngine returns an Engine over a ledger.
func NewEngine(l Ledger, t Terms, now func() time.Time, log *slog.Logger) *Engine {
	return &Engine{ledger: l, terms: t, now: now, log: log, version: -1}
}

// Ingested counts what came of a batch.
type Ingested struct {
	Articles   int // recorded for the first time
	Decisions  map[Verb]int
	NearMisses int
	Deliveries int
	Gaps       int
}

// replans is how often a batch is planned at most: each time another process recorded something new first.
const replans = 50

// Ingest plans the visits and records all that follows, in one transaction. If another process records something new
// meanwhile, which may be the same event, they are planned anew. On an error nothing is recorded, and the feeds are due
// again when their lease ends.
func (e *Engine) Ingest(ctx context.Context, visits []Visit) (Ingested, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for try := 1; ; try++ {
		in, err := e.ingest(ctx, visits)
		if try == replans || !errors.Is(err, ErrMoved) {
			return in, err
		}
	}
}

func (e *Engine) ingest(ctx context.Context, visits []Visit) (Ingested, error) {
	if err := e.refresh(ctx); err != nil {
		return Ingested{}, err
	}
	now := e.now()
	world, err := e.world(ctx, visits, now)
	if err != nil {
		return Ingested{}, fmt.Errorf("read world: %w", err)
	}
	outcomes := Plan(visits, world, e.lens, e.terms, now)
	for i := range outcomes {
		outcomes[i].AsOf = world.AsOf
	}
	if err := e.ledger.Record(ctx, outcomes); err != nil {
		return Ingested{}, fmt.Errorf("record %d visits: %w", len(visits), err)
	}
	return count(outcomes), nil
}

// refresh compiles the roster anew when its version moved. A watch that no longer compiles is named in the log, once a
// version; the others go on.
func (e *Engine) refresh(ctx context.Context) error {
	roster, moved, err := e.ledger.Roster(ctx, e.version)
	if err != nil {
		return fmt.Errorf("read roster: %w", err)
	}
	if !moved {
		return nil
	}
	lens, broken := NewLens(roster)
	if broken != nil {
		e.log.Error("watches left out", "err", broken)
	}
	e.lens, e.version = lens, roster.Version
	return nil
}

// world asks for what Plan needs to know: first which articles are new, which most are not, then about the new ones'
// stories.
func (e *Engine) world(ctx context.Context, visits []Visit, now time.Time) (World, error) {
	var first Question
	for _, v := range visits {
		for _, a := range v.Articles {
			first.Keys = append(first.Keys, ArticleKey{v.Feed.ID, a.Key})
		}
		if len(v.Articles)+len(v.Still) > 0 {
			first.Windows = append(first.Windows, v.Feed.ID)
		}
	}
	if len(first.Windows) == 0 {
		return World{}, nil
	}
	world, err := e.ledger.World(ctx, first)
	if err != nil {
		return World{}, err
	}
	then := Question{Now: now}
	var oldest time.Time
	then.StoryKeys, oldest = storyKeys(visits, world.Known, now)
	then.Since = oldest.Add(-story.Window)
	for _, v := range visits {
		then.about(v, world)
	}
	if len(then.Traits)+len(then.Edited) == 0 {
		return world, nil
	}
	told, err := e.ledger.World(ctx, then)
	told.AsOf, told.Known, told.Windows = world.AsOf, world.Known, world.Windows // as of the older
	return told, err
}

// about asks about what is new or changed in a visit.
func (q *Question) about(v Visit, w World) {
	fresh := false
	for _, a := range v.Articles {
		if !w.Known[ArticleKey{v.Feed.ID, a.Key}] {
			q.Traits = append(q.Traits, a.traits())
			fresh = true
		}
	}
	if fresh {
		q.Flows = append(q.Flows, v.Feed.ID)
	}
	for _, a := range changed(v, w.Known, w.Windows[v.Feed.ID]) {
		q.Edited = append(q.Edited, ArticleKey{v.Feed.ID, a.Key})
	}
}

// storyKeys returns the story keys of the articles that are not known, each once, and the time of the oldest of them:
// an old article that comes again under another key belongs to an old story.
func storyKeys(visits []Visit, known map[ArticleKey]bool, now time.Time) (out []story.Key, oldest time.Time) {
	oldest = now
	seen := map[story.Key]bool{}
	for _, v := range visits {
		for _, a := range v.Articles {
			if known[ArticleKey{v.Feed.ID, a.Key}] {
				continue
			}
			if a.Time().Before(oldest) {
				oldest = a.Time()
			}
			for _, k := range fingerprint(a).Keys {
				if !seen[k] {
					seen[k] = true
					out = append(out, k)
				}
			}
		}
	}
	return out, oldest
}

func count(outcomes []Outcome) Ingested {
	in := Ingested{Decisions: map[Verb]int{}}
	for _, o := range outcomes {
		in.Articles += len(o.Recorded)
		in.Deliveries += len(o.Deliveries)
		in.NearMisses += len(o.NearMisses)
		if o.Gap != nil {
			in.Gaps++
		}
		for _, d := range o.Decisions {
			in.Decisions[d.Verb]++
		}
	}
	return in
}
