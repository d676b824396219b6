package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/seed-6c43f0f2/attache/adapters/console"
	"github.com/seed-6c43f0f2/attache/adapters/discord"
	"github.com/seed-6c43f0f2/attache/adapters/slack"
	"github.com/seed-6c43f0f2/attache/adapters/wire"
	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/commands"
	"github.com/seed-6c43f0f2/attache/config"
	"github.com/seed-6c43f0f2/attache/store"
)

// platform is an adapter as the program uses it. A new platform is one more function below and its line in connect.
type platform struct {
	name     string
	poster   alerts.Poster
	run      func(context.Context) error                 // receives until its ctx ends
	check    func(context.Context, alerts.Channel) error // an *alerts.Invalid says what is missing; may be nil
	healthy  func() error                                // may be nil
	mount    map[string]http.Handler                     // what it receives over HTTP
	endsWith bool                                        // the program ends when run returns
}

// host is the Desk as the platforms meet it: who joins a workspace again finds what the file subscribes there going on.
type host struct {
	*commands.Desk
	store *store.Store
	now   func() time.Time
	log   *slog.Logger
}

// Welcome greets a workspace that the bot has joined.
func (h host) Welcome(ctx context.Context, w alerts.Workspace, name string) commands.Reply {
	if err := h.store.StartWorkspace(ctx, w, h.now()); err != nil {
		h.log.Error("a workspace that was joined again still rests", "workspace", w, "err", err)
	}
	return h.Desk.Welcome(ctx, w, name)
}

// lost stops a channel that a platform closed to the bot; the admins are told by their timer.
func (h host) lost(ctx context.Context, c alerts.Channel, say string) error {
	return h.store.StopChannel(ctx, c, say, h.now())
}

// connect makes the adapters of the platforms that the configuration has credentials for, and the console's.
func connect(file *config.File, desk host, r *replica, db *store.Store, s surroundings, log *slog.Logger) ([]platform, error) {
	all := []platform{onConsole(file, desk, s, log)}
	var errs []error
	if file.Platforms.Discord != nil {
		p, err := onDiscord(file, desk, r, db, s, log)
		all, errs = append(all, p), append(errs, err)
	}
	if file.Platforms.Slack != nil {
		p, err := onSlack(file, desk, r, db, s, log)
		all, errs = append(all, p), append(errs, err)
	}
	return all, errors.Join(errs...)
}

func onConsole(file *config.File, desk host, s surroundings, log *slog.Logger) platform {
	alone := consoleAlone(file)
	a := console.New(console.Options{
		In: s.stdin, Out: s.stdout, Format: console.Format(file.Platforms.Console.Format), Desk: desk,
		Look: console.LookAt(s.stdout, s.terminal, s.env), Prompt: s.terminal && s.terminalIn, Log: log,
		GoesOn: !alone, Unread: alone && !endsWithInput(file, s),
	})
	return platform{name: "console", poster: a, run: a.Run, endsWith: alone}
}

// consoleAlone tells whether the console is all that people are met at: who leaves it ends the program. The pages under
// listen: are for machines, and for whoever runs the bot.
func consoleAlone(file *config.File) bool {
	return file.Platforms.Discord == nil && file.Platforms.Slack == nil
}

// endsWithInput tells whether the end of standard input ends the program: where somebody sits at it, or it is all that
// the program has. A service started with nothing on standard input goes on.
func endsWithInput(file *config.File, s surroundings) bool {
	return consoleAlone(file) && (s.terminalIn || file.Listen == "")
}

func onDiscord(file *config.File, desk host, r *replica, db *store.Store, s surroundings, log *slog.Logger) (platform, error) {
	a, err := discord.New(discord.Options{
		Token: file.Platforms.Discord.Token.Reveal(), API: file.Platforms.Discord.API, Desk: desk, Memory: db, Log: log,
		Now: s.now, Agent: version, Replicas: r.count, Lost: desk.lost, Unheard: db.KeepUnheard, Transport: wire.New(wire.Silence),
	})
	if err != nil {
		return platform{}, fmt.Errorf("discord: %w", err)
	}
	// Each connection hears every event, so only one replica has one.
	const gateway = "discord's gateway"
	return platform{name: "discord", poster: a, run: r.listening(gateway, a.Run), check: a.Check, healthy: r.healthy(gateway, a.Healthy)}, nil
}

func onSlack(file *config.File, desk host, r *replica, db *store.Store, s surroundings, log *slog.Logger) (platform, error) {
	c := file.Platforms.Slack
	a, err := slack.New(slack.Options{
		BotToken: c.BotToken.Reveal(), AppToken: c.AppToken.Reveal(), SigningSecret: c.SigningSecret.Reveal(),
		APIURL: c.API, Groups: slackGroups(file), Desk: desk, Now: s.now, Log: log, First: r.first, Lost: desk.lost,
		Transport: wire.New(wire.Silence), Memory: db, Replicas: r.count,
	})
	if err != nil {
		return platform{}, fmt.Errorf("slack: %w", err)
	}
	p := platform{name: "slack", poster: a, run: a.Run, check: a.Check, healthy: a.Healthy}
	if c.SigningSecret.Given() {
		p.mount = map[string]http.Handler{"/slack/": a.Handler()}
	}
	return p, nil
}

// slackGroups are the user groups of Slack to which the configuration gives a role.
func slackGroups(file *config.File) []string {
	groups := slices.Concat(file.Admins.Roles, file.Admins.Editors)
	return slices.DeleteFunc(groups, func(id string) bool { return !strings.HasPrefix(id, "slack:") })
}
