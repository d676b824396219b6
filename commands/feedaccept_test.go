package commands_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

func TestAFeedThatAsksIsAccepted(t *testing.T) {
	for name, c := range map[string]struct {
		manners        alerts.Manners
		status, answer string
	}{
		"held":  {alerts.Manners{Trouble: alerts.TroubleHeld, Title: "x"}, "takes it as it is now with /feeds accept name:other", "taken as it is now"},
		"gone":  {alerts.Manners{Trouble: alerts.TroubleGone}, "It is no longer asked. An admin takes it as it is now", "is asked again"},
		"moved": {alerts.Manners{Move: alerts.Move{To: "https://new.example/rss", Since: time.Unix(0, 0), Asks: true}}, "moved for good to new.example, another owner's site", "is read from new.example"},
	} {
		m := furnished()
		for i := range m.feeds {
			if m.feeds[i].Listings[0].Name == "other" {
				m.feeds[i].Cursor.Manners = c.manners
			}
		}
		d := newDesk(t, m)
		require.Regexp(t, "(?s)"+c.status[:20], do(t, d, asks("feeds status", "name", "other")).Text(), name)
		r := do(t, d, asks("feeds accept", "name", "other"))
		require.False(t, r.Failed, name)
		require.Contains(t, r.Text(), c.answer, name)
		require.True(t, do(t, d, asks("feeds accept", "name", "other")).Failed, "%s: once is enough", name)
	}
}
