package aliases

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
)

// human is Wikidata's item for a human being; an item is an instance of it (P31) if it is a person.
const (
	human      = "Q5"
	instanceOf = "P31"
)

// item is a Wikidata entity. https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html
type item struct {
	Type    string              `json:"type"`
	Labels  byLanguage[term]    `json:"labels"`
	Aliases byLanguage[[]term]  `json:"aliases"`
	Claims  byLanguage[[]claim] `json:"claims"` // by property
	Missing *json.RawMessage    `json:"missing"`
}

type term struct {
	Value string `json:"value"`
}

type claim struct {
	Mainsnak struct {
		Datavalue struct {
			Value json.RawMessage `json:"value"`
		} `json:"datavalue"`
	} `json:"mainsnak"`
}

// byLanguage is a map that Wikidata writes as [] where it is empty.
type byLanguage[T any] map[string]T

func (m *byLanguage[T]) UnmarshalJSON(text []byte) error {
	if bytes.HasPrefix(bytes.TrimSpace(text), []byte("[")) {
		*m = byLanguage[T]{}
		return nil
	}
	return json.Unmarshal(text, (*map[string]T)(m))
}

// item reads a Wikidata entity. One whose claims say that it is anything but a human being is left out; one without
// claims is taken at its word.
func (f *file) item(i item, id string, _ int) error {
	if i.Missing != nil || i.Type != "" && i.Type != "item" || !i.person() {
		f.counts.Others++
		return nil
	}
	n := names{key: id}
	for _, first := range []string{"en", "mul"} { // the main one in front
		if l, ok := i.Labels[first]; ok {
			n.all = append(n.all, l.Value)
		}
	}
	for _, language := range slices.Sorted(maps.Keys(i.Labels)) {
		n.all = append(n.all, i.Labels[language].Value)
	}
	for _, language := range slices.Sorted(maps.Keys(i.Aliases)) {
		for _, a := range i.Aliases[language] {
			n.all = append(n.all, a.Value)
		}
	}
	return f.person(n)
}

func (i item) person() bool {
	claims := i.Claims[instanceOf]
	if len(claims) == 0 {
		return true
	}
	return slices.ContainsFunc(claims, func(c claim) bool {
		var of struct {
			ID string `json:"id"`
		}
		return json.Unmarshal(c.Mainsnak.Datavalue.Value, &of) == nil && of.ID == human
	})
}
