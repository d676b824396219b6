package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/aliases"
	"github.com/seed-6c43f0f2/attache/store"
)

type aliasesCmd struct {
	Import aliasesImportCmd `cmd:"" help:"Keep a catalogue of names in the store, in place of the one of that name: Wikidata or OpenSanctions JSON, or CSV."`
	List   aliasesListCmd   `cmd:"" help:"List the catalogues that were imported."`
	Remove aliasesRemoveCmd `cmd:"" help:"Forget an imported catalogue."`
}

type aliasesImportCmd struct {
	Config  string `short:"c" default:"attache.yaml" placeholder:"FILE" help:"The configuration (attache.yaml)."`
	Name    string `placeholder:"NAME" help:"What to call the catalogue; the file's name if left out."`
	Empty   bool   `name:"allow-empty" help:"Take a file without any person, too: it empties the catalogue."`
	Aliases string `arg:"" help:"The file; - is standard input."`
}

func (c aliasesImportCmd) Run(ctx context.Context, s surroundings) (err error) {
	n, db, err := openStore(ctx, c.Config, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	name := cmp.Or(c.Name, filepath.Base(c.Aliases))
	if c.Aliases == "-" {
		name = cmp.Or(c.Name, "stdin")
	}
	var counts aliases.Counts
	var first alerts.Person
	done, err := db.ImportCatalogue(ctx, operator("aliases import", "catalogue "+name, s), name, func(yield func(alerts.Person) error) error {
		counts, err = readAliases(c.Aliases, s.stdin, func(p alerts.Person) error {
			if len(first.Names) == 0 {
				first = p
			}
			return errors.Join(yield(p), ctx.Err())
		})
		if err == nil && counts.Persons == 0 && !c.Empty {
			return c.nobody(name, counts)
		}
		return err
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(s.stdout, "%s: %s with %s. Since the last import: %d new, %d changed, %d gone.\n", name, plural(done.Persons, "person"),
		plural(done.Names, "name"), done.Added, done.Changed, done.Removed)
	fmt.Fprintf(s.stdout, "Left out: entries about anything but a person: %d; names that are a word of a longer one, or weak: %d; names without letters, too long, an address or item's number, or of nobody (Vacant): %d; names beyond the first %d of a person: %d.\n",
		counts.Others, counts.Bare, counts.Unfit, alerts.MaxAliases, counts.Cut+done.Cut)
	fmt.Fprint(s.stdout, offices(counts), taken(counts.Columns), sample(first))
	lists, found, err := watched(ctx, db, n)
	if err != nil {
		return err
	}
	fmt.Fprint(s.stdout, learned(lists), namesakes(found.Unsure), unknown(found.Unknown))
	return nil
}

// Help says how a table is read.
func (aliasesImportCmd) Help() string {
	return `FILE is JSON of Wikidata or OpenSanctions, or a table (CSV), parted by commas, semicolons or tabs, or as a first line sep=| says.

A first line that calls a column name (full name, label, nom, nombre, Name, имя, الاسم, 姓名) is a header. Then only columns that are called so or alias (aliases, also known as, aka, other names, alt label) are read, and id as what tells two people of one name apart. Capitals, accents, _ and - make no difference, nor does a number or a language behind: name_ru, alias 2.

First and last name may stand in two columns (first name, last name; Vorname, Name; Nom, Prénom; Фамилия, Имя), which are put together. An office or a title alone (Prime Minister) is left out.

Without a header the first column is the name, the others are aliases. Several aliases in one cell are parted by semicolons. Addresses and numbers such as Q42 are never names. Lines that begin with # are comments.

  name,alias,alias
  Xi Jinping,习近平,Си Цзиньпин

From query.wikidata.org take CSV or JSON of a query with ?item ?itemLabel ?itemAltLabel.`
}

// nobody refuses a file without any person, which is more often a failed download than a wish.
func (c aliasesImportCmd) nobody(name string, counts aliases.Counts) error {
	return &alerts.Invalid{Say: fmt.Sprintf("%s has no person in it (entries about anything else: %d), so nothing was changed. Look into the file. "+
		"To take it all the same, add --allow-empty; to forget a catalogue: bot aliases remove %s", cmp.Or(strings.TrimPrefix(c.Aliases, "-"), "standard input"), counts.Others, name)}
}

// watched are all watchlists, the file's as the configuration has them now, with what they learn, and for whom the
// catalogues have nobody, or more than one person.
func watched(ctx context.Context, db *store.Store, n nouns) (lists []alerts.Watchlist, found alerts.Findings, err error) {
	r, _, err := db.Roster(ctx, -1)
	if err != nil {
		return nil, found, err
	}
	lists = slices.DeleteFunc(r.Watchlists, func(l alerts.Watchlist) bool { return l.Workspace == alerts.File })
	lists = append(lists, n.content.Watchlists...)
	found, err = db.Study(ctx, lists)
	return lists, found, err
}

type aliasesListCmd struct {
	Config string `short:"c" default:"attache.yaml" placeholder:"FILE" help:"The configuration (attache.yaml)."`
}

func (c aliasesListCmd) Run(ctx context.Context, s surroundings) (err error) {
	file, _, err := load(c.Config, s)
	if err != nil {
		return configFailure(c.Config, err)
	}
	db, err := store.View(ctx, file.Store)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	all, err := db.Catalogues(ctx)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		fmt.Fprintln(s.stdout, "No catalogue was imported.")
	}
	for _, k := range all {
		fmt.Fprintf(s.stdout, "%s: %s with %s, imported %s\n", k.Name, plural(k.Persons, "person"), plural(k.Names, "name"), k.At.Format("2 Jan 2006 15:04 UTC"))
	}
	return nil
}

type aliasesRemoveCmd struct {
	Config string `short:"c" default:"attache.yaml" placeholder:"FILE" help:"The configuration (attache.yaml)."`
	Name   string `arg:"" help:"The catalogue, as bot aliases list calls it."`
}

func (c aliasesRemoveCmd) Run(ctx context.Context, s surroundings) (err error) {
	_, db, err := openStore(ctx, c.Config, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.RemoveCatalogue(ctx, operator("aliases remove", "catalogue "+c.Name, s), c.Name); err != nil {
		return err
	}
	fmt.Fprintf(s.stdout, "%s is forgotten.\n", c.Name)
	return nil
}

// openStore opens the store of a configuration, which no other process may be using.
func openStore(ctx context.Context, path string, s surroundings) (nouns, *store.Store, error) {
	file, n, err := load(path, s)
	if err != nil {
		return nouns{}, nil, configFailure(path, err)
	}
	db, err := store.Open(ctx, file.Store, store.Options{})
	return n, db, err
}

// operator is the audit row of what is done at the command line.
func operator(command, detail string, s surroundings) alerts.Change {
	return alerts.Change{ActorID: "operator", ActorName: "command line", Command: command, Detail: detail, At: s.now()}
}

// readAliases reads a catalogue from a file, or from stdin for "-".
func readAliases(path string, stdin io.Reader, do func(alerts.Person) error) (aliases.Counts, error) {
	if path == "-" {
		return aliases.Read(stdin, "standard input", do)
	}
	f, err := os.Open(path) //nolint:gosec // the user names the file
	if err != nil {
		return aliases.Counts{}, unread(path, fmt.Errorf("read aliases: %w", err))
	}
	defer f.Close() //nolint:errcheck // only read
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return aliases.Counts{}, unread(path, errors.New("read aliases: is a folder"))
	}
	return aliases.Read(f, path, do)
}

// learnFrom gives the watches of the lists what a catalogue knows of their persons, of whom alone anything is kept.
func learnFrom(path string, s surroundings, lists []alerts.Watchlist) error {
	study := alerts.NewStudy(lists)
	_, err := readAliases(path, s.stdin, func(p alerts.Person) error {
		study.Hear(path, p)
		return nil
	})
	if unsure := namesakes(study.Learn().Unsure); unsure != "" && err == nil {
		fmt.Fprint(s.stderr, unsure)
	}
	return err
}
