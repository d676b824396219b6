package store

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// toldTwice counts the stories that one message tells with others and that have a message of their own too.
const toldTwice = `SELECT COUNT(*) FROM gatherings g JOIN deliveries d ON d.channel = g.channel AND d.story = g.story WHERE g.channel = 'discord:1/10'`

// heldUp is a desktop on one of two replicas, with thirty messages that were held up, the first of which is being sent.
func heldUp(t *testing.T) (d *desktop, other *Store, first alerts.Delivery) {
	t.Helper()
	a, b := two(t)
	d = newsdeskOn(t, a, "un")
	d.publishes(0, 30)
	d.now = d.now.Add(2 * time.Hour)
	for _, one := range claimed(t, a, d.now, 10) {
		if one.Channel == desk {
			return d, b, one
		}
	}
	require.Fail(t, "nothing waits for the desk")
	return nil, nil, first
}

// blocked returns once a session of the store's database waits for what another holds.
func blocked(ctx context.Context, s *Store) error {
	for n := 0; n == 0; {
		query := `SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
		if err := s.read.QueryRowContext(ctx, query).Scan(&n); err != nil {
			return err
		}
	}
	return nil
}

// A replica reads an article of a story while the other is making one message of what waits, that story among it: what it
// planned is planned anew, and the story is not told by a message of its own.
func TestARecordingWaitsForCondensing(t *testing.T) {
	require.Equal(t, [2]int{29, 0}, recordsWhileCondensing(t, false))
}

// The control: without the comparison a message is made for a story that was told with others.
func TestARecordingThatDoesNotCompareTellsAStoryTwice(t *testing.T) {
	require.Equal(t, [2]int{29, 1}, recordsWhileCondensing(t, true))
}

func recordsWhileCondensing(t *testing.T, careless bool) (n [2]int) {
	t.Helper()
	d, b, first := heldUp(t)
	var ledger alerts.Ledger = b
	if careless {
		ledger = unasked{b}
	}
	other := *d
	other.store, other.now = b, d.now.Add(10*time.Minute)
	other.plansOn(ledger)
	article := other.item(5, 0)
	article.Feed, article.Key, article.Seen = 1, "again", other.now
	article.URL, article.Canonical = "https://other.example/5", "https://other.example/5"
	f := dueFeeds(t, b, other.now)[0]
	f.Source.Name = "other" // another outlet is added to a message that tells the story alone
	var group sync.WaitGroup
	var once sync.Once
	err := d.store.settleWith(t.Context(), first, sent("m"), d.now, func(tx txn, created time.Time) error {
		_, err := condense(t.Context(), tx, first, created, d.now)
		if err != nil {
			return err
		}
		once.Do(func() {
			group.Go(func() {
				v := visit(f)
				v.At, v.Articles = other.now, []alerts.Article{article}
				if _, err := other.engine.Ingest(t.Context(), []alerts.Visit{v}); err != nil {
					t.Error(err)
				}
			})
			err = blocked(t.Context(), b)
		})
		return err
	})
	require.NoError(t, err)
	group.Wait()
	require.Equal(t, 1, count(t, b, `SELECT COUNT(*) FROM articles WHERE item = 'again'`))
	return [2]int{count(t, b, `SELECT COUNT(*) FROM gatherings WHERE channel = 'discord:1/10'`), count(t, b, toldTwice)}
}

// A replica is recording when a message got through: that it did is written, nothing is half done, and the next that gets
// through tells the others together, what was recorded meanwhile among them.
func TestCondensingThatIsDisturbedIsDoneWithTheNext(t *testing.T) {
	d, b, first := heldUp(t)
	var said strings.Builder
	d.store.log = slog.New(slog.NewTextHandler(&said, nil))
	f := alerts.Feed{ID: 1, URL: fileFeed("un").URL}
	r := article(f, 500)
	o := alerts.Outcome{Visit: visit(f), Recorded: []alerts.Recorded{r}, Decisions: []alerts.Decision{decision(desk, r)}, Deliveries: []alerts.Delivery{root(desk, r)}}
	var group sync.WaitGroup
	require.NoError(t, b.change(t.Context(), "record", func(tx txn) error {
		if err := movesLedger(t.Context(), tx, []alerts.Outcome{o}); err != nil {
			return err
		}
		if err := recordOutcome(t.Context(), tx, o, b.engine.found([]alerts.Outcome{o})[0]); err != nil {
			return err
		}
		group.Go(func() {
			if err := d.store.Settle(t.Context(), first, sent("m"), d.now); err != nil {
				t.Error(err)
			}
		})
		return blocked(t.Context(), b)
	}))
	group.Wait()
	require.Contains(t, said.String(), "could not be told in one")
	require.Equal(t, 1, count(t, b, `SELECT COUNT(*) FROM deliveries WHERE channel = 'discord:1/10' AND state = 'sent'`))
	require.Zero(t, count(t, b, `SELECT COUNT(*) FROM gatherings`))
	posted := d.delivers(desk)
	require.Len(t, posted, 2, "one, and all others")
	require.Equal(t, 29, len(posted[1].Alert.Stories)+posted[1].Alert.More)
	require.Zero(t, count(t, b, toldTwice))
}
