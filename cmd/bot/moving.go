package main

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/seed-6c43f0f2/attache/store"
)

type backupCmd struct {
	Config string `short:"c" placeholder:"FILE" help:"The configuration (attache.yaml)."`
	Dest   string `arg:"" help:"The file to write, which is not there yet."`
}

func (c backupCmd) Run(ctx context.Context, s surroundings) error {
	path := cmp.Or(c.Config, "attache.yaml")
	file, _, err := load(path, s)
	if err != nil {
		return configFailure(path, err)
	}
	if err := store.Backup(ctx, file.Store, c.Dest); err != nil {
		return err
	}
	fmt.Fprintf(s.stdout, "Wrote %s. To restore it: stop the bot, and put it where the configuration's store: is, with no -wal and -shm file beside it.\n", c.Dest)
	return nil
}

type copyCmd struct {
	From string `arg:"" help:"The database to copy, as store: names it: sqlite:PATH or postgres://USER@HOST/DATABASE."`
	To   string `arg:"" help:"Where to, the same way: a database that is new and empty."`
}

func (c copyCmd) Run(ctx context.Context, s surroundings) error {
	done, err := store.Copy(ctx, c.From, c.To, s.now(), store.Options{})
	if err != nil {
		return err
	}
	fmt.Fprintf(s.stdout, "Copied %s of %s, and read each again: nothing differs.\n", plural(done.Rows, "row"), plural(done.Tables, "table"))
	fmt.Fprintf(s.stdout, "Now write store: %s into the configuration and start the bot. Don't run it on the old database again: it would post what the new one posted.\n", withoutPassword(c.To))
	return nil
}

// withoutPassword is a store's address as it may be shown.
func withoutPassword(store string) string {
	if u, err := url.Parse(store); err == nil && u.User != nil {
		u.User = url.User(u.User.Username())
		return u.String()
	}
	if strings.HasPrefix(store, "sqlite:") {
		return store
	}
	return "postgres://USER@HOST/DATABASE"
}
