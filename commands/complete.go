package commands

import (
	"context"
	"runtime/debug"
	"strings"
	"unicode/utf8"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// Limits of suggestions. https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-autocomplete
const (
	maxChoices     = 25
	maxChoiceRunes = 100
)

// Complete suggests values for an option of the command while it is typed: those that begin with what is typed, or one of
// whose words does, before those that hold it. At most 25; none if something goes wrong, which is logged.
func (d *Desk) Complete(ctx context.Context, r Request, option, typed string) (suggested []Choice) {
	defer func() {
		if p := recover(); p != nil {
			suggested = nil
			d.with.Log.ErrorContext(ctx, "suggestions panicked", "command", r.Command, "panic", p, "stack", string(debug.Stack()))
		}
	}()
	p, ok := find(Catalog(), r.Command)
	if !ok {
		return nil
	}
	o, ok := p.option(option)
	if !ok || !o.Complete || r.Workspace == alerts.File && p.Name != "help" ||
		r.Channel != "" && r.Channel.Workspace() != r.Workspace {
		return nil
	}
	all, err := d.choices(ctx, r, p, o)
	if err != nil {
		d.with.Log.WarnContext(ctx, "suggestions failed", "command", p.Name, "option", o.Name, "workspace", string(r.Workspace), "err", err)
		return nil
	}
	return rank(all, unquote(clean(typed)))
}

// choices returns all values that the option may have.
func (d *Desk) choices(ctx context.Context, r Request, p path, o Option) ([]Choice, error) {
	switch {
	case p.Name == "help":
		var names []string
		for _, p := range paths(Catalog()) {
			names = append(names, p.Name)
		}
		return plainChoices(names), nil
	case strings.HasPrefix(p.Name, "deliveries "):
		return d.deliveryChoices(ctx, r)
	case p.Name == "why":
		return d.alertChoices(ctx, r)
	case strings.HasPrefix(p.Name, "feeds "):
		return d.feedChoices(ctx, r, p)
	case p.Name == "unsubscribe":
		subs, err := d.with.Subscriptions.Subscriptions(ctx, r.Workspace)
		return plainChoices(listNames(of(subs, r.Channel))), err
	}
	shelf, err := d.shelf(ctx, r.Workspace)
	if err != nil {
		return nil, err
	}
	if p.Name == "watch add" || p.Name == "watch remove" {
		shelf = shelf.own()
	}
	if o.Name == "list" {
		return plainChoices(shelf.names()), nil
	}
	if list := r.Args["list"]; list != "" {
		if l, ok := shelf.named(list); ok {
			shelf = shelf[:0:0]
			shelf = append(shelf, l)
		}
	}
	return plainChoices(shelf.watchNames()), nil
}

func (d *Desk) alertChoices(ctx context.Context, r Request) ([]Choice, error) {
	if r.Channel == "" {
		return nil, nil
	}
	told, err := d.with.Archive.Recent(ctx, r.Channel, maxChoices)
	if err != nil {
		return nil, err
	}
	var all []Choice
	for _, t := range told {
		all = append(all, Choice{Label: t.Alert.ID + " · " + clean(t.Alert.Title), Value: t.Alert.ID})
	}
	return all, nil
}

func (d *Desk) feedChoices(ctx context.Context, r Request, p path) ([]Choice, error) {
	feeds, err := d.with.Feeds.Feeds(ctx, r.Workspace)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, f := range feeds {
		if p.Name != "feeds remove" || !f.FromFile {
			names = append(names, f.Name)
		}
	}
	return plainChoices(names), nil
}

func plainChoices(names []string) []Choice {
	all := make([]Choice, len(names))
	for i, n := range names {
		all[i] = Choice{Label: n, Value: n}
	}
	return all
}

// rank picks what fits to what is typed, the best first, and cuts labels. A value that is too long can't be chosen.
func rank(all []Choice, typed string) []Choice {
	want := match.Fold(typed)
	var begins, holds []Choice
	seen := map[string]bool{}
	for _, c := range all {
		if seen[c.Value] || c.Value == "" || utf8.RuneCountInString(c.Value) > maxChoiceRunes {
			continue
		}
		seen[c.Value] = true
		have := match.Fold(c.Label)
		c.Label = cut(c.Label, maxChoiceRunes)
		switch {
		case strings.HasPrefix(have, want) || strings.Contains(have, " "+want):
			begins = append(begins, c)
		case strings.Contains(have, want):
			holds = append(holds, c)
		}
	}
	begins = append(begins, holds...)
	return begins[:min(len(begins), maxChoices)]
}
