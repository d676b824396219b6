package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/config"
	"github.com/seed-6c43f0f2/attache/web"
)

type runCmd struct {
	configFile
	Once bool `help:"Poll what is due, deliver, and exit; status 1 if a feed failed or a message still waits after two minutes."`
}

func (c runCmd) Run(ctx context.Context, s surroundings, log *slog.Logger) error {
	path, err := c.path()
	if err != nil {
		return err
	}
	var reload <-chan os.Signal
	if !c.Once && s.hangups != nil {
		caught, stop := s.hangups()
		defer stop()
		reload = caught
	}
	file, n, err := load(path, s)
	if err != nil {
		return configFailure(path, err)
	}
	warn(log, file)
	small, free := context.WithCancel(ctx)
	defer free()
	defer keepSmall(ctx)()
	go followWork(small, s.env)
	a, err := assemble(ctx, file, n, s, log)
	if err != nil {
		return err
	}
	a.warm(ctx)
	if c.Once {
		err = a.once(ctx)
	} else {
		err = a.serve(ctx, path, s, reload)
	}
	return errors.Join(err, a.close(ctx))
}

// warn logs what bot check warns of.
func warn(log *slog.Logger, file *config.File) {
	for _, w := range file.Warnings() {
		log.Warn("the configuration works, but", "warning", w.Error())
	}
}

// configFailure says what to do where there is no configuration.
func configFailure(path string, err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("%w: %w", err, &alerts.Invalid{
			Say: fmt.Sprintf("There is no configuration at %s. Write one with: bot init %s", path, path),
		})
	}
	return err
}

// serve runs until ctx ends: receiving, the jobs, health and metrics. The configuration is taken over again at each reload,
// which may be nil.
func (a *app) serve(ctx context.Context, path string, s surroundings, reload <-chan os.Signal) error {
	var listener net.Listener
	if a.file.Listen != "" {
		var err error
		if listener, err = net.Listen("tcp", a.file.Listen); err != nil { //nolint:noctx // bound before anything runs
			return fmt.Errorf("listen: %w: %w", err, &alerts.Invalid{
				Say: fmt.Sprintf("Nothing can listen on %s: %v. Is another bot running? Change listen: in %s.", a.file.Listen, err, path),
			})
		}
	}
	// Connections outlive ctx until the sends under way are done.
	connected, disconnect := context.WithCancel(context.WithoutCancel(ctx))
	defer disconnect()
	var receivers sync.WaitGroup
	if listener != nil {
		receivers.Go(func() {
			if err := web.Serve(connected, listener, web.Handler(a.webOptions())); err != nil {
				a.log.Error("web server ended", "err", err)
			}
		})
	}
	a.hint(s)
	ended := a.receive(connected, &receivers)
	receivers.Go(func() { a.reload(connected, path, s, reload) })
	receivers.Go(func() { a.checkChannels(ctx) })
	a.log.Info("running", "version", version, "feeds", len(a.file.Feeds), "listen", a.file.Listen)

	working, stopWorking := context.WithCancel(ctx)
	defer stopWorking()
	go func() {
		select {
		case <-ended: // the console's input ended
			stopWorking()
		case <-working.Done():
		}
	}()
	err := a.work(working)
	disconnect()
	receivers.Wait()
	a.log.Info("stopped")
	return err
}

// hint says once, before the first prompt, what can be typed and what ends the program.
func (a *app) hint(s surroundings) {
	if !s.terminal || !s.terminalIn || a.file.Platforms.Console.Format == "json" {
		return
	}
	end := "Ctrl-C"
	if endsWithInput(a.file, s) {
		end = "Ctrl-D"
	}
	fmt.Fprintf(s.stdout, "Type help for the commands; %s ends.\n", end)
}

// receive starts receiving from every platform. The channel it returns is closed when one that the program ends with is
// done.
func (a *app) receive(ctx context.Context, group *sync.WaitGroup) <-chan struct{} {
	ended := make(chan struct{})
	for _, p := range a.platforms {
		group.Go(func() {
			if err := p.run(ctx); err != nil && ctx.Err() == nil {
				a.log.Error("platform stopped", "platform", p.name, "err", err)
			}
			if p.endsWith {
				close(ended)
			}
		})
	}
	return ended
}

// reload takes over the configuration again at each SIGHUP. One with mistakes changes nothing. All warnings of one that is
// taken over are logged, those of before too: then no warning means that there is nothing to mend.
func (a *app) reload(ctx context.Context, path string, s surroundings, asked <-chan os.Signal) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-asked:
		}
		file, n, err := load(path, s)
		if err == nil {
			err = a.adopt(ctx, n)
		}
		if err != nil {
			a.log.Error("configuration not taken over; the one from before goes on", "err", err)
			continue
		}
		a.desk.SetRoles(n.roles)
		warn(a.log, file)
		if keys := needsRestart(a.file, file); len(keys) > 0 {
			a.log.Warn("some of what was changed is taken over only with a restart", "keys", strings.Join(keys, ", "))
		}
		a.log.Info("configuration taken over", "feeds", len(file.Feeds), "watchlists", len(file.Watchlists))
		a.nudge()
		a.checkChannels(ctx)
	}
}

// needsRestart names what differs and is read only at the start.
func needsRestart(old, now *config.File) (keys []string) {
	for _, k := range []struct {
		name   string
		differ bool
	}{
		{"store", old.Store != now.Store},
		{"listen", old.Listen != now.Listen},
		{"max_age", old.MaxAge != now.MaxAge},
		{"retention", old.Retention != now.Retention},
		{"fetch", fmt.Sprint(old.Fetch) != fmt.Sprint(now.Fetch) || !old.Fetch.Proxy.Equal(now.Fetch.Proxy)},
		{"admins.channel", old.Admins.Channel != now.Admins.Channel},
		{"slack: groups in admins", !slices.Equal(slackGroups(old), slackGroups(now))},
		{"platforms", !samePlatforms(old.Platforms, now.Platforms)},
	} {
		if k.differ {
			keys = append(keys, k.name)
		}
	}
	return keys
}

func samePlatforms(a, b config.Platforms) bool {
	if (a.Discord == nil) != (b.Discord == nil) || (a.Slack == nil) != (b.Slack == nil) || a.Console != b.Console {
		return false
	}
	return (a.Discord == nil || a.Discord.Token.Equal(b.Discord.Token) && a.Discord.API == b.Discord.API) &&
		(a.Slack == nil || a.Slack.API == b.Slack.API && a.Slack.BotToken.Equal(b.Slack.BotToken) && a.Slack.AppToken.Equal(b.Slack.AppToken) &&
			a.Slack.SigningSecret.Equal(b.Slack.SigningSecret))
}
