package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"runtime/debug"

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
	if err := writeNew(c.File, config.Init(), "bot init FILE"); err != nil {
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
