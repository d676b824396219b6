package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/seed-6c43f0f2/attache/adapters/console"
	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/commands"
	"github.com/seed-6c43f0f2/attache/config"
	"github.com/seed-6c43f0f2/attache/feeds"
	"github.com/seed-6c43f0f2/attache/store"
)

type feedsCmd struct {
	Import feedsImportCmd `cmd:"" help:"Add the feeds of an OPML file to those that a workspace reads. The bot must not be running."`
	Export feedsExportCmd `cmd:"" help:"Write the feeds that a workspace reads, the file's and its own, as an OPML file."`
}

// opmlArgs are what both take.
type opmlArgs struct {
	Config    string `short:"c" default:"attache.yaml" placeholder:"FILE" help:"The configuration (attache.yaml)."`
	Workspace string `placeholder:"WORKSPACE" help:"Whose feeds: discord:GUILD, slack:TEAM or console. Needed only where the configuration names several."`
	OPML      string `arg:"" name:"OPML" help:"The file; - is standard input or output."`
}

type feedsImportCmd struct{ opmlArgs }

func (c feedsImportCmd) Run(ctx context.Context, s surroundings) (err error) {
	file, n, err := load(c.Config, s)
	if err != nil {
		return configFailure(c.Config, err)
	}
	w, err := c.workspace(file)
	if err != nil {
		return err
	}
	list, damage := c.read(s)
	if damage != nil && len(list) == 0 {
		return damage
	}
	db, err := store.Open(ctx, file.Store, store.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	change := operator("feeds import", "", s)
	change.Workspace = w
	bar := newProgress(s)
	work := commands.Import{
		Feeds: db, Schedule: feeds.DefaultSchedule, Taken: fileFeeds(n),
		Refuse:   func(address string) string { return refused(address, file.Fetch) },
		Progress: func(done, total int) { bar.step("importing feeds", done, total) },
	}
	done, err := work.Run(ctx, change, list)
	bar.done()
	if err != nil {
		return err
	}
	return c.report(s, w, done, damage)
}

// read reads the list. What breaks off comes as far as it goes, with an error.
func (c feedsImportCmd) read(s surroundings) ([]commands.ListedFeed, error) {
	in := s.stdin
	if c.OPML != "-" {
		f, err := os.Open(c.OPML)
		if err != nil {
			return nil, unread(c.OPML, fmt.Errorf("read list: %w", err))
		}
		defer f.Close() //nolint:errcheck // only read
		in = f
	}
	body, err := io.ReadAll(io.LimitReader(in, feeds.MaxOPML+1))
	if err != nil {
		return nil, unread(c.OPML, fmt.Errorf("read list: %w", err))
	}
	outlines, err := feeds.ReadOPML(body)
	list := make([]commands.ListedFeed, len(outlines))
	for i, o := range outlines {
		list[i] = commands.ListedFeed{URL: o.URL, Title: o.Title, Line: o.Line}
	}
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("read list: %w", &alerts.Invalid{Say: "The list has no feeds."})
	}
	return list, err
}

// refused says why the fetcher would never read an address.
func refused(address string, fetch config.Fetch) string {
	u, err := url.Parse(address)
	if err != nil {
		return "The feed's address is no address."
	}
	return strings.Replace(refusal(u, fetch), "url: is", "The feed is", 1)
}

// report says what became of the list; errFailed if not all of it could be read.
func (c feedsImportCmd) report(s surroundings, w alerts.Workspace, done commands.Imported, damage error) error {
	name := filepath.Base(c.OPML)
	if c.OPML == "-" {
		name = "standard input"
	}
	for _, l := range done.Left {
		fmt.Fprintf(s.stderr, "%s:%d: %s\n", name, l.Line, l.Say)
	}
	if damage != nil {
		fmt.Fprintf(s.stderr, "%s: %s\n", name, alerts.Say(damage))
	}
	fmt.Fprintf(s.stdout, "%s: %s added to %s, %d read already, %d there twice, %d left out.\n", name, plural(done.Added, "feed"), w,
		done.Known, done.Twice, len(done.Left))
	if len(done.Left) > 0 || damage != nil {
		return errFailed
	}
	return nil
}

