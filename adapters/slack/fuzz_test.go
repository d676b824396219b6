package slack

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzPayload: whatever comes to the address, it is a plan or an error; and a button gives a command that is whole or none.
func FuzzPayload(f *testing.F) {
	f.Add("application/json", []byte(`{"type":"url_verification","challenge":"c"}`), whyAction, "abcdefgh")
	f.Add("application/json", []byte(`{"event_id":"E","event":{"type":"app_uninstalled"}}`), offerAction+"1", `watch add "A B"`)
	f.Add("application/x-www-form-urlencoded", []byte(`payload={"type":"block_actions","trigger_id":"1","actions":[null]}`), "", "")
	f.Add("application/x-www-form-urlencoded; charset=utf-8", []byte("command=%2Fattache&text=help&trigger_id=1"), offerAction, `"`)
	f.Fuzz(func(t *testing.T, contentType string, body []byte, id, value string) {
		if kind, payload, err := unwrap(contentType, body); err == nil {
			challenge, asked := challenged(kind, payload)
			require.True(t, asked || challenge == "")
			_, work, err := (&Adapter{}).plan(kind, payload)
			require.False(t, err != nil && work != nil)
		}
		if command, args, ok := asked(id, value); ok {
			require.NotEmpty(t, command)
			require.NotNil(t, args)
		}
	})
}
