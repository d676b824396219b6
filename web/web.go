// Package web serves health and metrics, and what adapters want to receive over HTTP.
//
//	/healthz  200 while the process answers
//	/readyz   200 while it can do its work, else 503 with a line for each thing that is wrong
//	/metrics  figures for Prometheus
//
// # Invariants
//
//   - It shows no secret, no name of a feed, watch or person: whoever reaches the address may read it all.
//   - Every request is bounded in time and size of its header.
package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Options are what a Server serves.
type Options struct {
	Ready    func(context.Context) []string // what is wrong, a line each, fit for anyone to read; none is ready
	Gatherer prometheus.Gatherer
	Mounts   map[string]http.Handler // by path: what adapters receive; each bounds its own body
}

// Handler returns all paths.
func Handler(o Options) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, stop := context.WithTimeout(r.Context(), 5*time.Second)
		defer stop()
		if wrong := o.Ready(ctx); len(wrong) > 0 {
			say(w, http.StatusServiceUnavailable, wrong...)
			return
		}
		say(w, http.StatusOK, "ready")
	})
	mux.Handle("GET /metrics", promhttp.HandlerFor(o.Gatherer, promhttp.HandlerOpts{MaxRequestsInFlight: 4}))
	for path, h := range o.Mounts {
		mux.Handle(path, h)
	}
	return mux
}

func say(w http.ResponseWriter, status int, lines ...string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	for _, l := range lines {
		_, _ = io.WriteString(w, l+"\n") // a reader that went away needs no answer
	}
}

// Serve serves h on l until ctx ends, then lets requests under way finish for up to five seconds.
func Serve(ctx context.Context, l net.Listener, h http.Handler) error {
	server := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    16 << 10,
	}
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		grace, stop := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer stop()
		stopped <- server.Shutdown(grace)
	}()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve http: %w", err)
	}
	return <-stopped
}
