package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/config"
	"github.com/seed-6c43f0f2/attache/store"
)

type initCmd struct {
	File string `arg:"" optional:"" default:"attache.yaml" help:"Where to write it (attache.yaml); - is standard output."`
}

func (c initCmd) Run(s surroundings) error {
	if c.File == "-" {
		_, err := s.stdout.Write(config.Init())
		return err
	}
	f, err := os.OpenFile(c.File, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) // tokens may come to stand in it
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%w: %w", err, &alerts.Invalid{
			Say: fmt.Sprintf("%s is there already and stays as it is. Name another file: bot init FILE", c.File),
		})
	}
	if err != nil {
		return unwritten(c.File, fmt.Errorf("write configuration: %w", err))
	}
	_, err = f.Write(config.Init())
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("write configuration: %w", err)
	}
	fmt.Fprintf(s.stderr, "Wrote %s. Read it, then: bot check -c %s && bot run -c %s\n", c.File, c.File, c.File)
	return nil
}

// plural counts things: 1 feed, 2 feeds.
func plural(n int, one string, many ...string) string {
	switch {
	case n == 1:
		return "1 " + one
	case len(many) > 0:
		return fmt.Sprintf("%d %s", n, many[0])
	}
	return fmt.Sprintf("%d %ss", n, one)
}

// configFile is how subcommands are told which configuration to read: with -c, or bare.
type configFile struct {
	Config string `short:"c" placeholder:"FILE" help:"The configuration (attache.yaml)."`
	File   string `arg:"" optional:"" help:"The same, without -c."`
}

// path returns the configuration's path.
func (c configFile) path() (string, error) {
	if c.Config != "" && c.File != "" {
		return "", fmt.Errorf("%w: -c %s and %s are two configurations; name one", errUsage, c.Config, c.File)
	}
	return cmp.Or(c.Config, c.File, "attache.yaml"), nil
}

type migrateCmd struct {
	configFile
}

func (c migrateCmd) Run(ctx context.Context, s surroundings) error {
	path, err := c.path()
	if err != nil {
		return err
	}
	file, _, err := load(path, s)
	if err != nil {
		return configFailure(path, err)
	}
	from, to, err := store.Migrate(ctx, file.Store)
	if err != nil {
		return err
	}
	if from == to {
		fmt.Fprintf(s.stdout, "The store is up to date (version %d).\n", to)
		return nil
	}
	fmt.Fprintf(s.stdout, "The store went from version %d to %d.\n", from, to)
	return nil
}

type versionCmd struct{}

func (versionCmd) Run(s surroundings) error {
	_, err := io.WriteString(s.stdout, "bot "+version+commit()+"\n")
	return err
}

// commit returns the commit that the binary was built from, where the build knows it.
func commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, v := range info.Settings {
		if v.Key == "vcs.revision" {
			return " (" + v.Value[:min(12, len(v.Value))] + ")"
		}
	}
	return ""
}
