package config

import (
	"unicode"

	"github.com/goccy/go-yaml/ast"
)

const maxQuery = 4000 // runes of a topic's query

// watchlists reads the watchlists, in which no name stands twice.
func (r *reader) watchlists(path string, n ast.Node) {
	names := map[string]string{}
	r.list(path, n, func(path string, n ast.Node) {
		var l Watchlist
		r.object(path, n, []field{
			{name: "name", required: true, read: r.into(&l.Name, maxName)},
			{name: "watches", required: true, read: func(path string, n ast.Node) { l.Watches = r.watches(path, n) }},
		})
		r.once(names, path+".name", fold(l.Name), "another watchlist is called so already, at line %d. Give each a name of its own, or put the watches together.")
		r.file.Watchlists = append(r.file.Watchlists, l)
	})
}

// watches reads the watches of one list, in which no name stands twice.
func (r *reader) watches(path string, n ast.Node) (watches []Watch) {
	names := map[string]string{}
	before := len(r.mistakes)
	r.list(path, n, func(path string, n ast.Node) {
		w := r.watch(path, n)
		kind, name := w.Kind()
		r.once(names, path+"."+kind, fold(name), "this list has a watch of that name already, at line %d. Take one of the two out.")
		watches = append(watches, w)
	})
	if len(watches) == 0 && len(r.mistakes) == before {
		r.wrong(path, "this watchlist has no watches. Add one, such as `- person: Steve Witkoff`.")
	}
	return watches
}

func (r *reader) watch(path string, n ast.Node) (w Watch) {
	isObject := r.object(path, n, []field{
		{name: "person", read: r.into(&w.Person, maxName)},
		{name: "topic", read: r.into(&w.Topic, maxName)},
		{name: "country", read: r.into(&w.Country, maxName)},
		{name: "aliases", read: r.texts(&w.Aliases, maxName)},
		{name: "near", read: r.texts(&w.Near, maxName)},
		{name: "not", read: r.texts(&w.Not, maxName)},
		{name: "match", read: r.query(&w.Match)},
		{name: "surname", read: r.flag(&w.Surname)},
		{name: "exact", read: r.flag(&w.Exact)},
		{name: "least", read: r.oneOf(&w.Least, "headline", "lead", "body")},
	})
	if isObject {
		r.oneKind(path)
	}
	return w
}

// query reads a topic's query; line breaks in it are as good as spaces.
func (r *reader) query(target *string) func(string, ast.Node) {
	return func(path string, n ast.Node) {
		bad := func(c rune) bool { return unicode.IsControl(c) && c != '\n' && c != '\t' }
		if s, ok := r.prose(path, n, maxQuery, bad); ok {
			*target = s.text
		}
	}
}

// oneKind checks that the watch at the path is of one kind, and has the keys of that kind only.
func (r *reader) oneKind(path string) {
	has := func(key string) bool { return r.given(path + "." + key) }
	var kinds []string
	for _, kind := range []string{"person", "topic", "country"} {
		if has(kind) {
			kinds = append(kinds, kind)
		}
	}
	switch len(kinds) {
	case 0:
		r.wrong(path, "this watch lacks what to look out for. Add person:, topic: or country: with a name.")
		return
	case 1:
	default:
		r.wrong(path+"."+kinds[1], "a watch is for one thing, and this one has %s: and %s:. Make it two watches, each with a - of its own.", kinds[0], kinds[1])
		return
	}
	for _, misfit := range []struct{ key, kind, say string }{
		{"match", "person", "match: is for a topic. Make this person a topic:, or use aliases:, near: and not:."},
		{"match", "country", "match: is for a topic. Make this country a topic:, or use aliases: and not:."},
		{"aliases", "topic", "aliases: is for a person or country. Write them in match: with OR."},
		{"near", "topic", "near: is for a person. Write NEAR/n in match:."},
		{"near", "country", "near: is for a person. Take it out, or make this country a topic: with a match:."},
		{"not", "topic", "not: is for a person or country. Write NOT in match:."},
		{"surname", "topic", "surname: is for a person. Take it out."},
		{"surname", "country", "surname: is for a person. Take it out."},
		{"exact", "topic", "exact: is for a person. In match: write =word for exactly this form."},
		{"exact", "country", "exact: is for a person. Take it out."},
	} {
		if kinds[0] == misfit.kind && has(misfit.key) {
			r.wrong(path+"."+misfit.key, "%s", misfit.say)
		}
	}
}
