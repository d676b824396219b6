// Command bot is Attaché, a press attaché for a team's chat: it reads article feeds, matches every article against the
// team's watchlists, gathers one event into one story, and posts it once to Discord, Slack or the console.
//
// This package is the wiring and nothing else: subcommands, the configuration made into nouns (nouns.go), the parts put
// together (app.go), and every timer on one screen (jobs.go).
//
// # Invariants
//
//   - Exit status 0 is fine, 1 failed, 2 wrong usage. Results go to standard output, everything else to standard error.
//   - No secret reaches a log, an error or an output.
//   - It stops in order: polling, then sends under way, then connections, then the store.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"syscall"
	"time"
	_ "time/tzdata" // CRON_TZ= works on a base without zone files

	"github.com/alecthomas/kong"
	"github.com/lmittmann/tint"
	"golang.org/x/term"

	"github.com/seed-6c43f0f2/attache/adapters/console"
	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/config"
)

// version is set when a release is built: -ldflags "-X main.version=1.2.3".
var version = "dev" // a variable, since the linker can set nothing else

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	os.Exit(run(ctx, os.Args[1:], surroundings{
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
		env: os.LookupEnv, readFile: os.ReadFile, hangups: hangups, now: time.Now,
		terminal: term.IsTerminal(int(os.Stdout.Fd())), terminalIn: term.IsTerminal(int(os.Stdin.Fd())),
		terminalErr: term.IsTerminal(int(os.Stderr.Fd())),
	}))
}

// hangups catches SIGHUP instead of dying of it, for the one who takes the configuration over again then.
func hangups() (caught <-chan os.Signal, stop func()) {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGHUP)
	return c, func() { signal.Stop(c) }
}

// surroundings are what the program touches outside, given to every subcommand.
type surroundings struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	env            func(string) (string, bool)
	readFile       func(string) ([]byte, error)
	hangups        func() (<-chan os.Signal, func()) // catches SIGHUP from now until the function it returns is called
	now            func() time.Time
	resolver       *net.Resolver              // of feeds' hosts; nil is the system's
	judge          func(address string) error // refuses what feeds dial; nil is none
	terminal       bool                       // standard output is one
	terminalIn     bool
	terminalErr    bool
}

// commands is the command line. Each field is a subcommand with a Run method in a file of its name.
type commandLine struct {
	Demo       demoCmd       `cmd:"" help:"Watch alerts appear: sample feeds, no token, no network, no file."`
	Init       initCmd       `cmd:"" help:"Write a commented configuration to start from."`
	Run        runCmd        `cmd:"" help:"Run the bot."`
	Check      checkCmd      `cmd:"" help:"Report every mistake in a configuration."`
	Feed       feedCmd       `cmd:"" help:"Read one feed and print its articles."`
	Feeds      feedsCmd      `cmd:"" help:"Lists of feeds (OPML), as feed readers have them."`
	Match      matchCmd      `cmd:"" help:"Print which watches fire on articles, and why."`
	Backtest   backtestCmd   `cmd:"" help:"Print what watches would have found in the stored articles, and how many alerts a day."`
	Aliases    aliasesCmd    `cmd:"" help:"Catalogues of names, from which persons learn their other names."`
	Stories    storiesCmd    `cmd:"" help:"Print which articles tell the same story."`
	Summarize  summarizeCmd  `cmd:"" help:"Print a summary of each article."`
	Deliveries deliveriesCmd `cmd:"" help:"Print the messages that did not arrive, and why."`
	Migrate    migrateCmd    `cmd:"" help:"Bring the store up to date."`
	Backup     backupCmd     `cmd:"" help:"Write a copy of the SQLite store into a file, while the bot may run."`
	Copy       copyCmd       `cmd:"" help:"Move a team from one database to another: sqlite:PATH to postgres://..., or back."`
	Version    versionCmd    `cmd:"" help:"Print the version."`

	Debug bool `help:"Log more, on standard error."`
}

// errUsage is a wrong use of the command line: status 2.
var errUsage = errors.New("wrong usage")

// errFailed ends with status 1 and nothing more to say: what failed was said.
var errFailed = errors.New("failed")

// run is the whole program; it returns the exit status.
func run(ctx context.Context, args []string, s surroundings) int {
	var line commandLine
	status := -1
	parser, err := kong.New(&line,
		kong.Name("bot"), kong.Description("Attaché: a press attaché for a team's chat. Start with: bot demo"),
		kong.UsageOnError(), kong.Writers(s.stdout, s.stderr), kong.Exit(func(code int) { status = code }),
	)
	if err != nil {
		fmt.Fprintf(s.stderr, "bot: %v\n", err)
		return 1
	}
	args = asked(args)
	parsed, err := parser.Parse(args)
	if status >= 0 { // --help
		return status
	}
	if err != nil {
		fmt.Fprintf(s.stderr, "bot: %s\nbot --help lists what there is.\n", plainly(err, args))
		return 2
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	level := slog.LevelInfo
	if line.Debug {
		level = slog.LevelDebug
	}
	return report(s.stderr, parsed.Run(s, logger(s, level)))
}

// report says what went wrong, in the words that fit the reader, and returns the exit status.
func report(w io.Writer, err error) int {
	var mistakes config.Mistakes
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errFailed):
		return 1
	case errors.As(err, &mistakes):
		fmt.Fprint(w, mistakes.Explain())
		return 1
	case alerts.Say(err) != "":
		fmt.Fprintf(w, "bot: %s\n", alerts.Say(err))
	default:
		fmt.Fprintf(w, "bot: %v\n", err)
	}
	if errors.Is(err, errUsage) {
		return 2
	}
	return 1
}

// logger logs for people on a terminal, else as key=value lines.
func logger(s surroundings, level slog.Level) *slog.Logger {
	if s.terminalErr {
		look := console.LookAt(s.stderr, true, s.env)
		return slog.New(tint.NewTextHandler(s.stderr, &tint.Options{Level: level, TimeFormat: time.TimeOnly, NoColor: !look.Colour}))
	}
	return slog.New(slog.NewTextHandler(s.stderr, &slog.HandlerOptions{Level: level}))
}
