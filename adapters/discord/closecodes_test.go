package discord

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/discord/discordtest"
	"github.com/seed-6c43f0f2/attache/alerts"
)

// An ending is what a close code of the gateway's leads to.
type ending int

const (
	resumes ending = iota // the session goes on
	anew                  // the session is over, or can't be told from one that is: sign in again, resume nothing
	over                  // nothing is tried again, and a person is told the cure
)

// closeCodes are the vendor's own, each with whether it may be reconnected after and which of them end the session, and
// those of RFC 6455 (section 7.4.1) that servers and what stands before them send.
// https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
func closeCodes() map[int]ending {
	return map[int]ending{
		4000: resumes, // unknown error
		4001: resumes, // unknown opcode
		4002: resumes, // decode error
		4003: anew,    // not authenticated: the session has been invalidated
		4004: over,    // authentication failed
		4005: resumes, // already authenticated
		4007: anew,    // invalid seq
		4008: resumes, // rate limited
		4009: anew,    // session timed out
		4010: over,    // invalid shard
		4011: over,    // sharding required
		4012: over,    // invalid API version
		4013: over,    // invalid intents
		4014: over,    // disallowed intents

		1000: anew,    // normal: the vendor ends the session with it, as with 1001
		1001: anew,    // going away
		1011: resumes, // internal error
		1012: resumes, // service restart
		1013: resumes, // try again later
	}
}

// TestEveryCloseCode: after each the bot does what the vendor's table asks, once, and hears events again.
func TestEveryCloseCode(t *testing.T) {
	for code, want := range closeCodes() {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			t.Parallel()
			st := play(t, nil)
			st.Close(code)
			if want == over {
				gaveUp(t, st)
				return
			}
			require.True(t, st.Await(limit, func(n discordtest.Signs) bool {
				return n.Identifies+n.Resumes == 2 && n.Ready == 1 && st.adapter.Healthy() == nil
			}), "%+v", st.Signs())
			signs := 1
			if want == anew {
				signs = 2
			}
			require.Equal(t, signs, st.Signs().Identifies, "%+v", st.Signs())
			g := st.AddGuild("Herald", true)
			require.Equal(t, g.Name, next(t, st.desk.welcomed))
		})
	}
}

// TestACloseCodeThatEndsAllAtSignIn: it need not be connected to learn that it must not try again.
func TestACloseCodeThatEndsAllAtSignIn(t *testing.T) {
	for code, what := range closeCodes() {
		if what != over {
			continue
		}
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			t.Parallel()
			gaveUp(t, rehearse(t, func(st *stage) {
				st.OnIdentify(func(_ func(int, any), end func(int)) bool { end(code); return true })
			}))
		})
	}
}

// gaveUp requires that Run ends with the cure, for good.
func gaveUp(t *testing.T, st *stage) {
	t.Helper()
	err := st.over(t)
	var e *alerts.SendError
	require.ErrorAs(t, err, &e)
	require.Equal(t, alerts.Credential, e.Class)
	require.NotEmpty(t, e.Say)
	require.Equal(t, e.Say, alerts.Say(err))
	require.ErrorContains(t, st.adapter.Healthy(), e.Say)
	require.Equal(t, 1, st.Signs().Dials, "tried again")
}
