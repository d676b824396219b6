package config

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// subscriptions reads which channel hears what. Whether the lists and platforms are there is asked by known, at the end.
func (r *reader) subscriptions(path string, n ast.Node) {
	r.list(path, n, func(path string, n ast.Node) {
		before := len(r.follows)
		s := Subscription{Deliver: "at once", Least: "body", WhenUncertain: "repeat"}
		r.object(path, n, []field{
			{name: "channel", required: true, read: r.channel(&s.Channel)},
			{name: "watchlists", required: true, read: func(path string, n ast.Node) { s.Watchlists = r.followed(path, n) }},
			{name: "deliver", read: r.deliver},
			{name: "least", read: r.oneOf(&s.Least, "headline", "lead", "body")},
			{name: "ping", read: r.into(&s.Ping, maxName)},
			{name: "when_uncertain", read: r.oneOf(&s.WhenUncertain, "repeat", "hold")},
			{name: "timezone", later: "timezone: comes with digests in a later version. For now take it out; times are shown in each reader's own zone where the platform can."},
			{name: "quiet_hours", later: "quiet_hours: comes in a later version. For now take it out; alerts come at once."},
		})
		r.ping(path+".ping", s.Ping, s.Channel)
		for i := range r.follows[before:] {
			r.follows[before+i].channel = s.Channel
		}
		r.file.Subscriptions = append(r.file.Subscriptions, s)
	})
}

// followed reads the names of watchlists that a subscription hears.
func (r *reader) followed(path string, n ast.Node) (lists []string) {
	before := len(r.mistakes)
	r.list(path, n, func(path string, n ast.Node) {
		if s, ok := r.text(path, n, maxName); ok {
			lists = append(lists, s.text)
			r.follows = append(r.follows, follow{path: path, list: s.text, shown: s.shown})
		}
	})
	if len(lists) == 0 && len(r.mistakes) == before {
		r.wrong(path, "this subscription hears no watchlist. Name at least one, or take the subscription out.")
	}
	return lists
}

// deliver takes "at once", and tells that a schedule comes later.
func (r *reader) deliver(path string, n ast.Node) {
	s, ok := r.text(path, n, 200)
	switch {
	case !ok || s.text == "at once":
	case strings.HasPrefix(s.text, "@") || strings.HasPrefix(s.text, "CRON_TZ=") || strings.HasPrefix(s.text, "TZ=") || len(strings.Fields(s.text)) >= 5:
		r.wrong(path, "digests by a schedule come in a later version. For now write deliver: at once, or take it out.")
	default:
		r.wrong(path, "deliver: cannot be %s. Write at once, or take it out.", s.shown)
	}
}

// The ids that adapters know how to ping: of a role (Discord) and of a user group (Slack).
var (
	roleID  = regexp.MustCompile(`^(?:[0-9]{1,20}|<@&[0-9]{1,20}>)$`)
	groupID = regexp.MustCompile(`^(?:S[A-Z0-9]{1,20}|<!subteam\^S[A-Z0-9]{1,20}>)$`)
)

// ping checks what is pinged in the channel: a role's or group's id, alone or as the platform or admins: write it.
func (r *reader) ping(path, ping, channel string) {
	platform, _, _ := strings.Cut(channel, ":")
	workspace, _, _ := strings.Cut(channel, "/")
	id := strings.TrimPrefix(ping, workspace+"/")
	switch {
	case ping == "":
	case slices.Contains([]string{"everyone", "here", "channel"}, strings.Trim(ping, "@!<>")):
		r.wrong(path, "everyone in a channel cannot be pinged. Name a role (Discord) or a user group (Slack).")
	case platform == "discord" && !roleID.MatchString(id):
		r.wrong(path, "%s is not a role of this server. Write its id, a number: with developer mode on, right-click the role and choose Copy ID.", r.shownAt(path))
	case platform == "slack" && !groupID.MatchString(id):
		r.wrong(path, "%s is not a user group of this team. Write its id, S0123ABCD: it ends the link of the group's page.", r.shownAt(path))
	}
}

// shownAt returns the text at the path, fit for a mistake; what came by reference is not shown.
func (r *reader) shownAt(path string) string { return show(r.file.origin.places[path].text) }

// forgotten tells whether the word is one of our documents' that someone forgot to replace.
func forgotten(word string) bool {
	return slices.Contains([]string{"GUILD", "TEAM", "CHANNEL", "ROLE", "GROUP"}, word)
}

// address splits discord:GUILD/ID, slack:TEAM/ID or console:NAME; say is what is wrong with it, "" nothing.
func address(text, id string) (platform, say string) {
	platform, rest, ok := strings.Cut(text, ":")
	form := map[string]string{
		"discord": "discord:GUILD/" + id, "slack": "slack:TEAM/" + strings.Replace(id, "ROLE", "GROUP", 1), "console": "console:NAME",
	}
	workspace, local, slash := strings.Cut(rest, "/")
	switch {
	case !ok || form[platform] == "":
		forms := []string{form["discord"], form["slack"], form["console"]}
		if id == "ROLE" {
			forms = forms[:2]
		}
		return "", fmt.Sprintf("Write %s.", choice(forms))
	case strings.ContainsAny(rest, " \t"):
		return "", "Write it without spaces."
	case platform == "console" && (slash || rest == ""):
		return "", "Write console:NAME, without a slash."
	case platform != "console" && (!slash || workspace == "" || local == "" || strings.Contains(local, "/")):
		return "", "Write " + form[platform] + " with the platform's own ids."
	case forgotten(workspace) || forgotten(local):
		return "", "Replace the words in capitals by the platform's own ids."
	}
	return platform, ""
}

func (r *reader) channel(target *string) func(string, ast.Node) {
	return func(path string, n ast.Node) {
		s, ok := r.text(path, n, 200)
		if !ok {
			return
		}
		platform, say := address(s.text, "CHANNEL")
		if say != "" {
			r.wrong(path, "%s is not a channel. %s", s.shown, say)
			return
		}
		r.needs = append(r.needs, need{path, platform})
		*target = s.text
	}
}

func (r *reader) admins(path string, n ast.Node) {
	a := &r.file.Admins
	r.object(path, n, []field{
		{name: "channel", read: r.channel(&a.Channel)},
		{name: "roles", read: r.roles(&a.Roles)},
		{name: "editors", read: r.roles(&a.Editors)},
	})
}

// roles reads a list of roles and groups.
func (r *reader) roles(target *[]string) func(string, ast.Node) {
	return func(path string, n ast.Node) {
		r.list(path, n, func(path string, n ast.Node) {
			s, ok := r.text(path, n, 200)
			if !ok {
				return
			}
			platform, say := address(s.text, "ROLE")
			if platform == "console" {
				say = "On the console everyone is an admin. Take it out."
			}
			if say != "" {
				r.wrong(path, "%s is not a role. %s", s.shown, say)
				return
			}
			r.needs = append(r.needs, need{path, platform})
			*target = append(*target, s.text)
		})
	}
}
