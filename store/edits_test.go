package store

import (
	"testing"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/stretchr/testify/require"
)

const (
	backoff = 10 * time.Second
	landed  = 30 * time.Second // so long after a try an edit may be accepted
)

// A desk's edits: a story whose root stands in the channel.
type edits struct {
	t     *testing.T
	s     *Store
	feed  alerts.Feed
	story alerts.Recorded
}

func newEdits(t *testing.T) edits {
	s, _ := open(t)
	f := withFeed(t, s)
	e := edits{t, s, f, posted(t, s, f, 1, desk)[0]}
	settled(t, s, e.claim(0), sent("m1"), noon)
	return e
}

// record puts parts of the story into the outbox.
func (e edits) record(parts ...alerts.Part) {
	e.t.Helper()
	o := alerts.Outcome{Visit: visit(e.feed)}
	for _, p := range parts {
		o.Deliveries = append(o.Deliveries, delivery(desk, e.story, p))
	}
	require.NoError(e.t, e.s.Record(e.t.Context(), []alerts.Outcome{o}))
}

// claim claims what is due so long after noon; the zero Delivery if nothing is.
func (e edits) claim(after time.Duration) alerts.Delivery {
	e.t.Helper()
	for _, d := range claimed(e.t, e.s, noon.Add(after), 1) {
		return d
	}
	return alerts.Delivery{}
}

// doubt settles a try, so long after noon, of which nobody knows what became.
func (e edits) doubt(d alerts.Delivery, after time.Duration) {
	e.t.Helper()
	settled(e.t, e.s, d, alerts.Settlement{State: alerts.StatePending, NotBefore: noon.Add(after + backoff), Uncertain: true}, noon.Add(after))
}

// wait settles what was claimed too early, as the dispatcher does.
func (e edits) wait(d alerts.Delivery, after time.Duration) {
	e.t.Helper()
	settled(e.t, e.s, d, alerts.Settlement{State: alerts.StatePending, NotBefore: d.LastAttempt.Add(landed), Refund: true, Uncertain: true}, noon.Add(after))
}

// follows requires that the edit is in doubt since so long after noon.
func (e edits) follows(d alerts.Delivery, p alerts.Part, since time.Duration) {
	e.t.Helper()
	require.Equal(e.t, p, d.Part)
	require.True(e.t, d.Uncertain)
	require.Equal(e.t, noon.Add(since), d.LastAttempt)
}

// What follows an edit in doubt waits for its back-off, as behind any that failed; then what is not of its story goes past.
func TestOtherStoriesPassAnEditInDoubt(t *testing.T) {
	e := newEdits(t)
	e.record(alerts.EditPart(1), alerts.ReplyPart(1))
	other := article(e.feed, 7)
	require.NoError(t, e.s.Record(t.Context(), []alerts.Outcome{{Visit: visit(e.feed), Recorded: []alerts.Recorded{other}, Deliveries: []alerts.Delivery{root(desk, other)}}}))
	e.doubt(e.claim(0), 0)
	require.Zero(t, e.claim(backoff-time.Second), "the channel is called before the back-off is over")
	d := e.claim(backoff)
	e.follows(d, alerts.EditPart(1), 0)
	e.wait(d, backoff)
	d = e.claim(backoff)
	require.Equal(t, other.Story, d.Story)
	settled(t, e.s, d, sent("m2"), noon.Add(backoff))
	require.Zero(t, e.claim(landed-time.Second), "the story's reply stays behind the edit")
	for _, p := range []alerts.Part{alerts.EditPart(1), alerts.ReplyPart(1)} {
		d = e.claim(landed)
		require.Equal(t, p, d.Part)
		settled(t, e.s, d, sent("m1"), noon.Add(landed))
	}
}

// An edit that was never tried is in doubt as long as one before it is.
func TestAnEditIsInDoubtWithThoseBeforeIt(t *testing.T) {
	for name, first := range map[string]func(e edits){
		"it failed": func(e edits) { e.doubt(e.claim(0), 0) },
		"it failed and waits": func(e edits) {
			e.doubt(e.claim(0), 0)
			e.wait(e.claim(backoff), backoff)
		},
		"nobody can tell": func(e edits) {
			settled(e.t, e.s, e.claim(0), alerts.Settlement{State: alerts.StateUncertain, Reason: "a fault of ours"}, noon)
		},
	} {
		t.Run(name, func(t *testing.T) {
			e := newEdits(t)
			e.record(alerts.EditPart(1))
			first(e)
			e.record(alerts.EditPart(2))
			d := e.claim(backoff)
			e.follows(d, alerts.EditPart(2), 0)
			e.wait(d, backoff)
			require.Zero(t, e.claim(landed-time.Second))
			e.record(alerts.EditPart(3))
			d = e.claim(landed)
			e.follows(d, alerts.EditPart(3), 0)
			settled(t, e.s, d, sent("m1"), noon.Add(landed))
			e.record(alerts.EditPart(4))
			require.False(t, e.claim(landed).Uncertain, "the one before was surely accepted")
		})
	}
}

// What a dead process was sending is not sent again where a later edit waits: that one is, when it is no longer too early.
func TestALaterEditTakesThePlaceOfADeadProcesss(t *testing.T) {
	e := newEdits(t)
	e.record(alerts.EditPart(1))
	require.Equal(t, alerts.EditPart(1), e.claim(0).Part)
	e.record(alerts.EditPart(2))
	require.Zero(t, e.claim(lease-time.Second))
	e.follows(e.claim(lease), alerts.EditPart(2), lease-justBefore)
	require.Equal(t, 1, count(t, e.s, `SELECT COUNT(*) FROM deliveries WHERE part = 'edit:1' AND state = 'superseded'`))
}

// Two may make an edit, when a lease ran out. The first to say that it was accepted does not end the doubt: the other's may
// come after what follows.
func TestAnEditThatTwoMakeIsNotOver(t *testing.T) {
	e := newEdits(t)
	e.record(alerts.EditPart(1))
	slow := e.claim(0)
	taken := e.claim(lease)
	require.Equal(t, 2, taken.Attempts)
	settled(t, e.s, slow, sent("m1"), noon.Add(lease))
	require.Zero(t, e.claim(lease), "it is being made")
	e.doubt(taken, lease)
	settled(t, e.s, slow, sent("m1"), noon.Add(lease))
	e.record(alerts.EditPart(2))
	e.follows(e.claim(lease+backoff), alerts.EditPart(2), lease)
}

// A clock that was set back tells nothing about when the try was: the wait begins anew, and only once.
func TestAnEditInDoubtOutlivesAClockThatIsSetBack(t *testing.T) {
	e := newEdits(t)
	e.record(alerts.EditPart(1))
	e.doubt(e.claim(24*time.Hour), 24*time.Hour)
	e.record(alerts.EditPart(2))
	d := e.claim(time.Minute)
	e.follows(d, alerts.EditPart(2), time.Minute-justBefore)
	e.wait(d, time.Minute)
	require.Zero(t, e.claim(time.Minute+landed-time.Second))
	e.follows(e.claim(time.Minute+landed), alerts.EditPart(2), time.Minute-justBefore)
}
