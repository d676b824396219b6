package demo_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/cmd/bot/demo"
	"github.com/seed-6c43f0f2/attache/feeds"
)

// TestFeedsAreRead: the bot's own reader reads every sample feed without a warning.
func TestFeedsAreRead(t *testing.T) {
	h := demo.Handler(time.Now())
	for _, f := range demo.Feeds("") {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, f.URL, nil))
		body, err := io.ReadAll(w.Result().Body)
		require.NoError(t, err)
		d, err := feeds.Read(body, w.Header().Get("Content-Type"), "")
		require.NoError(t, err, f.Name)
		require.Empty(t, d.Warnings, f.Name)
		require.Equal(t, f.Title, d.Feed.Title)
		require.Equal(t, f.Language, d.Feed.Language)
		require.GreaterOrEqual(t, len(d.Items), 4, f.Name)
		for _, item := range d.Items {
			require.NotEmpty(t, item.Title)
			require.NotEmpty(t, item.URL)
			require.NotNil(t, item.Published, item.Title)
		}
	}
}
