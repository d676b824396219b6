package discord

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/discord/discordtest"
	"github.com/seed-6c43f0f2/attache/alerts"
)

func TestConnectsWithTheIntentOfGuildsAlone(t *testing.T) {
	t.Parallel()
	st := play(t, nil)
	require.Equal(t, []int{1}, st.Signs().Intents)
	require.NoError(t, st.adapter.Healthy())
	st.stop()
	require.NoError(t, st.over(t))
	require.Error(t, st.adapter.Healthy())
	require.Empty(t, st.Complaints())
}

func TestResumesAfterADrop(t *testing.T) {
	for name, harm := range map[string]func(*stage){
		"dropped":         func(st *stage) { st.Drop() },
		"asked to (op 7)": func(st *stage) { st.Send(7, nil) },
		"op 9, resumable": func(st *stage) { st.Send(9, true) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			st := play(t, nil)
			harm(st)
			require.True(t, st.Await(limit, func(n discordtest.Signs) bool { return n.Resumes == 1 && n.Ready == 1 }), "%+v", st.Signs())
			require.Equal(t, 1, st.Signs().Identifies, "signed in again for nothing")
		})
	}
}

func TestSignsInAgainWhereTheSessionIsLost(t *testing.T) {
	for name, harm := range map[string]func(*stage){
		"op 9": func(st *stage) { st.Send(9, false) },
		"op 9 in answer to resume": func(st *stage) {
			st.OnResume(func(send func(int, any), _ func(int)) bool { send(9, false); return true })
			st.Drop()
		},
		"op 7 in answer to resume, for ever": func(st *stage) {
			left := 3
			st.OnResume(func(send func(int, any), _ func(int)) bool {
				if left--; left < 0 {
					send(9, false)
				} else {
					send(7, nil)
				}
				return true
			})
			st.Drop()
		},
		"silence in answer to resume": func(st *stage) {
			st.OnResume(func(func(int, any), func(int)) bool { return true })
			st.Drop()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			st := play(t, nil)
			harm(st)
			require.True(t, st.Await(limit, func(n discordtest.Signs) bool { return n.Identifies == 2 && n.Ready == 1 }), "%+v", st.Signs())
		})
	}
}

func TestSilenceEndsTheConnection(t *testing.T) {
	t.Parallel()
	st := play(t, func(st *stage) {
		st.adapter.pace.silence = 300 * time.Millisecond
		st.Heartbeat(100 * time.Millisecond)
	})
	dials := st.Signs().Dials
	st.Silence(true)
	require.True(t, st.Await(limit, func(n discordtest.Signs) bool { return n.Dials > dials }), "still waiting for a dead gateway")
	require.Error(t, st.adapter.Healthy())
	st.Silence(false)
	require.True(t, st.Await(limit, func(n discordtest.Signs) bool { return n.Ready > 0 && st.adapter.Healthy() == nil }))
}

func TestSilenceAfterHelloDoesNotHang(t *testing.T) {
	t.Parallel()
	st := rehearse(t, func(st *stage) { st.Silence(true) })
	require.True(t, st.Await(limit, func(n discordtest.Signs) bool { return n.Dials >= 3 }), "%+v", st.Signs())
	st.Silence(false)
	require.True(t, st.Await(limit, func(n discordtest.Signs) bool { return n.Ready > 0 }))
	st.stop()
	require.NoError(t, st.over(t))
}

func TestARevokedTokenEndsEverything(t *testing.T) {
	t.Parallel()
	st := play(t, nil)
	st.registered(t)
	before := len(st.Calls())
	st.Revoke()
	for range 3 {
		_, err := st.adapter.Post(t.Context(), alerts.Delivery{Channel: alerts.NewChannel("discord:1", "2"), Part: alerts.Root})
		var e *alerts.SendError
		require.ErrorAs(t, err, &e)
		require.Equal(t, alerts.Credential, e.Class)
	}
	require.LessOrEqual(t, len(st.Calls()), before+1, "called after the token was refused")
	require.Error(t, st.adapter.Healthy())
}

