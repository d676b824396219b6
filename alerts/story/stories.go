package story

import (
	"cmp"
	"slices"
	"time"
)

const (
	// MaxPerKey is how many stories are found by one key: the newest. A key that more share ("Live updates", "Morning
	// briefing") says next to nothing, and to compare an article with all of them would make planning slower with every
	// day that such a feed is read. What tells one event shares several keys, most of them with few other stories.
	MaxPerKey = 50

	// maxCompared is with how many members of a story an article is compared: those placed last. A story on which
	// hundreds report is recognised by any of these, and by the page of any member whatever.
	maxCompared = 50
)

// Stories are the stories known so far, with an index by key. It is a value under construction: not for concurrent use.
type Stories struct {
	known    map[string]*known
	byKey    map[Key][]*known // at most MaxPerKey each
	compared int              // pairs of articles so far, for the test that bounds them
}

// known is a story with what articles find it by.
type known struct {
	Candidate
	pages map[string]bool // the canonical URLs of all members
}

// NewStories returns the stories that the candidates are; the keys of their members are made anew.
func NewStories(candidates []Candidate) *Stories {
	s := &Stories{known: map[string]*known{}, byKey: map[Key][]*known{}}
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
	tried := map[*known]bool{}
	for _, k := range f.Keys {
		for _, c := range s.byKey[k] {
			if tried[c] {
				continue
			}
			tried[c] = true
			score := s.score(c, f, at)
			if score > best || score == best && score > 0 && c.ID < id {
				id, best = c.ID, score
			}
		}
	}
	_, there := s.known[id]
	s.add(id, f, at)
	return id, !there
}

// Put puts an article into a story that it is known to belong to, whatever its words.
func (s *Stories) Put(id string, f Fingerprint, at time.Time) { s.add(id, f, at) }

func (s *Stories) score(c *known, f Fingerprint, at time.Time) float64 {
	switch {
	case f.Canonical != "" && c.pages[f.Canonical]:
		return samePage
	case !within(Window, at, c.Newest):
		return 0
	}
	best, soon := 0.0, within(flashWindow, at, c.Newest)
	for _, m := range c.Members[max(0, len(c.Members)-maxCompared):] {
		s.compared++
		if soon || !flash(f, m) {
			best = max(best, Same(f, m))
		}
	}
	return best
}

func (s *Stories) add(id string, f Fingerprint, at time.Time) {
	c := s.known[id]
	if c == nil {
		c = &known{Candidate: Candidate{ID: id}, pages: map[string]bool{}}
		s.known[id] = c
	}
	c.Members = append(c.Members, f)
	if f.Canonical != "" {
		c.pages[f.Canonical] = true
	}
	if at.After(c.Newest) {
		c.Newest = at
	}
	if len(f.Keys) == 0 {
		f.Keys = keys(f)
	}
	for _, k := range f.Keys {
		s.file(k, c)
	}
}

// file files a story under a key. Of more than MaxPerKey the oldest gives way; of equally old ones that with the greatest
// ID, so that the order of arrival decides nothing.
func (s *Stories) file(k Key, c *known) {
	stories := s.byKey[k]
	if slices.Contains(stories, c) {
		return
	}
	stories = append(stories, c)
	if len(stories) > MaxPerKey {
		oldest := slices.MinFunc(stories, func(a, b *known) int {
			return cmp.Or(a.Newest.Compare(b.Newest), cmp.Compare(b.ID, a.ID))
		})
		at := slices.Index(stories, oldest)
		stories = slices.Delete(stories, at, at+1)
	}
	s.byKey[k] = stories
}
