package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// Three replicas lose one credential within a minute, and one of them is started again: the admins read it once that day.
func TestReplicasTellTheAdminsOnce(t *testing.T) {
	w := newWard(t)
	w.tellNoWeek()
	replicas := []*app{w.app}
	for range 2 {
		replicas = append(replicas, &app{file: w.file, log: w.log, now: w.now, store: w.store})
	}
	refused := alerts.Notice{Platform: "slack", Class: alerts.Credential, Say: "Slack refuses the token."}
	finds := func(n alerts.Notice) (told []string) {
		for _, a := range append(replicas, w.app) {
			a.notify(t.Context(), n)
			w.clock = w.clock.Add(20 * time.Second)
		}
		return w.told()
	}
	require.Equal(t, []string{"Attaché is cut off from slack\nSlack refuses the token."}, finds(refused))
	for _, other := range []alerts.Notice{
		{Platform: "discord", Class: alerts.Credential, Say: "Discord refuses the token."},
		{Platform: "slack", Channel: "slack:T1/C1", Class: alerts.Unknown, Say: "new_error"},
		{Platform: "slack", Channel: "slack:T1/C2", Class: alerts.Unknown, Say: "new_error"},
		{Platform: "slack", Channel: "slack:T1/C1", Class: alerts.Unsent, Say: "no route"},
	} {
		require.Len(t, finds(other), 1, "%v is told beside it", other)
		require.Empty(t, finds(other))
	}
	w.clock = w.clock.Add(24 * time.Hour)
	require.Len(t, finds(refused), 1, "and again if it is so on the next day")
}
