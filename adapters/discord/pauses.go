package discord

import (
	"context"
	"strconv"
	"time"
)

const (
	// pausedKey holds until when the vendor forbids every call, in milliseconds of Unix: a restart does not end a wait.
	pausedKey = "discord.paused"
	// recallEvery is how often what other processes were told is read.
	recallEvery = time.Second
	memoryTime  = 5 * time.Second // bounds reading and writing the memory
)

// recall takes over the wait that this process before its restart, or another one, was told. A memory that fails holds
// nothing up.
func (l *limiter) recall(ctx context.Context) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if l.memory == nil || !l.recalled.IsZero() && (l.replicas() <= 1 || now.Sub(l.recalled) < recallEvery) {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, memoryTime)
	defer cancel()
	kept, err := l.memory.Meta(ctx, pausedKey)
	if err != nil {
		return
	}
	l.recalled = now
	if ms, err := strconv.ParseInt(kept, 10, 64); err == nil {
		if until := time.UnixMilli(ms); until.Sub(now) <= retryMost { // else the clock was wrong
			l.paused = later(l.paused, until)
		}
	}
}

// keep remembers a wait of all calls.
func (l *limiter) keep(ctx context.Context) {
	if l.memory == nil {
		return
	}
	l.mu.Lock()
	until := l.paused
	l.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), memoryTime)
	defer cancel()
	_ = l.memory.SetMeta(ctx, pausedKey, strconv.FormatInt(until.Add(time.Millisecond).UnixMilli(), 10)) // kept in this process all the same
}