// fileFeeds are the feeds of the configuration as it is now, which the store may not have yet.
func fileFeeds(n nouns) (out []commands.FeedStatus) {
	for _, f := range n.content.Feeds {
		out = append(out, commands.FeedStatus{Feed: f, Name: f.Listings[0].Name, FromFile: true})
	}
	return out
}

type feedsExportCmd struct {
	opmlArgs
	Secrets bool `help:"Also write feeds whose address holds a value from the environment or another file."`
}

func (c feedsExportCmd) Run(ctx context.Context, s surroundings) (err error) {
	file, n, err := load(c.Config, s)
	if err != nil {
		return configFailure(c.Config, err)
	}
	w, err := c.workspace(file)
	if err != nil {
		return err
	}
	own, err := ownFeeds(ctx, file, w)
	if err != nil {
		return err
	}
	var list []feeds.Outline
	for _, f := range append(fileFeeds(n), own...) {
		title := f.Feed.Source.Name
		if title == "" {
			title = f.Name
		}
		if f.FromFile && !c.Secrets && file.Reveals(f.Feed.URL) {
			fmt.Fprintf(s.stderr, "bot: %s is left out: its address holds a value from the environment or another file. To write it all the same, add --secrets.\n", f.Name)
			continue
		}
		list = append(list, feeds.Outline{Title: title, URL: f.Feed.URL})
	}
	var out bytes.Buffer
	if err := feeds.WriteOPML(&out, "Feeds of "+string(w), s.now(), list); err != nil {
		return err
	}
	if c.OPML == "-" {
		_, err = s.stdout.Write(out.Bytes())
		return err
	}
	if err := writeNew(c.OPML, out.Bytes(), "bot feeds export FILE"); err != nil {
		return fmt.Errorf("write list: %w", err)
	}
	fmt.Fprintf(s.stdout, "%s: %s of %s.\n", filepath.Base(c.OPML), plural(len(list), "feed"), w)
	return nil
}

// ownFeeds are the feeds that the workspace added; none where there is no store yet.
func ownFeeds(ctx context.Context, file *config.File, w alerts.Workspace) (own []commands.FeedStatus, err error) {
	if path, ok := strings.CutPrefix(file.Store, "sqlite:"); ok {
		if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
			return nil, nil
		}
	}
	db, err := store.View(ctx, file.Store)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	all, err := db.Feeds(ctx, w)
	return slices.DeleteFunc(all, func(f commands.FeedStatus) bool { return f.FromFile }), err
}

// workspace returns the one that is asked for, or else the only one that the configuration names.
func (c opmlArgs) workspace(file *config.File) (alerts.Workspace, error) {
	var named []string
	note := func(channel string) {
		if w := string(alerts.Channel(channel).Workspace()); w != "" && !slices.Contains(named, w) {
			named = append(named, w)
		}
	}
	for _, sub := range file.Subscriptions {
		note(sub.Channel)
	}
	note(file.Admins.Channel)
	if len(named) == 0 && file.Platforms.Discord == nil && file.Platforms.Slack == nil {
		named = []string{string(console.Workspace)}
	}
	platform, id, _ := strings.Cut(c.Workspace, ":")
	switch {
	case c.Workspace == string(console.Workspace), (platform == "discord" || platform == "slack") && id != "" && !strings.ContainsAny(id, "/: "):
		return alerts.Workspace(c.Workspace), nil
	case c.Workspace != "":
		return "", fmt.Errorf("%w: %w", errUsage, &alerts.Invalid{
			Say: fmt.Sprintf("%s is no workspace. Write --workspace discord:GUILD, slack:TEAM or console.", c.Workspace),
		})
	case len(named) == 1:
		return alerts.Workspace(named[0]), nil
	case len(named) == 0:
		return "", fmt.Errorf("%w: %w", errUsage, &alerts.Invalid{
			Say: "The configuration names no workspace. Say whose feeds they are: --workspace discord:GUILD, slack:TEAM or console.",
		})
	}
	return "", fmt.Errorf("%w: %w", errUsage, &alerts.Invalid{
		Say: "The configuration names several workspaces. Say whose feeds they are: --workspace " + strings.Join(named, " or "),
	})
}
