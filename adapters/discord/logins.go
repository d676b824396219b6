package discord

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"
)

// The vendor resets the bot's token after 1,000 sign-ins in 24 hours; we stop at a tenth, restarts included.
// https://discord.com/developers/docs/events/gateway#identifying
const (
	loginsMost   = 100
	loginsWindow = 24 * time.Hour
	loginsKey    = "discord.logins"
)

// logins counts sign-ins to the gateway, in the memory too, so that a crash loop is counted.
type logins struct {
	memory Memory // nil counts within the process
	now    func() time.Time

	mu     sync.Mutex
	loaded bool
	at     []time.Time // oldest first
}

// A loginsError says that the budget of the day is used up.
type loginsError struct{ until time.Time }

func (e *loginsError) Error() string {
	return fmt.Sprintf("%d sign-ins within a day, the next one at %s: Discord resets the token of a bot that signs in too often; look for what makes it restart",
		loginsMost, e.until.UTC().Format(time.RFC3339))
}

// take counts one sign-in, or refuses it with a *loginsError. A memory that fails does not keep the bot out.
func (l *logins) take() error {
	ctx, cancel := context.WithTimeout(context.Background(), memoryTime)
	defer cancel()
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.loaded {
		l.loaded = true
		l.at = append(l.load(ctx), l.at...)
	}
	now := l.now()
	for len(l.at) > 0 && now.Sub(l.at[0]) >= loginsWindow {
		l.at = l.at[1:]
	}
	if len(l.at) >= loginsMost {
		return &loginsError{until: l.at[0].Add(loginsWindow)}
	}
	l.at = append(l.at, now)
	if l.memory != nil {
		var b strings.Builder
		for _, t := range l.at {
			b.WriteString(strconv.FormatInt(t.Unix(), 10) + " ")
		}
		_ = l.memory.KeepUntil(ctx, loginsKey, b.String(), now.Add(loginsWindow)) // counted in this process all the same
	}
	return nil
}

func (l *logins) load(ctx context.Context) []time.Time {
	if l.memory == nil {
		return nil
	}
	kept, err := l.memory.Meta(ctx, loginsKey)
	if err != nil {
		return nil
	}
	var at []time.Time
	for _, s := range strings.Fields(kept) {
		if unix, err := strconv.ParseInt(s, 10, 64); err == nil {
			at = append(at, time.Unix(unix, 0))
		}
	}
	return at
}
