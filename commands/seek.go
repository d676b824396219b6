package commands

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"unicode"

	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// A sought is what somebody looks up.
type sought struct {
	title string
	watch string // how a watch was taken, "" for what is no watch
	specs []match.Spec
	lens  *lens
}

// seeks makes a sought of what any of the specs finds.
func seeks(title, watch string, specs ...match.Spec) (sought, error) {
	l, err := newLens(specs...)
	return sought{title, watch, specs, l}, err
}

// best returns the match of the first of the specs that fires, and counts all that do.
func (s sought) best(f Found, times []int) (best match.Match, ok bool) {
	all, _ := s.lens.look(f)
	for i := range s.specs {
		m, fired := all[i]
		if !fired {
			continue
		}
		times[i]++
		if !ok {
			best, ok = m, true
		}
	}
	return best, ok
}

// onePerson is a query for nobody and nothing but a person.
var onePerson = regexp.MustCompile(`^person:\s*(?:"([^"]+)"|([^\s"()]+))$`)

// seek finds out what a name means: a watch's name is that watch; else what looks like a query is one; else it is a person
// of that name, or the words as a phrase.
func (d *Desk) seek(ctx context.Context, a ask) (sought, error) {
	name := a.Args["name"]
	person := onePerson.FindStringSubmatch(straighten(name))
	if person != nil {
		name = clean(person[1] + person[2])
	}
	shelf, err := d.shelf(ctx, a.Workspace)
	if err != nil {
		return sought{}, err
	}
	for _, spot := range shelf.spots(name) {
		if s, err := seeks(spot.watch.Name, "As the watch on "+spot.list.Name+" finds it.", spot.watch.Terms()); err == nil {
			return s, nil
		}
	}
	query := match.Spec{Kind: match.Topic, Name: name, Query: straighten(name)}
	switch {
	case !strings.ContainsFunc(name, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }):
		return sought{}, noWord(a)
	case person != nil:
		if s, err := seeks(name, "", match.Spec{Kind: match.Person, Name: name}); err == nil {
			return s, nil
		}
	case !operator.MatchString(query.Query):
		if s, err := seeks(name, "", readings(query)...); err == nil {
			return s, nil
		}
	}
	s, err := seeks(name, "", query)
	var bad *match.SpecError
	if errors.As(err, &bad) {
		bad = &match.SpecError{Field: "match", Column: bad.Column, Say: bad.Say}
		return sought{}, badSpec(query, bad, a)
	}
	return s, err
}

// readings are what words may mean, the likelier first: a person, or the words as they stand.
func readings(query match.Spec) []match.Spec {
	person := match.Spec{Kind: match.Person, Name: query.Name}
	several := strings.Contains(query.Name, " ")
	if several {
		query.Query = phraseOf(query.Name)
	}
	if several && kindOf(person) == match.Person { // one word is a word, before it is a name
		return []match.Spec{person, query}
	}
	return []match.Spec{query, person}
}
