package story

import "time"

// Window is how long after a story's newest article another may still join it.
const Window = 48 * time.Hour

// A Key is a coarse trait of an article: two articles of one story share at least one Key (not the reverse).
// Keys are stable across processes and versions, since they are stored.
type Key string

// A Fingerprint is what is kept of an article to compare others with.
type Fingerprint struct {
	Canonical string // the canonical URL, "" if it has none
	Headline  uint64
	Lead      uint64
	Words     int // how many words Headline and Lead were made from: short ones prove little
	Keys      []Key
}

// An Item is an article as stories see it.
type Item struct {
	Canonical string
	Title     string
	Text      string
	Time      time.Time
}

// A Candidate is a story that an article may join, with its members' fingerprints.
type Candidate struct {
	ID      string
	Newest  time.Time
	Members []Fingerprint
}
