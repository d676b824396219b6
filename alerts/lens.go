package alerts

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// A Lens is a roster compiled for matching. It does not change; a new roster makes a new Lens.
type Lens struct {
	index   *match.Index
	lists   []ListRef
	watches []watched                  // by their numbers, which are their ids in the index: see lensID
	hearing map[ListRef][]Subscription // in the roster's order
}

// A watched is what there is to say of a watch that is found. What it looks for is kept by the index alone.
type watched struct {
	Name  string
	Kind  match.Kind
	Least match.Mention
	list  int32
}

// listed is a watch in its list.
type listed struct {
	list  ListRef
	watch watched
}

// found is a watch that fired on an article.
type found struct {
	listed
	match match.Match
}

// NewLens compiles a roster, of which it keeps as little as it can. Watches that do not compile are left out and named in
// err, the rest works.
func NewLens(r Roster) (l *Lens, err error) {
	l = &Lens{index: match.NewIndex(), hearing: map[ListRef][]Subscription{}}
	for _, s := range r.Subscriptions {
		l.hearing[s.List] = append(l.hearing[s.List], s)
	}
	for _, list := range r.Watchlists {
		l.lists = append(l.lists, list.ListRef)
	}
	places := inOrder(r.Watchlists)
	l.watches = make([]watched, 0, len(places))
	var broken []error
	for _, at := range places {
		list := &r.Watchlists[at.list]
		w := &list.Watches[at.watch]
		p, err := match.Compile(w.Terms())
		if err != nil {
			broken = append(broken, fmt.Errorf("compile watch %q of watchlist %q: %w", w.Name, list.Name, err))
			continue
		}
		l.index.Put(lensID(len(l.watches)), p)
		l.watches = append(l.watches, watched{w.Name, w.Kind, w.Least, at.list})
	}
	l.index.Settle()
	return l, errors.Join(broken...)
}

// A spot is where a watch stands in watchlists.
type spot struct{ list, watch int32 }

// inOrder lists the watches by workspace, list and name: that is the order in which they are found. Of those that share all
// three the last counts.
func inOrder(lists []Watchlist) []spot {
	var out []spot
	for i := range lists {
		for j := range lists[i].Watches {
			out = append(out, spot{int32(i), int32(j)})
		}
	}
	compare := func(a, b spot) int {
		x, y := &lists[a.list], &lists[b.list]
		return cmp.Or(cmp.Compare(x.Workspace, y.Workspace), cmp.Compare(x.Name, y.Name), cmp.Compare(x.Watches[a.watch].Name, y.Watches[b.watch].Name))
	}
	slices.SortStableFunc(out, compare)
	slices.Reverse(out)
	out = slices.CompactFunc(out, func(a, b spot) bool { return compare(a, b) == 0 })
	slices.Reverse(out)
	return out
}

// lensID is the index's id for a watch's number: what the index finds comes by its id, so the highest byte stands first.
func lensID(number int) string {
	return string(binary.BigEndian.AppendUint32(nil, uint32(number))) //nolint:gosec // a count
}

// at is the watch with an id.
func (l *Lens) at(id string) listed {
	w := l.watches[binary.BigEndian.Uint32([]byte(id))]
	return listed{l.lists[w.list], w}
}

// find returns the watches that fire on the article, and those that nearly do, in a fixed order.
func (l *Lens) find(a Article, s Source) ([]found, []nearly) {
	result := l.index.Find(doc(a, s))
	fired := make([]found, 0, len(result.Matches))
	for _, m := range result.Matches {
		fired = append(fired, found{l.at(m.ID), m})
	}
	missed := make([]nearly, 0, len(result.NearMisses))
	for _, m := range result.NearMisses {
		missed = append(missed, nearly{l.at(m.ID), m})
	}
	return fired, missed
}

// A Miss is a watch that nearly fires on a document: what is there, and what is missing.
type Miss struct {
	Watchlist string         `json:"watchlist"`
	Watch     string         `json:"watch"`
	Kind      match.Kind     `json:"kind"`
	Evidence  match.Evidence `json:"evidence"`
	Reason    string         `json:"reason"` // in plain words
}

// Look returns what fires on a document, heard or not, as an alert would say it, and what nearly does: for trying watches out. It is the
// same search that Plan makes.
func (l *Lens) Look(d match.Doc) ([]Hit, []Miss) {
	result, hits, misses := l.index.Find(d), []Hit{}, []Miss{}
	for _, m := range result.Matches {
		hits = append(hits, found{l.at(m.ID), m}.hit())
	}
	for _, m := range result.NearMisses {
		w := l.at(m.ID)
		misses = append(misses, Miss{w.list.Name, w.watch.Name, w.watch.Kind, m.Evidence, m.Reason})
	}
	return hits, misses
}

func (f found) hit() Hit {
	return Hit{Watchlist: f.list.Name, Watch: f.watch.Name, Kind: f.watch.Kind, Mention: f.match.Mention, Evidence: f.match.Evidence}
}

// doc is an article as the matcher sees it.
func doc(a Article, s Source) match.Doc {
	return match.Doc{
		Title: a.Title, Text: a.Text, Language: a.Language,
		Source: match.Source{Name: s.Name, Country: s.Country, Ownership: string(s.Ownership)},
	}
}
