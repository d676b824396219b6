package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/commands"
)

// The kinds of what Slack sends, by the names of Socket Mode's envelopes.
// https://docs.slack.dev/apis/events-api/using-socket-mode
const (
	kindCommand     = "slash_commands"
	kindInteraction = "interactive"
	kindEvent       = "events_api"
)

// A command is a slash command. https://docs.slack.dev/interactivity/implementing-slash-commands
type command struct {
	Team        string `json:"team_id"`
	Channel     string `json:"channel_id"`
	User        string `json:"user_id"`
	UserName    string `json:"user_name"`
	Text        string `json:"text"`
	ResponseURL string `json:"response_url"`
	Trigger     string `json:"trigger_id"`
}

// An interaction is a click. https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
type interaction struct {
	Type string `json:"type"`
	Team struct {
		ID string `json:"id"`
	} `json:"team"`
	User struct {
		ID       string `json:"id"`
		UserName string `json:"username"`
		Team     string `json:"team_id"`
	} `json:"user"`
	Container struct {
		Channel string `json:"channel_id"`
		Thread  string `json:"thread_ts"`
	} `json:"container"`
	ResponseURL string `json:"response_url"`
	Trigger     string `json:"trigger_id"`
	Actions     []struct {
		ID    string `json:"action_id"`
		Value string `json:"value"`
		At    string `json:"action_ts"`
	} `json:"actions"`
}

// An event is what happened in the workspace. https://docs.slack.dev/apis/events-api
type event struct {
	Team string `json:"team_id"`
	ID   string `json:"event_id"`
	What struct {
		Type    string `json:"type"`
		User    string `json:"user"`
		Channel string `json:"channel"`
		Tokens  struct {
			Bot []string `json:"bot"`
		} `json:"tokens"`
	} `json:"event"`
}

// errBusy refuses what there is no room to work on.
var errBusy = errors.New("too much work at once")

// take begins the work on a payload and returns at once, so that it can be acknowledged. An envelope, event or trigger
// that was seen before is taken without effect. Any error means that it was not taken.
func (a *Adapter) take(ctx context.Context, kind, envelope string, payload []byte) error {
	names, work, err := a.plan(kind, payload)
	if err != nil {
		return err
	}
	if envelope != "" {
		names = append(names, "envelope "+envelope)
	}
	select {
	case a.slots <- struct{}{}:
	default:
		return errBusy
	}
	if work == nil || a.desk == nil || !a.seen.first(names...) {
		<-a.slots
		return nil
	}
	begun := a.begin(func() {
		defer func() { <-a.slots }()
		// The work outlives the connection that brought it, and ends by itself.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), workTime)
		defer cancel()
		defer context.AfterFunc(a.hurry, cancel)() //nolint:contextcheck // the end of Run is no parent: work outlives it by a grace
		if a.firstOfAll(ctx, names) {
			work(ctx)
		}
	})
	if !begun {
		<-a.slots
		return errBusy
	}
	return nil
}

// firstOfAll tells whether no other process took the request: Slack repeats one to another connection. The names are asked for
// in their order, which is the same in every process, and none after one that is refused: whoever has the first name has all.
// Without an answer the next name decides, and if none is answered the request is worked on; what needs the same store will
// fail by itself.
func (a *Adapter) firstOfAll(ctx context.Context, names []string) bool {
	if a.first == nil {
		return true
	}
	for _, n := range names {
		if n == "" {
			continue
		}
		taken, err := a.first(ctx, n)
		if err != nil {
			a.log.Warn("slack: whether another process took a request is not known", "error", err)
			continue
		}
		if !taken {
			return false
		}
	}
	return true
}

// plan reads a payload: the names by which a repeat is known, and what is to be done, nil for nothing.
func (a *Adapter) plan(kind string, payload []byte) (names []string, work func(context.Context), err error) {
	switch kind {
	case kindCommand:
		var c command
		if err := json.Unmarshal(payload, &c); err != nil {
			return nil, nil, fmt.Errorf("read slash command: %w", err)
		}
		return []string{named("trigger", c.Trigger)}, func(ctx context.Context) { a.onCommand(ctx, c) }, nil
	case kindInteraction:
		var i interaction
		if err := json.Unmarshal(payload, &i); err != nil {
			return nil, nil, fmt.Errorf("read interaction: %w", err)
		}
		if i.Type != "block_actions" {
			return nil, nil, nil
		}
		return []string{named("trigger", i.Trigger)}, func(ctx context.Context) { a.onClick(ctx, i) }, nil
	case kindEvent:
		var e event
		if err := json.Unmarshal(payload, &e); err != nil {
			return nil, nil, fmt.Errorf("read event: %w", err)
		}
		return []string{named("event", e.ID)}, func(ctx context.Context) { a.onEvent(ctx, e) }, nil
	}
	return nil, nil, fmt.Errorf("read payload: kind %q is unknown", kind)
}

func named(kind, id string) string {
	if id == "" {
		return ""
	}
	return kind + " " + id
}

// onCommand answers a slash command.
func (a *Adapter) onCommand(ctx context.Context, c command) {
	r, refusal := a.request(ctx, c.Trigger, c.Team, c.Channel, c.User, c.UserName)
	if refusal != "" {
		a.respond(ctx, response{URL: c.ResponseURL, Private: true, drawing: drawing{Text: refusal}})
		return
	}
	reply := a.desk.DoLine(ctx, r, unescape(c.Text))
	a.respond(ctx, response{URL: c.ResponseURL, Private: reply.Private || reply.Failed, drawing: drawReply(r.Workspace, reply)})
}

