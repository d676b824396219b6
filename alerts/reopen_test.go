package alerts_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/story"
)

const headline = "Putin defends US envoy Steve Witkoff against charges of bias"

func TestARootOfAnyNumberIsAPost(t *testing.T) {
	require.Equal(t, alerts.Root, alerts.RootPart(1))
	require.Equal(t, alerts.Part("root:3"), alerts.RootPart(3))
	for _, p := range []alerts.Part{alerts.Root, alerts.RootPart(2), alerts.RootPart(3).AsPlain()} {
		require.Equal(t, "post", p.Kind(), p)
	}
	require.Equal(t, "edit", alerts.EditPart(2).AsPlain().Kind())
	require.NotEqual(t, alerts.Delivery{Part: alerts.Root}.Ref(), alerts.Delivery{Part: alerts.RootPart(2)}.Ref(), "the platform takes it for another message")
}

// standing plans one more outlet's article of a story that the desk has so.
func standing(t *testing.T, s alerts.Standing) (d alerts.Decision, out []alerts.Delivery) {
	t.Helper()
	first, next := feed(1, "herald"), feed(2, "courier")
	l := lens(t, roster(hears(desk, "envoys")))
	opened := alerts.Plan([]alerts.Visit{visit(first, article(first, "1", headline, text))}, alerts.World{}, l, alerts.Terms{}, noon)
	root := deliveries(opened)[0]
	s.Alert = root.Alert
	world := alerts.World{
		Stories: []story.Candidate{{ID: string(root.Story), Newest: noon, Members: []story.Fingerprint{opened[0].Recorded[0].Fingerprint}}},
		Alerts:  map[alerts.ChannelStory]alerts.Standing{{Channel: desk, Story: root.Story}: s},
	}
	third := feed(3, "gazette")
	plan := alerts.Plan([]alerts.Visit{
		visit(next, article(next, "2", headline, text)), visit(third, article(third, "3", headline, text)),
	}, world, l, alerts.Terms{}, noon)
	return decisions(plan)[0], deliveries(plan)
}

func TestAStoryWhoseRootFailedIsPostedAnew(t *testing.T) {
	for _, c := range []struct {
		name   string
		before alerts.Standing
		verb   alerts.Verb
		reason alerts.Reason
		parts  []alerts.Part
	}{
		{"sent", alerts.Standing{State: alerts.StateSent}, alerts.Joined, alerts.SameStory, []alerts.Part{"edit:1", "edit:2"}},
		{"waiting", alerts.Standing{State: alerts.StatePending, Roots: 1}, alerts.Joined, alerts.SameStory, []alerts.Part{"edit:1", "edit:2"}},
		{"held", alerts.Standing{State: alerts.StateUncertain, Roots: 1}, alerts.Joined, alerts.HeldStory, []alerts.Part{"edit:1", "edit:2"}},
		{"failed", alerts.Standing{State: alerts.StateFailed, Roots: 1, Edits: 4}, alerts.Posted, alerts.Reposted, []alerts.Part{"root:2"}},
		{"failed twice", alerts.Standing{State: alerts.StateFailed, Roots: 2}, alerts.Posted, alerts.Reposted, []alerts.Part{"root:3"}},
		{"the second sent", alerts.Standing{State: alerts.StateSent, Roots: 2, Edits: 4}, alerts.Joined, alerts.SameStory, []alerts.Part{"edit:5", "edit:6"}},
		{"discarded while it waited", alerts.Standing{State: alerts.StateFailed, Roots: 1, Discarded: "Ada"}, alerts.Skipped, alerts.Discarded, nil},
		{"discarded, and it may stand there", alerts.Standing{State: alerts.StateUncertain, Roots: 1, Discarded: "Ada"}, alerts.Skipped, alerts.Discarded, nil},
		{"failed three times", alerts.Standing{State: alerts.StateFailed, Roots: 3}, alerts.Skipped, alerts.Refused, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, out := standing(t, c.before)
			require.Equal(t, c.verb, d.Verb)
			require.Equal(t, c.reason, d.Reason)
			var parts []alerts.Part
			for _, d := range out {
				parts = append(parts, d.Part)
			}
			require.Equal(t, c.parts, parts)
			if c.verb == alerts.Posted {
				names := []string{out[0].Alert.Sources[0].Name, out[0].Alert.Sources[1].Name}
				require.Equal(t, []string{"courier", "gazette"}, names, "nothing that was refused is repeated, and the batch's next outlet is in it")
			}
		})
	}
}
