package slack

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"testing"

	"github.com/stretchr/testify/require"
)

// An answer in chunks, which a decoder of JSON does not read to its end, leaves the connection to the next call. The control
// closes the answer itself.
func TestAnAnswerLeavesItsConnection(t *testing.T) {
	end := make(chan struct{}, 1) // lets an answer end
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"ok":true}`)
		_ = http.NewResponseController(w).Flush() // the server's own can
		<-end
	}))
	defer s.Close()
	dials := func(closes func(body io.ReadCloser) error) (n int) {
		transport := &http.Transport{}
		defer transport.CloseIdleConnections()
		for range 5 {
			ctx := httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{GotConn: func(got httptrace.GotConnInfo) {
				if !got.Reused {
					n++
				}
			}})
			r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL, http.NoBody)
			require.NoError(t, err)
			resp, err := transport.RoundTrip(r)
			require.NoError(t, err)
			require.NoError(t, json.NewDecoder(resp.Body).Decode(&struct{}{}))
			require.NoError(t, closes(resp.Body))
		}
		return n
	}
	require.Equal(t, 1, dials(func(body io.ReadCloser) error {
		end <- struct{}{}
		return capped{io.LimitReader(body, maxAnswer), body}.Close()
	}))
	require.Equal(t, 5, dials(io.ReadCloser.Close)) // while none ends
	close(end)
}