func TestTheBudgetOfSignInsHolds(t *testing.T) {
	t.Parallel()
	now := time.Now()
	st := rehearse(t, func(st *stage) {
		st.memory.meta[loginsKey] = strings.Repeat(fmt.Sprint(now.Add(-time.Hour).Unix(), " "), loginsMost-2)
		st.OnIdentify(func(send func(int, any), _ func(int)) bool { send(9, false); return true })
	})
	require.True(t, st.Await(limit, func(n discordtest.Signs) bool {
		return n.Identifies == 2 && strings.Contains(st.log.String(), "sign-ins within a day")
	}), "%+v", st.Signs())
	require.Len(t, strings.Fields(st.memory.meta[loginsKey]), loginsMost)
	st.stop()
	require.NoError(t, st.over(t))
	require.Equal(t, 2, st.Signs().Identifies)
}

func TestGreetsWhereItIsInvited(t *testing.T) {
	t.Parallel()
	st := play(t, nil)
	g := st.AddGuild("Herald", true)
	require.Equal(t, "Herald", next(t, st.desk.welcomed))
	require.Eventually(t, func() bool { return len(st.Messages(g.Channels[0].ID)) == 1 }, limit, 5*time.Millisecond)
	m := st.Messages(g.Channels[0].ID)[0]
	require.Contains(t, m.View().Text, "Welcome to Herald")
	require.Empty(t, m.Bad)

	g.Remove(true) // an outage
	g.Return()
	st.Drop() // a resume replays nothing
	require.True(t, st.Await(limit, func(n discordtest.Signs) bool { return n.Resumes == 1 }))
	st.Send(9, false) // a new session names all guilds again
	require.True(t, st.Await(limit, func(n discordtest.Signs) bool { return n.Identifies == 2 && n.Ready == 1 }))
	g.Remove(false)
	require.Equal(t, alerts.Workspace("discord:"+g.ID), next(t, st.desk.left))
	require.Empty(t, st.desk.left, "left for an outage")
	require.Empty(t, st.desk.welcomed, "greeted again")
}

func TestADeletedChannelIsLost(t *testing.T) {
	t.Parallel()
	lost := make(chan alerts.Channel, 1)
	st := play(t, func(st *stage) {
		st.adapter.opt.Lost = func(_ context.Context, c alerts.Channel, say string) error {
			require.NotEmpty(t, say)
			lost <- c
			return nil
		}
	})
	g := st.Guilds()[0]
	st.Dispatch("CHANNEL_DELETE", map[string]any{"id": g.Channels[0].ID, "guild_id": g.ID, "type": 0})
	require.Equal(t, alerts.Channel("discord:"+g.ID+"/"+g.Channels[0].ID), next(t, lost))
}

func TestGreetsInTheFirstChannelThatTakesIt(t *testing.T) {
	t.Parallel()
	st := play(t, nil)
	g := st.AddGuild("Quiet", false)
	for i, name := range []string{"rules", "staff", "open"} {
		c := g.AddChannel(name)
		if i < 2 {
			c.Deny = discordtest.SendMessages
		}
	}
	g.System = g.Channels[0].ID // where it may not write
	g.Return()
	next(t, st.desk.welcomed)
	require.Eventually(t, func() bool { return len(st.Messages(g.Channels[2].ID)) == 1 }, limit, 5*time.Millisecond)
}

// registered waits until the bot has registered its commands and remembers it: the last call of a start.
func (st *stage) registered(t *testing.T) {
	t.Helper()
	require.Eventually(t, func() bool {
		known, err := st.memory.Meta(t.Context(), commandsKey+st.AppID)
		return err == nil && known != ""
	}, limit, 5*time.Millisecond)
}

func TestRegistersCommandsOnlyWhenTheyChanged(t *testing.T) {
	t.Parallel()
	st := play(t, nil)
	st.registered(t)
	list, _ := st.Commands()
	names := map[string]discordtest.Command{}
	for _, c := range list {
		names[c.Name] = c
		require.Equal(t, []int{0}, c.Contexts, "only in servers")
	}
	for _, want := range []string{"watch", "subscribe", "unsubscribe", "feeds", "lookup", "recent", "why", "test", "help"} {
		require.Contains(t, names, want)
	}
	require.Equal(t, "add", names["watch"].Options[0].Name)
	require.True(t, names["why"].Options[0].Autocomplete)

	ctx := t.Context()
	require.NoError(t, st.adapter.register(ctx, st.AppID))
	_, n := st.Commands()
	require.Equal(t, 1, n, "overwritten without a change")
	require.NoError(t, st.memory.SetMeta(ctx, commandsKey+st.AppID, "an older release"))
	require.NoError(t, st.adapter.register(ctx, st.AppID))
	_, n = st.Commands()
	require.Equal(t, 2, n)
}
