package slack

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/commands"
)

// An identity is who the bot is, and what it may do.
type identity struct {
	Team, TeamName string
	User, Bot      string   // user and bot id
	Name           string   // for /invite
	Scopes         []string // nil if Slack does not say
}

func (i identity) workspace() alerts.Workspace { return alerts.Workspace("slack:" + i.Team) }

// whoami asks Slack who the bot is, once it has an answer never again. Calls that come while it asks wait for the same
// answer, each as long as it may: a Slack that gives none holds them up once, and not one behind the other.
func (a *Adapter) whoami(ctx context.Context) (identity, error) {
	if me := a.me.Load(); me != nil {
		return *me, nil
	}
	asked := a.asking.DoChan("", func() (any, error) {
		me, err := a.askWhoami(context.WithoutCancel(ctx))
		if err == nil {
			a.me.Store(&me)
		}
		return me, err
	})
	select {
	case r := <-asked:
		me, _ := r.Val.(identity)
		return me, r.Err
	case <-ctx.Done():
		return identity{}, ctx.Err()
	}
}

// askWhoami asks anew: scopes change when an app is reinstalled.
func (a *Adapter) askWhoami(ctx context.Context) (identity, error) {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	r, err := a.api.AuthTestContext(ctx)
	if err != nil {
		return identity{}, err
	}
	me := identity{Team: r.TeamID, TeamName: r.Team, User: r.UserID, Bot: r.BotID, Name: r.User}
	if granted := r.Header.Get("X-OAuth-Scopes"); granted != "" {
		for _, s := range strings.Split(granted, ",") {
			me.Scopes = append(me.Scopes, strings.TrimSpace(s))
		}
	}
	return me, nil
}

// trust is how long what Slack says about a person or a group is believed: so long a role may outlive its end.
const trust = 5 * time.Minute

// maxPeople bounds how many people are remembered.
const maxPeople = 4096

// people knows who administers the workspace and who is in the configured groups.
type people struct {
	adapter *Adapter
	groups  []string // slack:TEAM/S…

	mu      sync.Mutex
	admins  map[string]answer[bool]     // by user id
	members map[string]answer[[]string] // by group id
}

// An answer of Slack's, and until when it is believed.
type answer[T any] struct {
	value T
	until time.Time
}

func newPeople(a *Adapter, groups []string) *people {
	return &people{adapter: a, groups: groups, admins: map[string]answer[bool]{}, members: map[string]answer[[]string]{}}
}

// actor returns the person as Slack vouches for them. What Slack does not answer is taken for no.
func (p *people) actor(ctx context.Context, me identity, user, name string) commands.Actor {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	actor := commands.Actor{ID: user, Name: line(name), Admin: p.admin(ctx, me, user)}
	for _, g := range p.groups {
		c := alerts.Channel(g)
		if c.Workspace() == me.workspace() && subteamID.MatchString(c.ID()) && p.member(ctx, c.ID(), user) {
			actor.Groups = append(actor.Groups, c.ID())
		}
	}
	return actor
}

// admin tells whether the person is an administrator or owner of the bot's own workspace.
func (p *people) admin(ctx context.Context, me identity, user string) bool {
	return cached(p, p.admins, user, func() (bool, error) {
		u, err := p.adapter.api.GetUserInfoContext(ctx, user)
		if err != nil {
			return false, err
		}
		ours := u.TeamID == me.Team && !u.Deleted && !u.IsBot && !u.IsStranger && !u.IsRestricted && !u.IsUltraRestricted
		return ours && (u.IsAdmin || u.IsOwner || u.IsPrimaryOwner), nil
	})
}

func (p *people) member(ctx context.Context, group, user string) bool {
	members := cached(p, p.members, group, func() ([]string, error) {
		return p.adapter.api.GetUserGroupMembersContext(ctx, group)
	})
	for _, m := range members {
		if m == user {
			return true
		}
	}
	return false
}

// cached returns what is known of the id, or asks. A failure is logged and not remembered.
func cached[T any](p *people, known map[string]answer[T], id string, ask func() (T, error)) T {
	now := p.adapter.now()
	p.mu.Lock()
	a, ok := known[id]
	p.mu.Unlock()
	if ok && now.Before(a.until) {
		return a.value
	}
	value, err := ask()
	if err != nil {
		if !missingScope(err) { // without the scope alerts still come
			err = p.adapter.fail(err, false)
		}
		p.adapter.log.Warn("slack: can't look a role up; it counts as none", "id", id, "error", bare(err))
		var none T
		return none
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(known) >= maxPeople {
		clear(known)
	}
	known[id] = answer[T]{value, now.Add(trust)}
	return value
}

// says tells whether the error is Slack's answer with that code.
func says(err error, code string) bool {
	var said slack.SlackErrorResponse
	return errors.As(err, &said) && said.Err == code
}

func missingScope(err error) bool {
	return says(err, "missing_scope")
}
