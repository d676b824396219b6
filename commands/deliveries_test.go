package commands_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// undeliveredOnes is a workspace in use in which something of each kind did not arrive, and something of another's.
func undeliveredOnes() *memory {
	m := furnished()
	story := alerts.Alert{Title: "Ceasefire holds", URL: "https://news.example/ceasefire"}
	m.wanting = []alerts.Undelivered{
		{ID: 12, Channel: desk, Part: alerts.Root, Alert: story, Want: alerts.WantFailed, Reason: "the platform refused it", At: noon},
		{ID: 13, Channel: desk, Part: alerts.EditPart(1), Alert: story, Want: alerts.WantUncertain, Reason: "it may have been posted", At: noon},
		{ID: 14, Channel: desk, Part: alerts.Root, Alert: story, Want: alerts.WantHeld, Reason: "the channel is stopped: gone", At: noon},
		{ID: 16, Channel: desk, Part: alerts.Root, Alert: story, Want: alerts.WantWaiting, Reason: "no space left", At: noon, Next: noon.Add(time.Minute), Queued: 3},
		{ID: 15, Channel: "discord:200/9", Part: alerts.Root, Alert: alerts.Alert{Title: "secret inside"}, Want: alerts.WantFailed, Reason: "x", At: noon},
	}
	return m
}

func TestDeliveries(t *testing.T) {
	for _, tt := range []struct {
		command string
		args    []string
		want    []string
		failed  bool
		audit   string
	}{
		{command: "deliveries failed", want: []string{
			"1 message failed", "12 · 2 Mar 2026 12:00 UTC · discord:100/1 · Ceasefire holds (https://news.example/ceasefire): the platform refused it",
			"/deliveries retry number:12", "/deliveries discard number:12", "1 message may or may not have been posted: /deliveries uncertain", "/deliveries held",
		}},
		{command: "deliveries uncertain", want: []string{"edit of Ceasefire holds", "Look into the channel"}},
		{command: "deliveries held", want: []string{"1 message waits for a stopped channel", "/subscribe"}},
		{command: "deliveries waiting", want: []string{"1 message is tried again", ": no space left · next try 2 Mar 2026 12:01 UTC · 2 more wait behind it", "Nothing is lost"}},
		{command: "deliveries retry", args: []string{"number", "12"}, want: []string{"Tried again", "/deliveries failed"}, audit: "delivery 12 is tried again"},
		{command: "deliveries retry", args: []string{"number", "15"}, failed: true, want: []string{"no such delivery"}},
		{command: "deliveries retry", args: []string{"number", "twelve"}, failed: true, want: []string{"such as 12"}},
		{command: "deliveries discard", args: []string{"number", "13"}, want: []string{"Discarded", "stays on record"}, audit: "delivery 13 discarded"},
	} {
		t.Run(tt.command, func(t *testing.T) {
			m := undeliveredOnes()
			reply := do(t, newDesk(t, m), asks(tt.command, tt.args...))
			require.Equal(t, tt.failed, reply.Failed, reply.Text())
			for _, want := range tt.want {
				require.Contains(t, reply.Text(), want)
			}
			require.NotContains(t, reply.Text(), "secret inside")
			if tt.audit == "" {
				require.Empty(t, m.audit)
				return
			}
			require.Len(t, m.audit, 1)
			require.Equal(t, tt.audit, m.audit[0].Detail)
		})
	}
}

func TestWhereAllArrivedTheListsSaySo(t *testing.T) {
	for _, command := range []string{"deliveries failed", "deliveries uncertain", "deliveries held", "deliveries waiting"} {
		require.Contains(t, do(t, newDesk(t, furnished()), asks(command)).Text(), "/recent")
	}
}

func TestNumbersAreSuggestedWithTheirTitle(t *testing.T) {
	choices := newDesk(t, undeliveredOnes()).Complete(t.Context(), asks("deliveries retry"), "number", "1")
	require.Len(t, choices, 2)
	require.Equal(t, "13", choices[0].Value)
	require.Contains(t, choices[0].Label, "Ceasefire")
}
