package story

import "time"

// Window is how long after a story's newest article another may still join it.
const Window = 48 * time.Hour

// A Key is a coarse trait of an article: two articles of one story share at least one Key (not the reverse).
// Keys are stable across processes and versions, since they are stored.
type Key string

// A Fingerprint is what is kept of an article to compare others with. It is stored as JSON.
type Fingerprint struct {
	Canonical string   `json:"u,omitempty"` // the canonical URL, "" if it has none
	Headline  []uint32 `json:"h,omitempty"` // hashes of the headline's words, ascending, each once
	Lead      []uint32 `json:"l,omitempty"` // hashes of the first words of the text, ascending, each once
	Numbers   []uint32 `json:"n,omitempty"` // hashes of the headline's numbers, ascending, each once
	Keys      []Key    `json:"-"`           // stored beside it, one row each
}

// An Item is an article as stories see it.
type Item struct {
	Canonical string
	Title     string
	Text      string
}

// A Candidate is a story that an article may join, with its members' fingerprints.
type Candidate struct {
	ID      string
	Newest  time.Time
	Members []Fingerprint
}
