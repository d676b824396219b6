package alerts

import (
	"errors"
	"fmt"

	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// A Lens is a roster compiled for matching. It does not change; a new roster makes a new Lens.
type Lens struct {
	index   *match.Index
	lists   []Watchlist                // the roster's: a watch is not kept twice
	watches map[string]spot            // by the id in the index
	hearing map[ListRef][]Subscription // in the roster's order
}

// A spot is where a watch stands in lists.
type spot struct{ list, watch int32 }

// listed is a watch in its list.
type listed struct {
	list  ListRef
	watch Watch
}

// found is a watch that fired on an article.
type found struct {
	listed
	match match.Match
}

// NewLens compiles a roster, which it keeps: nobody may change it from then on. Watches that do not compile are left out and
// named in err, the rest works.
func NewLens(r Roster) (l *Lens, err error) {
	l = &Lens{index: match.NewIndex(), lists: r.Watchlists, watches: map[string]spot{}, hearing: map[ListRef][]Subscription{}}
	for _, s := range r.Subscriptions {
		l.hearing[s.List] = append(l.hearing[s.List], s)
	}
	var broken []error
	for i, list := range r.Watchlists {
		for j, w := range list.Watches {
			p, err := match.Compile(w.Terms())
			if err != nil {
				broken = append(broken, fmt.Errorf("compile watch %q of watchlist %q: %w", w.Name, list.Name, err))
				continue
			}
			id := fmt.Sprintf("%s\x00%s\x00%s", list.Workspace, list.Name, w.Name)
			l.watches[id] = spot{int32(i), int32(j)}
			l.index.Put(id, p)
		}
	}
	return l, errors.Join(broken...)
}

// at is the watch in a spot.
func (l *Lens) at(p spot) listed {
	list := &l.lists[p.list]
	return listed{list.ListRef, list.Watches[p.watch]}
}

// find returns the watches that fire on the article, and those that nearly do, in a fixed order.
func (l *Lens) find(a Article, s Source) ([]found, []nearly) {
	result := l.index.Find(doc(a, s))
	fired := make([]found, 0, len(result.Matches))
	for _, m := range result.Matches {
		fired = append(fired, found{l.at(l.watches[m.ID]), m})
	}
	missed := make([]nearly, 0, len(result.NearMisses))
	for _, m := range result.NearMisses {
		missed = append(missed, nearly{l.at(l.watches[m.ID]), m})
	}
	return fired, missed
}

// Hits returns what fires on a document, heard or not, as an alert would say it: for trying watches out. It is the same
// search that Plan makes.
func (l *Lens) Hits(d match.Doc) []Hit {
	out := []Hit{}
	for _, m := range l.index.Find(d).Matches {
		out = append(out, found{l.at(l.watches[m.ID]), m}.hit())
	}
	return out
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