// Why a request does not reach the Desk.
const (
	sayOutsider    = "Attaché answers only members of the workspace it is installed in."
	sayUnreachable = "Slack does not tell Attaché who you are at the moment. Try again in a minute; if it stays, tell whoever runs Attaché."
)

// alertID is the form of an alert's short id.
var alertID = regexp.MustCompile(`^[a-z2-7]{8}$`)

// asked reads a button: the command that it gives; ok is false for one that is not ours.
func asked(id, value string) (command string, args map[string]string, ok bool) {
	if id == whyAction && alertID.MatchString(value) {
		return "why", map[string]string{"alert": value}, true
	}
	if !strings.HasPrefix(id, offerAction) {
		return "", nil, false
	}
	command, args, err := commands.ParseLine(value)
	return command, args, err == nil
}

// onClick answers a button: why to the person who clicked alone, other commands as if they were typed.
func (a *Adapter) onClick(ctx context.Context, i interaction) {
	for _, action := range i.Actions {
		command, args, ok := asked(action.ID, action.Value)
		if !ok {
			continue
		}
		to := response{URL: i.ResponseURL, Private: true, Thread: i.Container.Thread}
		team := i.Team.ID
		if i.User.Team != "" {
			team = i.User.Team // somebody of a connected workspace
		}
		r, refusal := a.request(ctx, i.Trigger, team, i.Container.Channel, i.User.ID, i.User.UserName)
		if refusal != "" {
			to.drawing = drawing{Text: refusal}
			a.respond(ctx, to)
			return
		}
		r.Command, r.Args = command, args
		reply := a.desk.Do(ctx, r)
		to.Private = reply.Private || reply.Failed || command == "why"
		to.drawing = drawReply(r.Workspace, reply)
		a.respond(ctx, to)
		return
	}
}

// request is a person's request so far as Slack vouches for it; refusal tells them why there is none, "" where there is.
func (a *Adapter) request(ctx context.Context, id, team, channel, user, userName string) (r commands.Request, refusal string) {
	me, err := a.whoami(ctx)
	if err != nil {
		a.log.Error("slack: can't tell whose request it is", "error", a.fail(err, false))
		return commands.Request{}, sayUnreachable
	}
	if team != me.Team {
		a.log.Info("slack: request of another workspace refused", "team", line(team))
		return commands.Request{}, sayOutsider
	}
	r = commands.Request{ID: "slack:" + id, Workspace: me.workspace(), Actor: a.people.actor(ctx, me, user, userName)}
	if channel != "" && !strings.HasPrefix(channel, "D") {
		r.Channel = alerts.NewChannel(r.Workspace, channel)
	}
	return r, ""
}

// onEvent greets a channel that the bot was invited to, and lets go of a channel or a workspace that it was removed from.
func (a *Adapter) onEvent(ctx context.Context, e event) {
	me, err := a.whoami(ctx)
	if err != nil || e.Team != me.Team {
		a.log.Info("slack: event left aside", "type", line(e.What.Type), "team", line(e.Team))
		return
	}
	switch e.What.Type {
	case "member_joined_channel":
		if e.What.User == me.User {
			a.greet(ctx, me, e.What.Channel)
		}
	case "member_left_channel":
		if e.What.User == me.User {
			a.lose(ctx, me, e.What.Channel, sayInvite)
		}
	case "channel_left", "group_left":
		a.lose(ctx, me, e.What.Channel, sayInvite)
	case "channel_archive", "group_archive":
		a.lose(ctx, me, e.What.Channel, sayArchived)
	case "channel_deleted", "group_deleted":
		a.lose(ctx, me, e.What.Channel, sayGone)
	case "tokens_revoked":
		for _, u := range e.What.Tokens.Bot {
			if u == me.User {
				a.leave(ctx, me)
			}
		}
	case "app_uninstalled":
		a.leave(ctx, me)
	}
}

func (a *Adapter) greet(ctx context.Context, me identity, channel string) {
	if !channelID.MatchString(channel) {
		return
	}
	d := drawReply(me.workspace(), a.desk.Welcome(ctx, me.workspace(), me.TeamName))
	if _, err := a.send(ctx, channel, a.content(d)); err != nil {
		a.log.Warn("slack: greeting not sent", "channel", channel, "error", err)
	}
}

// lose tells of a channel that is closed to the bot, before a post is refused there.
func (a *Adapter) lose(ctx context.Context, me identity, channel, say string) {
	if a.lost == nil || !channelID.MatchString(channel) {
		return
	}
	if err := a.lost(ctx, alerts.NewChannel(me.workspace(), channel), say); err != nil {
		a.log.Error("slack: a channel that is closed to the app is not stopped", "channel", channel, "error", err)
	}
}

func (a *Adapter) leave(ctx context.Context, me identity) {
	a.gate.close(&alerts.SendError{Class: alerts.WorkspaceDead, Say: sayRemoved, Err: errors.New("slack says that the app was removed")})
	if err := a.desk.Leave(ctx, me.workspace()); err != nil {
		a.log.Error("slack: subscriptions not stopped after the app was removed", "workspace", me.workspace(), "error", err)
		return
	}
	a.log.Warn("slack: the app was removed; its subscriptions stop", "workspace", me.workspace(), "at", a.now().UTC().Format(time.RFC3339))
}
