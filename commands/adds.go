package commands

import (
	"slices"
	"sync"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// How many feeds a workspace may add, or try to: each is a request to an address that somebody in chat has chosen.
const (
	addsMost   = 20
	addsWindow = time.Hour
)

// adds counts a workspace's tries, those that failed too. Its zero value is ready.
type adds struct {
	mu sync.Mutex
	at map[alerts.Workspace][]time.Time // within the window, oldest first; at most addsMost each
}

// take counts one try. It is an error that says when there may be another if the window is full.
func (a *adds) take(w alerts.Workspace, now time.Time) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.at == nil {
		a.at = map[alerts.Workspace][]time.Time{}
	}
	recent := slices.DeleteFunc(a.at[w], func(t time.Time) bool { return now.Sub(t) >= addsWindow })
	a.at[w] = recent
	if len(recent) < addsMost {
		a.at[w] = append(recent, now)
		return nil
	}
	return &refusalError{[]Line{say(count(addsMost, "feed was", "feeds were"), " added or tried here within an hour, and no more may be. Try again ",
		moment(recent[0].Add(addsWindow)), ".")}}
}
