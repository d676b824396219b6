package config

import (
	"fmt"
	"strings"

	"github.com/agnivade/levenshtein"
)

// suggestKey proposes the nearest known key, or names them all.
func suggestKey(name string, fields []field) string {
	var known []string
	for _, f := range fields {
		if f.later == "" {
			known = append(known, f.name)
		}
	}
	if near := nearest(name, known); near != "" {
		return fmt.Sprintf("Did you mean %s?", near)
	}
	return "Take it out; the keys here are " + strings.Join(known, ", ") + "."
}

// nearest returns the candidate with the fewest letters changed, "" if a third of the word or more would have to be.
func nearest(word string, candidates []string) string {
	best, least := "", max(1, len([]rune(word))/3)+1
	for _, c := range candidates {
		if d := levenshtein.ComputeDistance(strings.ToLower(word), strings.ToLower(c)); d < least {
			best, least = c, d
		}
	}
	return best
}

// called names the value at the path for people: by its key, or as the item of a list.
func called(path string) string {
	if path == "" {
		return "the configuration"
	}
	key := path[strings.LastIndexByte(path, '.')+1:]
	list, _, isItem := strings.Cut(key, "[")
	if !isItem {
		return key + ":"
	}
	switch path = parent(path); {
	case path == "feeds":
		return "this feed"
	case path == "watchlists":
		return "this watchlist"
	case list == "watches":
		return "this watch"
	case path == "subscriptions":
		return "this subscription"
	}
	return "an item of " + list + ":"
}
