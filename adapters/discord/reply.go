package discord

import (
	"context"
	"net/http"
	"strings"
	"time"
	"unicode"

	"github.com/bwmarrin/discordgo"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/commands"
)

// Kinds of answers to an interaction.
// https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type
const (
	answerMessage  = 4
	answerDeferred = 5
	answerChoices  = 8
)

const (
	maxChoices    = 25
	maxChoiceText = 100
	maxChunks     = 10 // messages that one reply may take
)

// An answer to an interaction.
type callback struct {
	Type int `json:"type"`
	Data any `json:"data,omitempty"`
}

type flagged struct {
	Flags int `json:"flags,omitempty"`
}

type suggestions struct {
	Choices []suggestion `json:"choices"`
}

type suggestion struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// admit answers an interaction if there is room to work on it.
func (a *Adapter) admit(ctx context.Context, i *discordgo.Interaction) {
	select {
	case a.slots <- struct{}{}:
		defer func() { <-a.slots }()
		a.interaction(ctx, i)
	default:
		a.log.Warn("an interaction was not answered: too many at once", "server", i.GuildID)
	}
}

// interaction answers one. The vendor waits three seconds for the first answer and takes only one.
func (a *Adapter) interaction(ctx context.Context, i *discordgo.Interaction) {
	if a.opt.Desk == nil {
		return
	}
	r := requestOf(i)
	switch i.Type {
	case discordgo.InteractionApplicationCommand:
		fill(&r, i.ApplicationCommandData())
		a.answer(ctx, i, r, !public(r.Command))
	case discordgo.InteractionApplicationCommandAutocomplete:
		a.suggest(ctx, i, r)
	case discordgo.InteractionMessageComponent:
		a.press(ctx, i, r)
	}
}

// press does what a button says: explains an alert, or gives a command that an answer offered.
func (a *Adapter) press(ctx context.Context, i *discordgo.Interaction, r commands.Request) {
	id := i.MessageComponentData().CustomID
	if alert, ok := strings.CutPrefix(id, whyID); ok {
		r.Command, r.Args["alert"] = "why", alert
		a.answer(ctx, i, r, true)
		return
	}
	if line, ok := strings.CutPrefix(id, offerID); ok {
		if command, args, err := commands.ParseLine(line); err == nil {
			r.Command, r.Args = command, args
			a.answer(ctx, i, r, !public(r.Command))
			return
		}
	}
	a.log.Warn("a button that is not ours was pressed", "server", i.GuildID)
}

// answer carries the request out and answers it: at once if the Desk is quick, else with a deferral and, when the Desk is
// done, in its place.
//
// Whether a deferral is seen by all must be said before the reply is known, so the catalogue decides: public for a
// command whose success the channel should see, private for all else. Where the reply turns out otherwise nothing
// private is shown: a public placeholder is deleted and the answer given to the person alone; behind a private one the
// public answer follows as a message of its own.
func (a *Adapter) answer(ctx context.Context, i *discordgo.Interaction, r commands.Request, private bool) {
	done := make(chan commands.Reply, 1)
	working, stop := context.WithTimeout(ctx, a.pace.work)
	defer stop()
	go func() { done <- a.opt.Desk.Do(working, r) }()
	ctx = context.WithoutCancel(ctx) // an answer that is there is given even when the program stops; each call has its limit
	timer := time.NewTimer(a.pace.answer)
	defer timer.Stop()
	var reply commands.Reply
	var err error
	select {
	case reply = <-done:
		reply.Private = reply.Private || r.Command == "why"
		parts := drawReply(r.Workspace, reply)
		if err = a.callback(ctx, i, callback{answerMessage, parts[0]}); err == nil {
			err = a.follow(ctx, i, parts[1:])
		}
	case <-timer.C:
		if err = a.callback(ctx, i, callback{answerDeferred, flagged{ephemeral(private)}}); err == nil {
			reply = <-done
			reply.Private = reply.Private || r.Command == "why"
			err = a.complete(ctx, i, drawReply(r.Workspace, reply), private, reply.Private)
		}
	}
	if err != nil {
		a.log.Warn("a command was not answered", "command", r.Command, "server", i.GuildID, "error", err)
	}
}

