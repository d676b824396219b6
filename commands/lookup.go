package commands

import (
	"context"
	"errors"
	"strings"

	"github.com/seed-6c43f0f2/attache/alerts/match"
)

const (
	maxCandidates = 300 // articles that a lookup verifies
	maxFound      = 10  // articles that it shows
)

// A sought is what somebody looks up.
type sought struct {
	title string
	watch string // how a watch was taken, "" for what is no watch
	lens  *lens
}

func (d *Desk) lookup(ctx context.Context, a ask) (Reply, error) {
	s, err := d.seek(ctx, a)
	if err != nil {
		return Reply{}, err
	}
	words := s.lens.words()
	if len(words) == 0 {
		return Reply{}, invalid("A lookup needs at least one word that an article must have. Write for example: %s", a.how.example(a.path))
	}
	candidates, err := d.with.Archive.Lookup(ctx, a.Workspace, words, maxCandidates)
	if err != nil {
		return Reply{}, err
	}
	var entries []Line
	for _, f := range candidates {
		if m, ok := s.best(f); ok {
			entries = append(entries, item(moment(f.Article.Time()), " · ", link(f.Article.Title, f.Article.URL), " · ",
				label(f.Source, f.Article.URL), " · ", mentionWords(m.Mention), ": ", fired(m.Evidence)))
		}
	}
	r := Reply{Title: s.title}
	if s.watch != "" {
		r.Lines = append(r.Lines, say(s.watch))
	}
	if len(entries) == 0 {
		return d.nothingFound(ctx, a, r)
	}
	r.Lines = append(r.Lines, some(entries, maxFound)...)
	if len(candidates) == maxCandidates {
		r.Lines = append(r.Lines, say("Only the newest ", maxCandidates, " articles with these words were looked at."))
	}
	if s.watch == "" {
		r.Lines = append(r.Lines, say("To be told of new ones: ", a.write("watch add", "name", a.Args["name"])))
	}
	return r, nil
}

// best returns the match of the first of the specs that fires.
func (s sought) best(f Found) (match.Match, bool) {
	all, _ := s.lens.look(f)
	for i := range s.lens.patterns {
		if m, ok := all[i]; ok {
			return m, true
		}
	}
	return match.Match{}, false
}

// seek finds out what a name means: a watch's name is that watch; else what looks like a query is one; else it is a person
// of that name, or the words as a phrase.
func (d *Desk) seek(ctx context.Context, a ask) (sought, error) {
	name := a.Args["name"]
	shelf, err := d.shelf(ctx, a.Workspace)
	if err != nil {
		return sought{}, err
	}
	for _, spot := range shelf.spots(name) {
		if l, err := newLens(spot.watch.Terms()); err == nil {
			return sought{spot.watch.Name, "As the watch on " + spot.list.Name + " finds it.", l}, nil
		}
	}
	query := match.Spec{Kind: match.Topic, Name: name, Query: straighten(name)}
	if !operator.MatchString(query.Query) {
		specs := []match.Spec{query, {Kind: match.Person, Name: name}} // one word is a word, before it is a name
		if strings.Contains(name, " ") {
			query.Query = `"` + name + `"`
			specs = []match.Spec{{Kind: match.Person, Name: name}, query}
		}
		if l, err := newLens(specs...); err == nil {
			return sought{name, "", l}, nil
		}
	}
	l, err := newLens(query)
	var bad *match.SpecError
	if errors.As(err, &bad) {
		bad = &match.SpecError{Field: "match", Column: bad.Column, Say: bad.Say}
		return sought{}, badSpec(query, bad, a)
	}
	return sought{name, "", l}, err
}

// nothingFound says what to do about an empty answer.
func (d *Desk) nothingFound(ctx context.Context, a ask, r Reply) (Reply, error) {
	feeds, err := d.with.Feeds.Feeds(ctx, a.Workspace)
	if err != nil {
		return Reply{}, err
	}
	if len(feeds) == 0 {
		return noFeeds(a), nil
	}
	name := a.Args["name"]
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
		r.Lines = append(r.Lines, say("Check the spelling, or be told when one comes: ", a.write("watch add", "name", name)))
	}
	return r, nil
}
