package alerts

import (
	"slices"
	"strings"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// An Earlier article is one recorded before, as it is found by what it has in common with one that comes under a new id.
type Earlier struct {
	Feed  FeedID
	Key   string
	Story StoryID
}

// Print is what an article is known by when it comes again under another id and without its address: a hash of its title,
// date and text. Case and blanks do not count. It is "" where a date or a text is missing, for a title alone ("Press
// briefing") is that of many.
func (a Article) Print() string {
	text := flatten(a.Text)
	if a.Published.IsZero() || text == "" {
		return ""
	}
	return digest(20, "print", match.Fold(flatten(a.Title)), a.Published.UTC().Format(time.RFC3339), text)
}

func flatten(s string) string { return strings.Join(strings.Fields(s), " ") }

// Traits are by what an article is found that comes again: its page and its print, each "" if it has none.
type Traits struct{ Page, Print string }

// traits returns what the article is found by.
func (a Article) traits() Traits { return Traits{a.Canonical, a.Print()} }

// archive is what was recorded before, by its traits.
type archive struct {
	pages, prints map[string][]Earlier
}

func newArchive(w World) archive {
	a := archive{map[string][]Earlier{}, map[string][]Earlier{}}
	for k, v := range w.Pages {
		a.pages[k] = slices.Clone(v)
	}
	for k, v := range w.Prints {
		a.prints[k] = slices.Clone(v)
	}
	return a
}

// add files an article that is recorded now.
func (a archive) add(t Traits, e Earlier) {
	if t.Page != "" {
		a.pages[t.Page] = append(a.pages[t.Page], e)
	}
	if t.Print != "" {
		a.prints[t.Print] = append(a.prints[t.Print], e)
	}
}

// find returns what the article was before, and whether that was in its own feed rather than in another.
func (a archive) find(f FeedID, t Traits) (before Earlier, own bool) {
	for _, e := range slices.Concat(a.pages[t.Page], a.prints[t.Print]) {
		if e.Feed == f {
			return e, true
		}
		if before.Story == "" {
			before = e
		}
	}
	return before, false
}
