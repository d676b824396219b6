package store

import (
	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/commands"
	"github.com/seed-6c43f0f2/attache/feeds"
)

// What others ask of a store.
var (
	_ alerts.Ledger          = (*Store)(nil)
	_ alerts.Outbox          = (*Store)(nil)
	_ feeds.Queue            = (*Store)(nil)
	_ feeds.Hubs             = (*Store)(nil)
	_ commands.Watchlists    = (*Store)(nil)
	_ commands.Subscriptions = (*Store)(nil)
	_ commands.Feeds         = (*Store)(nil)
	_ commands.Coverage      = (*Store)(nil)
	_ commands.Archive       = (*Store)(nil)
	_ commands.Samples       = (*Store)(nil)
	_ commands.Deliveries    = (*Store)(nil)
)
