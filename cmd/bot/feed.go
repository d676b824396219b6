package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/feeds"
)

type feedCmd struct {
	Source               string `arg:"" name:"URL|FILE" help:"A feed's address, or a file; - is standard input."`
	JSON                 bool   `name:"json" xor:"form" help:"Print one JSON object; its texts are safe to be read as HTML."`
	Articles             bool   `xor:"form" help:"Print JSON Lines, ready for bot match."`
	FullText             bool   `help:"With --articles: read the pages of the newest articles, as full_text: true does; page says what became of each."`
	AllowPrivateNetworks bool   `help:"Also fetch from loopback, private and link-local addresses, at any port."`
}

// address is what is no file: a scheme and ://, whether or not we can fetch from there.
var address = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*://`)

// bare is an address without a scheme: a host, and perhaps a path.
var bare = regexp.MustCompile(`^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(:[0-9]+)?(/.*)?$`)

// maxFile is the most bytes of a feed that are read from a file.
const maxFile = 64 << 20

func (c feedCmd) Run(ctx context.Context, s surroundings) error {
	if c.FullText && !c.Articles {
		return fmt.Errorf("%w: --full-text reads the pages for --articles, which prints their text: write both", errUsage)
	}
	d, err := c.read(ctx, s)
	if err != nil {
		return err
	}
	for _, w := range d.Warnings {
		fmt.Fprintln(s.stderr, "bot: warning:", w)
	}
	switch {
	case c.JSON:
		print, flush := printer(s.stdout)
		if err := print(d.Escaped()); err != nil {
			return err
		}
		return flush()
	case c.Articles:
		return c.lines(ctx, d, s)
	}
	return text(s.stdout, d, s)
}

func (c feedCmd) read(ctx context.Context, s surroundings) (feeds.Document, error) {
	if address.MatchString(c.Source) {
		return c.fetch(ctx)
	}
	in := s.stdin
	if c.Source != "-" {
		f, err := os.Open(c.Source)
		if err != nil {
			return feeds.Document{}, c.unopened(fmt.Errorf("read feed: %w", err))
		}
		defer f.Close() //nolint:errcheck // only read
		in = f
	}
	body, err := io.ReadAll(io.LimitReader(in, maxFile))
	if err != nil {
		return feeds.Document{}, unread(c.Source, fmt.Errorf("read feed: %w", err))
	}
	return feeds.Read(body, "", "")
}

// unopened says what is wrong with a file, or that it may be meant as an address.
func (c feedCmd) unopened(err error) error {
	switch filepath.Ext(c.Source) {
	case ".xml", ".rss", ".atom", ".rdf", ".json", ".html", ".txt":
		return unread(c.Source, err)
	}
	if !errors.Is(err, fs.ErrNotExist) || !bare.MatchString(c.Source) {
		return unread(c.Source, err)
	}
	return fmt.Errorf("%w: %w", err, &alerts.Invalid{
		Say: fmt.Sprintf("There is no file %s. If it is an address, write https://%[1]s.", c.Source),
	})
}

func (c feedCmd) fetch(ctx context.Context) (feeds.Document, error) {
	f := feeds.NewFetcher(feeds.Options{AllowPrivate: c.AllowPrivateNetworks, Version: version})
	defer f.Close()
	got := f.Fetch(ctx, alerts.Feed{URL: c.Source})
	if say := got.Once(); say != "" {
		if got.Guarded() {
			say += " To read it all the same, add --allow-private-networks."
		}
		return feeds.Document{}, fmt.Errorf("read feed: %w", &alerts.Invalid{Say: say})
	}
	return feeds.Read(got.Body, got.ContentType, got.URL)
}

// lines prints ARTICLES.
func (c feedCmd) lines(ctx context.Context, d feeds.Document, s surroundings) error {
	print, flush := printer(s.stdout)
	feed := alerts.Feed{
		URL: c.Source, New: alerts.NewAll, Source: alerts.Source{Name: d.Feed.Title}, Listings: []alerts.Listing{{FullText: c.FullText}},
	}
	articles := d.Articles(feed, s.now())
	if c.FullText {
		f := feeds.NewFetcher(feeds.Options{AllowPrivate: c.AllowPrivateNetworks, Version: version})
		defer f.Close()
		pages := feeds.NewPages(f, nothingKnown{}, 0, s.now, slog.New(slog.DiscardHandler))
		articles = pages.Enrich(ctx, alerts.Visit{Feed: feed, At: s.now(), Articles: articles}).Articles
	}
	for _, a := range articles {
		line := map[string]any{"id": a.Key, "title": a.Title, "text": a.Text, "source": d.Feed.Title}
		for key, value := range map[string]string{"url": a.URL, "language": a.Language, "page": a.Page} {
			if value != "" {
				line[key] = value
			}
		}
		if !a.Published.IsZero() {
			line["published"] = a.Published
		}
		if err := print(line); err != nil {
			return err
		}
	}
	return flush()
}

// nothingKnown is an archive without articles: all of the feed's are new.
type nothingKnown struct{}

// World knows nothing.
func (nothingKnown) World(context.Context, alerts.Question) (alerts.World, error) {
	return alerts.World{}, nil
}

// text prints a feed for people.
func text(w io.Writer, d feeds.Document, s surroundings) error {
	var out strings.Builder
	articles := d.Articles(alerts.Feed{}, s.now())
	fmt.Fprintf(&out, "%s: %s\n", quiet(d.Feed.Title), plural(len(articles), "article"))
	for _, a := range articles {
		when := "no date         "
		if !a.Published.IsZero() {
			when = a.Published.Local().Format("2006-01-02 15:04")
		}
		fmt.Fprintf(&out, "%s  %s\n                  %s\n", when, quiet(a.Title), a.URL)
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// quiet is a title on one line.
func quiet(s string) string { return strings.Join(strings.Fields(s), " ") }
