package slack

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// A Scope is a permission that the app asks for, and what would fail without it.
type Scope struct {
	Name    string
	Why     string
	Private bool // it is about private channels only
	Public  bool // it is about public channels only
}

// Scopes returns the permissions that the code needs, all of them and no other; docs/slack-manifest.yaml asks for the same.
func Scopes() []Scope {
	return []Scope{
		{Name: "chat:write", Why: "alerts can't be posted"},
		{Name: "commands", Why: "/attache is not heard"},
		{Name: "users:read", Why: "the workspace's administrators are not known as admins"},
		{Name: "usergroups:read", Why: "user groups can't be given a role"},
		{Name: "channels:read", Why: "whether the app is in a public channel is not known", Public: true},
		{Name: "groups:read", Why: "whether the app is in a private channel is not known", Private: true},
		{Name: "channels:history", Why: "after a broken connection an alert may be posted twice in a public channel", Public: true},
		{Name: "groups:history", Why: "after a broken connection an alert may be posted twice in a private channel", Private: true},
	}
}

// Check tells what keeps alerts from the channel: nil, or an error whose sentence (alerts.Say) names what is missing and
// its cure.
func (a *Adapter) Check(ctx context.Context, c alerts.Channel) error {
	ctx, cancel := context.WithTimeout(ctx, 2*callTime)
	defer cancel()
	if why := a.gate.closed(); why != nil {
		return unfit(c, why.Say, why.Err)
	}
	me, err := a.askWhoami(ctx)
	if err != nil {
		return a.unchecked(c, err)
	}
	if c.Workspace() != me.workspace() {
		return unfit(c, fmt.Sprintf("The bot token belongs to the workspace %s (%s). Write the channel as %s.",
			me.Team, line(me.TeamName), alerts.NewChannel(me.workspace(), c.ID())), nil)
	}
	info, err := a.api.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: c.ID()})
	switch {
	case missingScope(err):
		return unfit(c, lacks(missing(me.Scopes, strings.HasPrefix(c.ID(), "G"))), err)
	case says(err, "channel_not_found"):
		return unfit(c, fmt.Sprintf("Slack knows no channel %s that Attaché may see. If it is private, type /invite @%s there; else check the id.", c.ID(), me.Name), nil)
	case err != nil:
		return a.unchecked(c, err)
	case info.IsArchived:
		return unfit(c, sayArchived, nil)
	case !info.IsMember:
		return unfit(c, fmt.Sprintf("Attaché is not in #%s. Type /invite @%s there.", line(info.Name), me.Name), nil)
	}
	if l := missing(me.Scopes, info.IsPrivate); len(l) > 0 {
		return unfit(c, lacks(l), nil)
	}
	return nil
}

// missing returns the scopes that a channel needs and the app lacks; none if Slack does not say which it has.
func missing(granted []string, private bool) []Scope {
	if granted == nil {
		return nil
	}
	var l []Scope
	for _, s := range Scopes() {
		if s.Private && !private || s.Public && private || slices.Contains(granted, s.Name) {
			continue
		}
		l = append(l, s)
	}
	return l
}

// lacks says which scopes are missing and how to get them.
func lacks(scopes []Scope) string {
	var each []string
	for _, s := range scopes {
		each = append(each, fmt.Sprintf("%s (without it %s)", s.Name, s.Why))
	}
	if len(each) == 0 {
		return sayScope
	}
	return "The Slack app lacks " + strings.Join(each, " and ") + ". Update it with docs/slack-manifest.yaml, reinstall it to the workspace and restart."
}

func unfit(c alerts.Channel, say string, err error) error {
	if err == nil {
		return fmt.Errorf("check channel %s: %w", c, &alerts.Invalid{Say: say})
	}
	return fmt.Errorf("check channel %s: %w: %w", c, &alerts.Invalid{Say: say}, bare(err))
}

// unchecked is the error where Slack's answer says nothing about the channel.
func (a *Adapter) unchecked(c alerts.Channel, err error) error {
	e := a.fail(err, false)
	if e.Say != "" {
		return unfit(c, e.Say, e.Err)
	}
	return fmt.Errorf("check channel %s: %w", c, errors.Join(e.Err))
}