// complete puts the answer in the place of a deferral.
func (a *Adapter) complete(ctx context.Context, i *discordgo.Interaction, parts []message, deferredPrivate, private bool) error {
	original := hook(i) + "/messages/@original"
	switch {
	case deferredPrivate == private:
		if err := a.call(ctx, http.MethodPatch, original, parts[0], nil); err != nil {
			return err
		}
		parts = parts[1:]
	case private:
		if err := a.call(ctx, http.MethodDelete, original, nil, nil); err != nil {
			return err
		}
	default:
		if err := a.call(ctx, http.MethodPatch, original, said("The answer is below.", true), nil); err != nil {
			return err
		}
	}
	return a.follow(ctx, i, parts)
}

// follow sends what did not fit into the first message.
func (a *Adapter) follow(ctx context.Context, i *discordgo.Interaction, parts []message) error {
	for _, part := range parts {
		if err := a.call(ctx, http.MethodPost, hook(i), part, nil); err != nil {
			return err
		}
	}
	return nil
}

// suggest answers what is being typed; a slow Desk suggests nothing.
func (a *Adapter) suggest(ctx context.Context, i *discordgo.Interaction, r commands.Request) {
	option := fill(&r, i.ApplicationCommandData())
	working, stop := context.WithTimeout(ctx, a.pace.answer)
	defer stop()
	done := make(chan []commands.Choice, 1)
	go func() { done <- a.opt.Desk.Complete(working, r, option, r.Args[option]) }()
	var choices []commands.Choice
	select {
	case choices = <-done:
	case <-working.Done():
	}
	s := suggestions{Choices: []suggestion{}}
	for _, c := range choices {
		label := cut(line(c.Label), maxChoiceText)
		if label == "" || c.Value == "" || units(c.Value) > maxChoiceText {
			continue // a value can't be cut: it would be another
		}
		if s.Choices = append(s.Choices, suggestion{label, c.Value}); len(s.Choices) == maxChoices {
			break
		}
	}
	if err := a.callback(ctx, i, callback{answerChoices, s}); err != nil {
		a.log.Info("suggestions came too late", "command", r.Command, "error", err)
	}
}

func (a *Adapter) callback(ctx context.Context, i *discordgo.Interaction, c callback) error {
	return a.call(ctx, http.MethodPost, "interactions/"+i.ID+"/"+i.Token+"/callback", c, nil)
}

// hook is where messages after the first answer go.
func hook(i *discordgo.Interaction) string { return "webhooks/" + i.AppID + "/" + i.Token }

func said(text string, private bool) message {
	return message{Content: text, Embeds: []embed{}, Components: []component{}, Mentions: nobody(), Flags: flagSuppressEmbeds | ephemeral(private)}
}

func ephemeral(private bool) int {
	if private {
		return flagEphemeral
	}
	return 0
}

// withoutFirst gives up a run that no message can hold: of a link the address, of any other run all.
func withoutFirst(runs []run) []run {
	switch {
	case runs[0].style == link:
		return append([]run{{text: runs[0].text}}, runs[1:]...)
	case len(runs) == 1:
		return nil
	}
	return runs[1:]
}

// chunks draws a reply as one message or more, broken between lines where that is possible. There is always one.
func chunks(w alerts.Workspace, r commands.Reply) []string {
	var lines [][]run
	if t := line(r.Title); t != "" {
		lines = append(lines, []run{{text: t, style: bold}})
	}
	for _, l := range r.Lines {
		lines = append(lines, runsOf(w, l))
	}
	var out []string
	var b strings.Builder
	flush := func() {
		if text := strings.TrimFunc(b.String(), unicode.IsSpace); text != "" {
			out = append(out, text)
		}
		b.Reset()
	}
	for _, rest := range lines {
		for rest != nil {
			left := maxContent - units(b.String()) - 1
			var s string
			if whole, over := write(rest, maxContent-1); over == nil && units(whole) > left {
				flush() // it fits the next message whole
				continue
			}
			before := len(rest[0].text)
			if s, rest = write(rest, left); rest != nil && s == "" && b.Len() == 0 && len(rest[0].text) == before {
				rest = withoutFirst(rest)
				continue
			}
			b.WriteString(s + "\n")
			if rest != nil {
				flush()
			}
		}
	}
	flush()
	if len(out) == 0 {
		return []string{"Done."}
	}
	if len(out) > maxChunks {
		out = append(out[:maxChunks-1], "The answer is longer than fits here. Ask for less of it.")
	}
	return out
}
