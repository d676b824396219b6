package commands

import (
	"context"
	"slices"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// outlets are what feeds are called of which nobody said who publishes them: as in alerts, by their short names.
type outlets map[alerts.FeedID]string

// outlets returns the short names of a workspace's feeds, if any of the articles needs one.
func (d *Desk) outlets(ctx context.Context, a ask, found []Found) (outlets, error) {
	if !slices.ContainsFunc(found, func(f Found) bool { return f.Source.Name == "" }) {
		return nil, nil
	}
	feeds, err := d.with.Feeds.Feeds(ctx, a.Workspace)
	if err != nil {
		return nil, err
	}
	names := outlets{}
	for _, f := range feeds {
		if names[f.Feed.ID] == "" || f.FromFile { // the file's name goes before the workspace's own
			names[f.Feed.ID] = f.Name
		}
	}
	return names, nil
}

// label is whose the article is, as alerts show it.
func (o outlets) label(f Found) string {
	s := f.Source
	if s.Name == "" {
		s.Name = o[f.Article.Feed]
	}
	return label(s, f.Article.URL)
}
