package commands

import (
	"fmt"
	"strconv"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// A lens is a few watches, ready to look at articles the way live matching does.
type lens struct {
	index    *match.Index
	patterns []*match.Pattern
}

// newLens compiles the specs; a match's place among them is what look gives back.
func newLens(specs ...match.Spec) (*lens, error) {
	l := &lens{index: match.NewIndex()}
	for i, s := range specs {
		p, err := match.Compile(s)
		if err != nil {
			return nil, fmt.Errorf("compile watch %q: %w", s.Name, err)
		}
		l.index.Put(strconv.Itoa(i), p)
		l.patterns = append(l.patterns, p)
	}
	return l, nil
}

// look returns what fires on the article, by the spec's place, and what almost does.
func (l *lens) look(f Found) (fired map[int]match.Match, missed []match.NearMiss) {
	found := l.index.Find(match.Doc{
		Title: f.Article.Title, Text: f.Article.Text, Language: f.Article.Language,
		Source: match.Source{Name: f.Source.Name, Country: f.Source.Country, Ownership: string(f.Source.Ownership)},
	})
	fired = make(map[int]match.Match, len(found.Matches))
	for _, m := range found.Matches {
		if i, err := strconv.Atoi(m.ID); err == nil {
			fired[i] = m
		}
	}
	return fired, found.NearMisses
}

// words returns the groups of words by which the archive finds candidates.
func (l *lens) words() [][]string {
	var groups [][]string
	for _, p := range l.patterns {
		groups = append(groups, p.Lookup()...)
	}
	return groups
}

// watchLens is a lens of all watches on the shelf; one that does not compile any more is left out.
func watchLens(s shelf) (*lens, []spot) {
	var spots []spot
	l := &lens{index: match.NewIndex()}
	for _, list := range s {
		for _, w := range list.Watches {
			if p, err := match.Compile(w.Terms()); err == nil {
				l.index.Put(strconv.Itoa(len(spots)), p)
				spots = append(spots, spot{list, w})
			}
		}
	}
	return l, spots
}

// specOf is how an alert's hit was matched, for texts that only have its name.
func specOf(d alerts.Decision) alerts.Hit {
	return alerts.Hit{Watchlist: d.List.Name, Watch: d.Watch, Mention: d.Mention, Evidence: d.Evidence}
}
