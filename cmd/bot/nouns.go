package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
	"github.com/seed-6c43f0f2/attache/commands"
	"github.com/seed-6c43f0f2/attache/config"
	"github.com/seed-6c43f0f2/attache/feeds"
	"github.com/seed-6c43f0f2/attache/store"
)

// load reads a configuration and makes it into nouns. All mistakes come at once, those of the file's form and those of
// its queries, schedules and roles.
func load(path string, s surroundings) (*config.File, nouns, error) {
	file, err := config.Load(path, s.env, s.readFile)
	if file != nil {
		warnOfZone(file, s.env)
	}
	return settle(file, err)
}

// warnOfZone warns of a machine's time zone that nobody knows, where a schedule goes by it: UTC is taken instead.
func warnOfZone(file *config.File, env func(string) (string, bool)) {
	name, _ := env("TZ")
	zone := strings.TrimPrefix(name, ":")
	if zone == "" || strings.HasPrefix(zone, "/") {
		return
	}
	if _, err := time.LoadLocation(zone); err == nil {
		return
	}
	for i, f := range file.Feeds {
		if f.Schedule == "" || f.Schedule == "auto" || strings.HasPrefix(f.Schedule, "@every ") || strings.Contains(f.Schedule, "TZ=") {
			continue
		}
		file.Warn(file.Mistake(fmt.Sprintf("feeds[%d].schedule", i), fmt.Sprintf("schedule: goes by the machine's time zone, and TZ is %s, which is none, so UTC is taken. "+
			"Mend TZ (Europe/Brussels), or write CRON_TZ=ZONE in front of the schedule.", name)))
	}
}

// loadWatchlists reads the watchlists of any YAML file, with all mistakes at once: of their form and of their queries.
func loadWatchlists(path string, s surroundings) ([]alerts.Watchlist, error) {
	file, err := config.LoadWatchlists(path, s.env, s.readFile)
	var mistakes config.Mistakes
	if err != nil && (file == nil || !errors.As(err, &mistakes)) {
		return nil, unread(path, err)
	}
	lists, wrong := watchlists(file)
	if mistakes = append(mistakes, wrong...); len(mistakes) > 0 {
		mistakes.Sort()
		return nil, mistakes
	}
	return lists, nil
}

// nouns are a configuration as the parts take it.
type nouns struct {
	content store.FileContent
	roles   commands.Roles
	access  map[string]feeds.Access // to feeds that do not let everybody in, by URL; kept in memory alone
}

// settle makes a configuration into nouns and joins the mistakes of both, beside which the file is returned all the same.
func settle(file *config.File, err error) (*config.File, nouns, error) {
	var mistakes config.Mistakes
	if err != nil && (file == nil || !errors.As(err, &mistakes)) {
		return nil, nouns{}, err
	}
	var n nouns
	lists, wrong := watchlists(file)
	mistakes = append(mistakes, wrong...)
	n.content.Watchlists = lists
	n.content.Feeds, wrong = feedsOf(file)
	mistakes = append(mistakes, wrong...)
	said := mistakes
	for _, m := range addresses(file, said) {
		if !slices.ContainsFunc(said, func(of config.Mistake) bool { return of.Path == m.Path }) {
			mistakes = append(mistakes, m)
		}
	}
	n.access = accessOf(file)
	n.content.Subscriptions = subscriptions(file)
	if n.roles, err = commands.NewRoles(file.Admins.Roles, file.Admins.Editors); err != nil && len(mistakes) == 0 {
		mistakes = append(mistakes, file.Mistake("admins", alerts.Say(err)))
	}
	if len(mistakes) > 0 {
		mistakes.Sort()
		return file, nouns{}, mistakes
	}
	return file, n, nil
}

// watchlists returns the file's watchlists, with every watch compiled once for its mistakes.
func watchlists(file *config.File) (out []alerts.Watchlist, mistakes config.Mistakes) {
	for i, l := range file.Watchlists {
		list := alerts.Watchlist{ListRef: alerts.ListRef{Workspace: alerts.File, Name: l.Name}}
		for j, w := range l.Watches {
			kind, name := w.Kind()
			if name == "" {
				continue // config said so
			}
			spec := match.Spec{
				Kind: match.Kind(kind), Name: name, Aliases: w.Aliases, Near: w.Near, Not: w.Not, Query: w.Match, Surname: w.Surname, Exact: w.Exact,
			}
			if _, err := match.Compile(spec); err != nil {
				mistakes = append(mistakes, watchMistake(file, fmt.Sprintf("watchlists[%d].watches[%d]", i, j), kind, err))
				continue
			}
			for _, d := range match.Doubts(spec) {
				file.Warn(watchMistake(file, fmt.Sprintf("watchlists[%d].watches[%d]", i, j), kind, d))
			}
			list.Watches = append(list.Watches, alerts.Watch{Spec: spec, Least: match.Mention(w.Least)})
		}
		out = append(out, list)
	}
	return out, mistakes
}

// watchMistake puts a mistake of the matcher where it stands in the file.
func watchMistake(file *config.File, path, kind string, err error) config.Mistake {
	var spec *match.SpecError
	if !errors.As(err, &spec) {
		return file.Mistake(path, err.Error())
	}
	switch spec.Field {
	case "match":
		return file.MistakeInside(path+".match", spec.Column, spec.Say)
	case "alias":
		return file.Mistake(fmt.Sprintf("%s.aliases[%d]", path, spec.Index), spec.Say)
	case "near", "not":
		return file.Mistake(fmt.Sprintf("%s.%s[%d]", path, spec.Field, spec.Index), spec.Say)
	}
	return file.Mistake(path+"."+kind, spec.Say)
}

func feedsOf(file *config.File) (out []alerts.Feed, mistakes config.Mistakes) {
	for i, f := range file.Feeds {
		if _, err := feeds.ScheduleFor(f.URL, f.Schedule); err != nil {
			mistakes = append(mistakes, file.Mistake(fmt.Sprintf("feeds[%d].schedule", i), "schedule: "+lower(alerts.Say(err))))
		}
		out = append(out, alerts.Feed{
			URL: f.URL, New: int(f.New),
			Source: alerts.Source{
				Name: f.Source.Title, Country: f.Source.Country, Language: f.Source.Language,
				Ownership: alerts.Ownership(f.Source.Ownership),
			},
			Listings: []alerts.Listing{{Workspace: alerts.File, Name: f.Name, Schedule: f.Schedule, FullText: f.FullText}},
		})
	}
	return out, mistakes
}

// lower makes a sentence go on after a colon.
func lower(say string) string {
	first, size := utf8.DecodeRuneInString(say)
	return string(unicode.ToLower(first)) + say[size:]
}

func subscriptions(file *config.File) (out []alerts.Subscription) {
	for _, s := range file.Subscriptions {
		for _, list := range s.Watchlists {
			out = append(out, alerts.Subscription{
				Channel: alerts.Channel(s.Channel), List: alerts.ListRef{Workspace: alerts.File, Name: list},
				Least: match.Mention(s.Least), Ping: s.Ping, WhenUncertain: alerts.Uncertain(s.WhenUncertain), FromFile: true,
			})
		}
	}
	return out
}
