package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/cmd/bot/demo"
	"github.com/seed-6c43f0f2/attache/config"
	"github.com/seed-6c43f0f2/attache/web"
)

type demoCmd struct {
	Once bool `help:"Exit when the first alerts are out."`
}

// Run serves the sample feeds on loopback, reads them with the real parts and a store of its own, shows the alerts, and
// takes typed commands until its input ends.
func (c demoCmd) Run(ctx context.Context, s surroundings, log *slog.Logger) (err error) {
	folder, err := os.MkdirTemp("", "attache-demo-")
	if err != nil {
		return fmt.Errorf("make a folder for the demo: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	base, stop, err := serveDemo(ctx, s.now())
	if err != nil {
		return err
	}
	defer stop()
	s.judge = only(base)
	file, n, err := settle(config.Parse("demo", demo.Config(base), s.env, s.readFile))
	if err != nil {
		return err
	}
	file.Store, file.Listen = "sqlite:"+filepath.Join(folder, "demo.db"), ""
	switch { // the demo's output is its alerts
	case !s.terminalErr:
		log = slog.New(slog.DiscardHandler)
	case !log.Enabled(ctx, slog.LevelDebug):
		log = logger(s, slog.LevelWarn)
	}
	a, err := assemble(ctx, file, n, s, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.close(ctx)) }()
	if err := a.once(ctx); err != nil {
		return err
	}
	if c.Once {
		return nil
	}
	return a.serve(ctx, "", s, nil)
}

// only refuses whatever is not served at base: the demo asks no network, and no other program of this machine.
func only(base string) func(address string) error {
	return func(address string) error {
		if "http://"+address == base {
			return nil
		}
		return &alerts.Invalid{Say: "The demo asks no network, so it reads its own sample feeds only. For others write a configuration with bot init, then: bot run"}
	}
}

// serveDemo serves the sample feeds on a free port of loopback; stop ends it.
func serveDemo(ctx context.Context, now time.Time) (base string, stop func(), err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // bound before anything runs
	if err != nil {
		return "", nil, fmt.Errorf("serve sample feeds: %w", err)
	}
	ctx, cancel := context.WithCancel(ctx)
	var server sync.WaitGroup
	server.Go(func() {
		_ = web.Serve(ctx, l, demo.Handler(now)) // its end is the demo's
	})
	return "http://" + l.Addr().String(), func() { cancel(); server.Wait() }, nil
}
