package web_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/web"
)

func get(t *testing.T, h http.Handler, path string) (int, string) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w.Code, w.Body.String()
}

func TestHandler(t *testing.T) {
	registry := prometheus.NewRegistry()
	var broken error
	m := web.NewMetrics(registry, "1.2.3", func(context.Context) (web.Backlog, error) {
		return web.Backlog{ByState: map[string]int{"pending": 2}, Oldest: time.Minute}, broken
	})
	var wrong []string
	h := web.Handler(web.Options{
		Ready:    func(context.Context) []string { return wrong },
		Gatherer: registry,
		Mounts: map[string]http.Handler{"/slack/": http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusTeapot)
		})},
	})
	m.Polls.WithLabelValues("read").Inc()

	code, body := get(t, h, "/healthz")
	require.Equal(t, 200, code)
	require.Equal(t, "ok\n", body)

	code, _ = get(t, h, "/readyz")
	require.Equal(t, 200, code)
	wrong = []string{"discord: not connected"}
	code, body = get(t, h, "/readyz")
	require.Equal(t, 503, code)
	require.Equal(t, "discord: not connected\n", body)

	code, body = get(t, h, "/metrics")
	require.Equal(t, 200, code)
	require.Contains(t, body, `attache_outbox_deliveries{state="pending"} 2`)
	require.Contains(t, body, `attache_polls_total{outcome="read"} 1`)
	problems, err := testutil.GatherAndLint(registry)
	require.NoError(t, err)
	require.Empty(t, problems)

	require.Contains(t, body, "attache_store_failing 0")

	broken = errors.New("no store")
	code, body = get(t, h, "/metrics")
	require.Equal(t, 200, code)
	require.Contains(t, body, "attache_store_failing 1")
	require.NotContains(t, body, "attache_outbox", "what is not known is not told")

	code, _ = get(t, h, "/slack/events")
	require.Equal(t, http.StatusTeapot, code)
	code, _ = get(t, h, "/nothing")
	require.Equal(t, 404, code)
}

func TestServeFinishesWhatIsUnderWay(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	h := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		cancel() // the program is told to stop while the request is under way
		_, _ = io.WriteString(w, "whole")
	})
	done := make(chan error, 1)
	go func() { done <- web.Serve(ctx, l, h) }()
	r, err := http.Get("http://" + l.Addr().String())
	require.NoError(t, err)
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	require.NoError(t, err)
	require.Equal(t, "whole", string(body))
	require.NoError(t, <-done)
}
