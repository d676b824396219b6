package alerts

import "time"

// When the admins are told of a feed that fails: a blip is no news, a day is; after two weeks the feed is dead.
const (
	illVisits = 3                   // failed in a row
	illAfter  = 24 * time.Hour      // since the first of them
	illAtLast = 48 * time.Hour      // however few they are: some sites are asked once a day
	deadAfter = 14 * 24 * time.Hour // then it is not polled any more
)

// A Turn is what becomes of a feed's health, worth telling the admins.
type Turn string

// The turns; "" is none.
const (
	Ill      Turn = "ill"     // it has failed for long
	Dead     Turn = "dead"    // it has failed for so long that it is not polled any more
	Revived  Turn = "revived" // it is read again, after the admins were told that it is not
	Unturned Turn = ""
)

// A FeedHealth is a feed that fails, or of which the admins were told that it does.
type FeedHealth struct {
	Feed     Feed // with its listings and cursor
	Told     bool // the admins know that it fails
	Disabled string
}

// Turn says what to tell of the feed at the time.
func (h FeedHealth) Turn(now time.Time) Turn {
	c := h.Feed.Cursor
	failing, tried := now.Sub(c.Failing), now.Sub(c.Failing)
	if again := c.Manners.Retried; again.After(c.Failing) { // a person gave it another two weeks
		tried = now.Sub(again)
	}
	switch {
	case c.Failures == 0 && h.Told:
		return Revived
	case c.Failures == 0 || h.Disabled != "" || c.Failing.IsZero():
		return Unturned
	case tried >= deadAfter:
		return Dead
	case h.Told:
		return Unturned
	case failing >= illAfter && c.Failures >= illVisits, failing >= illAtLast:
		return Ill
	}
	return Unturned
}

// A Coverage is what a workspace's feeds brought since a time, and what they may have missed.
type Coverage struct {
	Since      time.Time // of a day (UTC)
	Feeds      []FeedStatus
	Polls      int
	Failed     int // polls
	Articles   int // read for the first time
	NearMisses int
	Gaps       []NamedGap // the longest first, at most a hundred
	AllGaps    int
	FeedGaps   []FeedGaps // of each feed that has any, the one with the newest first
	Unheard    []Unheard  // of every platform, the newest first, at most a hundred of each
}

// A NamedGap is a gap in a feed as the workspace knows it.
type NamedGap struct {
	Gap
	Name string
}

// FeedGaps are how many gaps a feed has, and the newest of them.
type FeedGaps struct {
	Last NamedGap
	Gaps int
}
