package discord

import (
	"context"
	"errors"
	"fmt"
	"slices"
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

// logins counts the sign-ins to the gateway of all processes with this memory, and those of one that died.
type logins struct {
	memory Memory // nil counts within the process
	now    func() time.Time

	mu      sync.Mutex
	known   []time.Time // the memory's, as it was last read or written; oldest first
	unsaved []time.Time // ours, which the memory failed to take
}

// A loginsError says that the budget of the day is used up.
type loginsError struct{ until time.Time }

func (e *loginsError) Error() string {
	return fmt.Sprintf("%d sign-ins within a day, the next one at %s: Discord resets the token of a bot that signs in too often; look for what makes it restart",
		loginsMost, e.until.UTC().Format(time.RFC3339))
}

// take counts one sign-in, or refuses it with a *loginsError. A memory that fails does not keep the bot out: what it last
// said counts then, and what this process did since.
func (l *logins) take() error {
	ctx, cancel := context.WithTimeout(context.Background(), memoryTime)
	defer cancel()
	l.mu.Lock()
	defer l.mu.Unlock()
	for ctx.Err() == nil { // anew where another process wrote its own meanwhile, which it does a hundred times at most
		kept, err := l.read(ctx)
		if err == nil {
			l.known = parseLogins(kept)
		}
		now := l.now()
		at := lastDay(slices.Concat(l.known, l.unsaved), now)
		if len(at) >= loginsMost {
			return &loginsError{until: at[len(at)-loginsMost].Add(loginsWindow)}
		}
		at = append(at, now)
		if err != nil {
			break
		}
		if swapped, err := l.swap(ctx, kept, at); err != nil {
			break
		} else if swapped {
			l.known, l.unsaved = at, nil
			return nil
		}
	}
	l.unsaved = append(lastDay(l.unsaved, l.now()), l.now())
	return nil
}

// errNoMemory tells that there is none: what is counted is this process's.
var errNoMemory = errors.New("there is no memory")

func (l *logins) read(ctx context.Context) (string, error) {
	if l.memory == nil {
		return "", errNoMemory
	}
	return l.memory.Meta(ctx, loginsKey)
}

// swap writes the sign-ins down, unless another process did since kept was read.
func (l *logins) swap(ctx context.Context, kept string, at []time.Time) (bool, error) {
	var b strings.Builder
	for _, t := range at {
		b.WriteString(strconv.FormatInt(t.Unix(), 10) + " ")
	}
	return l.memory.Swap(ctx, loginsKey, kept, b.String(), at[len(at)-1].Add(loginsWindow))
}

func parseLogins(kept string) (at []time.Time) {
	for _, s := range strings.Fields(kept) {
		if unix, err := strconv.ParseInt(s, 10, 64); err == nil {
			at = append(at, time.Unix(unix, 0))
		}
	}
	return at
}

// lastDay returns those that count now, the oldest first.
func lastDay(at []time.Time, now time.Time) []time.Time {
	at = slices.DeleteFunc(slices.Clone(at), func(t time.Time) bool { return now.Sub(t) >= loginsWindow })
	slices.SortFunc(at, time.Time.Compare)
	return at
}
