package main

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/config"
	"github.com/seed-6c43f0f2/attache/store"
)

// stopping is an app with the admins' channel and n others that are subscribed, and its clock.
func stopping(t *testing.T, n int) (a *app, channels []alerts.Channel, clock *time.Time) {
	t.Helper()
	a = parts(t)
	now := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	a.now = func() time.Time { return now }
	a.file.Admins = config.Admins{Channel: "discord:1/1"}
	content := store.FileContent{Now: now, Watchlists: []alerts.Watchlist{{ListRef: alerts.ListRef{Name: "envoys"}}}}
	for i := range n {
		channels = append(channels, alerts.Channel(fmt.Sprint("discord:2/", 10+i)))
	}
	for _, c := range append(channels, "discord:1/1") {
		content.Subscriptions = append(content.Subscriptions, alerts.Subscription{Channel: c, List: alerts.ListRef{Name: "envoys"}})
	}
	require.NoError(t, a.store.SyncFile(t.Context(), content))
	return a, channels, &now
}

// told are the alerts that wait for the admins' channel.
func told(t *testing.T, a *app) (out []alerts.Alert) {
	t.Helper()
	for {
		claimed, err := a.store.Claim(t.Context(), []string{"discord"}, a.now(), time.Minute, 1)
		require.NoError(t, err)
		if len(claimed) == 0 {
			return out
		}
		require.NoError(t, a.store.Settle(t.Context(), claimed[0], alerts.Settlement{State: alerts.StateSent, MessageID: "1"}, a.now()))
		out = append(out, claimed[0].Alert)
	}
}

func TestAdminsAreToldOnceOfAllChannelsThatStop(t *testing.T) {
	a, channels, now := stopping(t, 100)
	h := host{store: a.store, now: a.now}
	for _, c := range channels {
		require.NoError(t, h.lost(t.Context(), c, "The channel is gone."))
	}
	require.NoError(t, a.tellStops(t.Context()))
	require.Empty(t, told(t, a), "others may follow")
	*now = now.Add(time.Minute)
	for range 3 {
		require.NoError(t, a.tellStops(t.Context()))
	}
	all := told(t, a)
	require.Len(t, all, 1)
	require.Equal(t, "100 channels are stopped", all[0].Title)
	require.Contains(t, all[0].Summary, "• discord:2/10: The channel is gone.")
	require.Contains(t, all[0].Summary, "and 85 more")

	require.NoError(t, a.store.StartChannel(t.Context(), channels[0], *now))
	require.NoError(t, h.lost(t.Context(), channels[0], "Archived."))
	require.NoError(t, h.lost(t.Context(), "discord:2/9999", "Nobody hears it."))
	*now = now.Add(time.Minute)
	require.NoError(t, a.tellStops(t.Context()))
	all = told(t, a)
	require.Len(t, all, 1, "it was well between")
	require.Equal(t, "A channel is stopped", all[0].Title)
	require.NotContains(t, all[0].Summary, "9999")
}

func TestChannelsThatStopOneAfterTheOtherAreToldInTheEnd(t *testing.T) {
	a, channels, now := stopping(t, 30)
	messages := 0
	for _, c := range channels {
		require.NoError(t, a.store.StopChannel(t.Context(), c, "gone", *now))
		*now = now.Add(30 * time.Second)
		require.NoError(t, a.tellStops(t.Context()))
		messages += len(told(t, a))
	}
	require.Equal(t, 1, messages, "after ten minutes")
}

func TestTheAdminsOwnChannelIsNotToldOfItself(t *testing.T) {
	a, _, now := stopping(t, 0)
	require.NoError(t, a.store.StopChannel(t.Context(), "discord:1/1", "gone", *now))
	*now = now.Add(time.Minute)
	require.NoError(t, a.tellStops(t.Context()))
	untold, err := a.store.UntoldStops(t.Context(), *now)
	require.NoError(t, err)
	require.Empty(t, untold)
	require.NoError(t, a.store.StartChannel(t.Context(), "discord:1/1", *now))
	require.Empty(t, told(t, a))
}

func TestAStoppedChannelIsLookedAtThreeTimesAtMost(t *testing.T) {
	a, channels, now := stopping(t, 1)
	looks, well := 0, false
	a.platforms = []platform{{name: "discord", check: func(context.Context, alerts.Channel) error {
		looks++
		if well {
			return nil
		}
		return &alerts.Invalid{Say: "Give the bot its rights."}
	}}}
	require.NoError(t, a.store.StopChannel(t.Context(), channels[0], "gone", *now))
	for range 10 {
		*now = now.Add(probeEvery)
		require.NoError(t, a.probeStopped(t.Context()))
	}
	require.Equal(t, probesMost, looks)

	require.NoError(t, a.store.StartChannel(t.Context(), channels[0], *now))
	require.NoError(t, a.store.StopChannel(t.Context(), channels[0], "gone", *now))
	*now, well = now.Add(probeEvery), true
	require.NoError(t, a.probeStopped(t.Context()))
	stopped, err := a.store.Stopped(t.Context())
	require.NoError(t, err)
	require.Empty(t, stopped)
}
