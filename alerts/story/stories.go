package story

import (
	"slices"
	"time"
)

// Stories are the stories known so far, with an index by key. It is a value under construction: not for concurrent use.
type Stories struct {
	known map[string]*Candidate
	byKey map[Key][]string
}

// NewStories returns the stories that the candidates are; the keys of their members are made anew.
func NewStories(candidates []Candidate) *Stories {
	s := &Stories{known: map[string]*Candidate{}, byKey: map[Key][]string{}}
	for _, c := range candidates {
		for _, m := range c.Members {
			s.add(c.ID, m, c.Newest)
		}
	}
	return s
}

// Place puts an article into the story it tells, or opens the story called fresh, and says which.
// Of several stories that it could join, it joins the surest, then the one with the least ID.
func (s *Stories) Place(f Fingerprint, at time.Time, fresh string) (id string, opened bool) {
	id, best := fresh, 0.0
	tried := map[string]bool{}
	for _, k := range f.Keys {
		for _, known := range s.byKey[k] {
			if tried[known] {
				continue
			}
			tried[known] = true
			score := s.score(s.known[known], f, at)
			if score > best || score == best && score > 0 && known < id {
				id, best = known, score
			}
		}
	}
	_, there := s.known[id]
	s.add(id, f, at)
	return id, !there
}

func (s *Stories) score(c *Candidate, f Fingerprint, at time.Time) float64 {
	near, best := within(at, c.Newest), 0.0
	for _, m := range c.Members {
		if s := Same(f, m); near || s == samePage {
			best = max(best, s)
		}
	}
	return best
}

func (s *Stories) add(id string, f Fingerprint, at time.Time) {
	c := s.known[id]
	if c == nil {
		c = &Candidate{ID: id}
		s.known[id] = c
	}
	c.Members = append(c.Members, f)
	if at.After(c.Newest) {
		c.Newest = at
	}
	if len(f.Keys) == 0 {
		f.Keys = keys(f)
	}
	for _, k := range f.Keys {
		if !slices.Contains(s.byKey[k], id) {
			s.byKey[k] = append(s.byKey[k], id)
		}
	}
}
