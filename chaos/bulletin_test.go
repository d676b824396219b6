package chaos

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// bulletin is the n-th article. Its words are its own, so that it joins no other's story, and its number stands in its title.
func bulletin(n int, now time.Time) alerts.Article {
	r := rand.New(rand.NewPCG(uint64(n), 1))
	words := func(count int) string {
		var all []string
		for range count {
			var w strings.Builder
			for range 4 {
				w.WriteByte("bdfgklmnprstvz"[r.IntN(14)])
				w.WriteByte("aeiou"[r.IntN(5)])
			}
			all = append(all, w.String())
		}
		return strings.Join(all, " ")
	}
	url := fmt.Sprintf("https://feed-0.example/%d", n)
	return alerts.Article{
		Key: strconv.Itoa(n), URL: url, Canonical: url, Title: fmt.Sprintf("Bulletin item%d %s", n, words(6)),
		Text: words(30) + ".", Language: "en", Published: now.UTC(), Seen: now.UTC(),
	}
}

var itemNumber = regexp.MustCompile(`item(\d+)`)

// number is that of the bulletin of which a message tells; -1 for none.
func number(message string) int {
	found := itemNumber.FindStringSubmatch(message)
	if found == nil {
		return -1
	}
	n, err := strconv.Atoi(found[1])
	if err != nil {
		return -1
	}
	return n
}

// A tally is what came of a run.
type tally struct {
	kills, recorded, posted, lost, doubled, inverted, failed, uncertain int

	strange int // messages of which nothing was recorded
	early   int // calls before the time that the platform had named
}

func (t tally) String() string {
	return fmt.Sprintf("%d kills, %d recorded, %d posted, %d lost, %d doubled, %d inverted, %d dead letters, %d uncertain, %d of nothing recorded, %d early calls",
		t.kills, t.recorded, t.posted, t.lost, t.doubled, t.inverted, t.failed, t.uncertain, t.strange, t.early)
}

// clean tells that nothing was lost, doubled or out of order.
func (t tally) clean() bool {
	return t.lost == 0 && t.doubled == 0 && t.inverted == 0 && t.failed == 0 && t.uncertain == 0 && t.strange == 0
}

// count adds what one channel shows of the bulletins 0 to n-1, in the order of its messages. They stood in so many feeds in
// turn, and only those of one feed have an order.
func (t *tally) count(n, feeds int, messages []int) {
	seen := t.look(n, feeds, messages)
	t.recorded += n
	for m := range n {
		if !seen[m] {
			t.lost++
		}
	}
}

// look is count where some may still come.
func (t *tally) look(n, feeds int, messages []int) (seen map[int]bool) {
	seen = map[int]bool{}
	last := map[int]int{}
	for _, m := range messages {
		t.posted++
		switch {
		case m < 0 || m >= n:
			t.strange++
			continue
		case seen[m]:
			t.doubled++
			continue
		case m < last[m%feeds]:
			t.inverted++
		}
		seen[m], last[m%feeds] = true, m
	}
	return seen
}
