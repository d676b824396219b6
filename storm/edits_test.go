package storm

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// late is how long after it was sent an edit is accepted, when the caller has given it up long since.
const late = 25 * time.Second

// died ends the names of tests in which the process dies while it sends.
const died = " when the process has died"

// edited is the n-th edit of a story, with what its message shows then.
func edited(d alerts.Delivery, n int) alerts.Delivery {
	d.Part = alerts.EditPart(n)
	d.Alert.Title = fmt.Sprintf("Story told by %d outlets", n)
	return d
}

// title is what the root of a story shows, "" if it does not stand.
func (r *rig) title(d alerts.Delivery) string {
	if r.slack != nil {
		for _, m := range r.slack.Messages(d.Channel.ID()) {
			if m.ThreadTS == "" && strings.Contains(string(m.Blocks), d.Alert.ID) {
				return m.Text
			}
		}
		return ""
	}
	for _, m := range r.discord.Messages(d.Channel.ID()) {
		if m.Nonce == d.Ref() {
			return m.Content + m.Embeds[0].Title
		}
	}
	return ""
}

// TestALateEdit: an edit of which nobody knows whether it was accepted may be accepted after all. Whatever became of it
// meanwhile, the message shows the newest in the end, and nothing else in the channel waits for that.
func TestALateEdit(t *testing.T) {
	for name, meanwhile := range lateEdits() {
		t.Run(name, func(t *testing.T) {
			in(t, both(), func(t *testing.T, r *rig) {
				d, other, passed := editLate(r, meanwhile)
				require.Contains(t, r.title(d), "told by 2 outlets")
				require.Equal(t, []int{1, 1}, []int{r.count(d), r.count(other)})
				require.Len(t, r.shown(d.Channel), 2)
				r.settled()
				most := r.pace.Send + r.pace.Backoff
				if onServer() && strings.HasSuffix(name, died) {
					most = r.pace.Lease // which is the dead process's there
				}
				require.LessOrEqual(t, passed, most+2*r.tick, "another story waited")
				require.Empty(t, r.told())
				t.Logf("%s: another story was posted after %s", r.name, passed)
			})
		})
	}
}

// TestControlOfLateEdits: where nobody waits for what may come late, it is what the message shows for good.
func TestControlOfLateEdits(t *testing.T) {
	for name, meanwhile := range lateEdits() {
		if onServer() && strings.HasSuffix(name, died) {
			continue // what it was sending is its own there until its lease ends, which is as long
		}
		if !full() && strings.Contains(name, "before") {
			continue // as the others
		}
		t.Run(name, func(t *testing.T) {
			in(t, both(), func(t *testing.T, r *rig) {
				r.wrong = func(p alerts.Poster) alerts.Poster { return hurried{p} }
				d, _, _ := editLate(r, meanwhile)
				require.Contains(t, r.title(d), "told by 1 outlets")
			})
		})
	}
}

// TestEditsInAnyWeather: stories of one channel are edited and replied to at random moments, and calls are accepted late or
// answered wrongly; the process dies again and again. Each message shows its newest edit in the end.
func TestEditsInAnyWeather(t *testing.T) {
	for seed := range uint64(sized(1, 100)) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			in(t, both(), func(t *testing.T, r *rig) {
				dice := rand.New(rand.NewPCG(seed, 5))
				r.tick = 3 * tick
				r.start()
				edits, replies := map[int]int{}, map[int]int{}
				var all []alerts.Delivery
				for n := range 3 {
					all = append(all, news(r.channel(0), n))
				}
				r.record(all...)
				r.run(10 * time.Second)
				for range 12 {
					n := dice.IntN(len(all))
					r.doubtful(dice, all[n].Channel)
					if edits[n]++; dice.IntN(4) == 0 {
						d := all[n]
						replies[n]++
						d.Part = alerts.ReplyPart(replies[n])
						r.record(d)
					}
					r.record(edited(all[n], edits[n]))
					_, kill := r.alive()
					<-time.After(time.Duration(dice.IntN(25_000)) * time.Millisecond)
					if kill(); dice.IntN(3) == 0 {
						<-time.After(time.Duration(dice.IntN(10_000)) * time.Millisecond)
					}
					r.start()
				}
				r.run(4 * time.Minute) // each that is in doubt may hold up its channel for one, and on a server its dead process's lease
				r.settled()
				for n, d := range all {
					require.Equal(t, 1, r.count(d))
					if edits[n] > 0 {
						require.Contains(t, r.title(d), fmt.Sprintf("told by %d outlets", edits[n]))
					}
					for i := range replies[n] {
						d.Part = alerts.ReplyPart(i + 1)
						require.Equal(t, 1, r.count(d))
					}
				}
			})
		})
	}
}

// doubtful makes the next call of the channel go wrong in some way, or not.
func (r *rig) doubtful(dice *rand.Rand, c alerts.Channel) {
	switch lag := time.Duration(dice.IntN(int(late))); dice.IntN(4) {
	case 0, 1:
		r.slowly(c, lag)
	case 2:
		r.cutShort(c, dice.IntN(2) == 0)
	}
}

// hurried does not wait until a message must have appeared.
type hurried struct{ alerts.Poster }

// Manner implements alerts.Poster.
func (h hurried) Manner() alerts.Manner {
	return alerts.Manner{Repeatable: h.Poster.Manner().Repeatable}
}

// lateEdits are what happens between an edit that is accepted late and its acceptance; next records the next edit.
func lateEdits() map[string]func(r *rig, next func()) {
	return map[string]func(r *rig, next func()){
		"the next comes while it is being sent": func(r *rig, next func()) {
			stop := r.live()
			<-time.After(5 * time.Second)
			next()
			<-time.After(20 * time.Second)
			stop()
		},
		"the next comes before its repeat": func(r *rig, next func()) {
			r.run(12 * time.Second)
			next()
		},
		"the next comes after its repeat": func(r *rig, next func()) {
			r.run(20*time.Second + tick)
			next()
		},
		"the next comes" + died: func(r *rig, next func()) {
			_, kill := r.alive()
			<-time.After(4 * time.Second)
			kill()
			r.start().run(2 * time.Second)
			next()
		},
		"the next comes before its answer" + died: func(r *rig, next func()) {
			_, kill := r.alive()
			<-time.After(4 * time.Second)
			next()
			kill()
			r.start()
		},
		"the next comes, and it dies again and again": func(r *rig, next func()) {
			r.run(12 * time.Second)
			next()
			for range 3 {
				r.start().run(2 * time.Second)
			}
		},
	}
}

// editLate posts a story, edits it twice, the first time so that it is accepted late, and posts another one; passed is how
// long that took.
func editLate(r *rig, meanwhile func(r *rig, next func())) (d, other alerts.Delivery, passed time.Duration) {
	d, other = news(r.channel(0), 1), news(r.channel(0), 2)
	r.tick = 2 * tick
	r.start()
	r.record(d)
	r.run(5 * time.Second)
	r.slowly(d.Channel, late)
	r.record(edited(d, 1), other)
	began := time.Now()
	seen := make(chan time.Duration, 1)
	go func() {
		for r.count(other) == 0 {
			<-time.After(tick)
		}
		seen <- time.Since(began)
	}()
	meanwhile(r, func() { r.record(edited(d, 2)) })
	r.run(time.Minute)
	return d, other, <-seen
}
