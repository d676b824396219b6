package store

import (
	"context"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// A WaitingChannel is one for which deliveries wait.
type WaitingChannel struct {
	Channel    alerts.Channel
	Deliveries int
	Stopped    string // why nothing is sent there until a person has mended something; "" if it is not stopped
	Departed   bool   // the bot is no longer in its workspace
}

// Waiting returns the channels for which deliveries wait or are being sent, by name.
func (s *Store) Waiting(ctx context.Context) ([]WaitingChannel, error) {
	var out []WaitingChannel
	err := s.look(ctx, "read what waits", func(tx txn) error {
		query := `SELECT c.channel, COUNT(*), c.stopped, EXISTS (SELECT 1 FROM departures p WHERE p.workspace = c.workspace)
			FROM deliveries d JOIN channels c ON c.channel = d.channel WHERE d.state IN ('pending', 'sending')
			GROUP BY c.channel, c.stopped, c.workspace ORDER BY c.channel`
		return tx.each(ctx, query, nil, func(columns func(...any) error) error {
			var c WaitingChannel
			err := columns(&c.Channel, &c.Deliveries, &c.Stopped, &c.Departed)
			out = append(out, c)
			return err
		})
	})
	return out, err
}
