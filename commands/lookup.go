package commands

import (
	"context"

	"github.com/seed-6c43f0f2/attache/alerts/match"
)

const (
	maxCandidates = 300 // articles that a lookup verifies
	maxFound      = 10  // articles that it shows
)

func (d *Desk) lookup(ctx context.Context, a ask) (Reply, error) {
	s, err := d.seek(ctx, a)
	if err != nil {
		return Reply{}, err
	}
	words := s.lens.words()
	if len(words) == 0 {
		return Reply{}, noWord(a)
	}
	candidates, err := d.with.Archive.Lookup(ctx, a.Workspace, words, maxCandidates)
	if err != nil {
		return Reply{}, err
	}
	names, err := d.outlets(ctx, a, candidates)
	if err != nil {
		return Reply{}, err
	}
	var entries []Line
	times := make([]int, len(s.specs)) // that each of the specs fired
	for _, f := range candidates {
		if m, ok := s.best(f, times); ok {
			entries = append(entries, item(moment(f.Article.Time()), " · ", link(f.Article.Title, f.Article.URL), " · ",
				names.label(f), " · ", mentionWords(m.Mention), ": ", fired(m.Evidence)))
		}
	}
	r := Reply{Title: s.title}
	if s.watch != "" {
		r.Lines = append(r.Lines, say(s.watch))
	}
	if len(entries) == 0 {
		return d.nothingFound(ctx, a, s, r)
	}
	r.Lines = append(r.Lines, some(entries, maxFound)...)
	if len(candidates) == maxCandidates {
		r.Lines = append(r.Lines, say("Only the newest ", maxCandidates, " articles with these words were looked at."))
	}
	if s.watch == "" {
		r.Lines = append(r.Lines, say("To be told of new ones: ", watchFor(a, s.specs[most(times)])))
	}
	return r, nil
}

// most returns where the largest number stands, the first of equal ones.
func most(numbers []int) int {
	at := 0
	for i, n := range numbers {
		if n > numbers[at] {
			at = i
		}
	}
	return at
}

// noWord refuses a lookup of which no word can be looked for.
func noWord(a ask) error {
	return invalid("A lookup needs at least one word that an article must have. Write for example: %s", a.how.example(a.path))
}

// nothingFound says what to do about an empty answer.
func (d *Desk) nothingFound(ctx context.Context, a ask, s sought, r Reply) (Reply, error) {
	feeds, err := d.with.Feeds.Feeds(ctx, a.Workspace)
	if err != nil {
		return Reply{}, err
	}
	if len(feeds) == 0 {
		return noFeeds(a), nil
	}
	name := s.title
	r.Lines = append(r.Lines, say("None of the articles read from ", count(len(feeds), "feed", "feeds"), " so far mentions ", bold(name), "."))
	shelf, err := d.shelf(ctx, a.Workspace)
	if err != nil {
		return Reply{}, err
	}
	if near := nearest(name, shelf.watchNames(), match.Fold); near != "" && !same(near, name) {
		r.Lines = append(r.Lines, say("Did you mean ", a.write("lookup", "name", near), "?"))
	}
	if len(shelf.spots(name)) > 0 {
		r.Lines = append(r.Lines, say("It is watched, so new ones will be told. Check what is read: ", a.write("feeds status")))
	} else {
		r.Lines = append(r.Lines, say("Check the spelling, or be told when one comes: ", watchFor(a, s.specs[0])))
	}
	return r, nil
}
