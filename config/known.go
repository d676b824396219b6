package config

import (
	"fmt"
	"slices"
	"strings"
)

// known checks what one part of the file says about another: watchlists and platforms that are named must be there.
func (r *reader) known() {
	lists := map[string]string{} // the name by its folded form
	var names []string           // those that a mistake may propose
	for i, l := range r.file.Watchlists {
		lists[fold(l.Name)] = l.Name
		if written := r.file.origin.places[fmt.Sprintf("watchlists[%d].name", i)].text; written == l.Name && show(written) != anonymous {
			names = append(names, written)
		}
	}
	heard := map[string]string{}
	for _, f := range r.follows {
		if _, ok := lists[fold(f.list)]; !ok {
			r.wrong(f.path, "there is no watchlist %s. %s", f.shown, suggestList(f.list, names))
			continue
		}
		if f.channel != "" {
			r.once(heard, f.path, f.channel+"\x00"+fold(f.list), "this channel hears this watchlist already, by line %d. Take one of the two out.")
		}
	}
	for _, s := range r.file.Subscriptions {
		for i, list := range s.Watchlists {
			if name, ok := lists[fold(list)]; ok {
				s.Watchlists[i] = name
			}
		}
	}
	for _, n := range r.needs {
		switch {
		case n.platform == "discord" && r.file.Platforms.Discord == nil:
			r.wrong(n.path, "Discord is not set up. Add platforms: {discord: {token: \"${DISCORD_TOKEN}\"}}.")
		case n.platform == "slack" && r.file.Platforms.Slack == nil:
			r.wrong(n.path, "Slack is not set up. Add platforms: {slack: {bot_token: \"${SLACK_BOT_TOKEN}\", app_token: \"${SLACK_APP_TOKEN}\"}}.")
		}
	}
}

// suggestList proposes the nearest of the names, or names some.
func suggestList(name string, names []string) string {
	if near := nearest(name, names); near != "" {
		return fmt.Sprintf("Did you mean %s?", near)
	}
	if len(names) == 0 {
		return "Add it under watchlists:, or name one that is there."
	}
	if len(names) > 8 {
		names = append(slices.Clone(names[:8]), "...")
	}
	return "Add it under watchlists:, or name one of: " + strings.Join(names, ", ") + "."
}
