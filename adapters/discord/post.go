package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	pageSize  = 100            // messages a call: the most there is
	pagesMax  = 20             // of one try to look
	lookPause = time.Second    // between two tries of a look
	skew      = 25 * time.Hour // by which our clock and the vendor's may differ, where no message tells where to stop
)

// Manner implements alerts.Poster: a repeat with the same nonce gives the first message again for "the past few
// minutes", of which we trust two.
// https://discord.com/developers/docs/resources/message#create-message
func (a *Adapter) Manner() alerts.Manner { return a.opt.Manner }

// Post implements alerts.Poster. An edit of a message that people deleted is done: there is nothing left to change. The
// repeat of a post that was accepted and then deleted is done too, and has no id.
func (a *Adapter) Post(ctx context.Context, d alerts.Delivery) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", &alerts.SendError{Class: alerts.Unsent, Err: fmt.Errorf("post to discord: %w", err)}
	}
	channel := d.Channel.ID()
	if d.Channel.Platform() != "discord" || !snowflake(channel) {
		return "", &alerts.SendError{
			Class: alerts.ChannelDead, Say: fmt.Sprintf("%q is no Discord channel. Write it as discord:GUILD/CHANNEL, with the ids as numbers.", d.Channel),
			Err: errors.New("post to discord: not a channel of discord"),
		}
	}
	m := draw(d)
	if d.Part.Kind() == "edit" {
		return a.edit(ctx, d, m)
	}
	m.Nonce, m.Enforce = d.Ref(), true
	if d.Part.Kind() == "reply" && d.RootMessage != "" {
		m.Reference = &reference{Message: d.RootMessage, Channel: channel}
	} else if d.Part.Kind() == "post" {
		m.Mentions.Roles = rolesOf(d.Alert)
	}
	var sent struct {
		ID string `json:"id"`
	}
	err := a.call(ctx, http.MethodPost, "channels/"+channel+"/messages", m, &sent)
	switch {
	case err == nil && sent.ID != "":
		return sent.ID, nil
	case err == nil:
		err = &unreadableError{errors.New("it has no id")}
	case codeOf(err) == codeUnknownMessage && d.Uncertain:
		a.log.Info("an alert was posted and deleted before its repeat", "channel", d.Channel, "alert", d.Alert.ID)
		return "", nil
	}
	return "", a.failed("post to discord", err)
}

func (a *Adapter) edit(ctx context.Context, d alerts.Delivery, m message) (string, error) {
	if !snowflake(d.RootMessage) {
		return "", &alerts.SendError{Class: alerts.Poison, Err: errors.New("edit in discord: the message to edit was never posted")}
	}
	err := a.call(ctx, http.MethodPatch, "channels/"+d.Channel.ID()+"/messages/"+d.RootMessage, m, nil)
	if codeOf(err) == codeUnknownMessage {
		a.log.Info("an alert was deleted before its edit", "channel", d.Channel, "alert", d.Alert.ID)
		return d.RootMessage, nil
	}
	if err != nil {
		return "", a.failed("edit in discord", err)
	}
	return d.RootMessage, nil
}

// failed classifies the error of a call and remembers a refused token.
func (a *Adapter) failed(doing string, err error) *alerts.SendError {
	e := classify(err)
	e.Err = fmt.Errorf("%s: %w", doing, e.Err)
	if e.Class == alerts.Credential {
		a.refuse(e)
	}
	return e
}

// posted is a message as far as Find reads it.
type posted struct {
	ID      string    `json:"id"`
	At      time.Time `json:"timestamp"`
	Content string    `json:"content"`
	Author  struct {
		ID string `json:"id"`
	} `json:"author"`
	Embeds []struct {
		Footer struct {
			Text string `json:"text"`
		} `json:"footer"`
	} `json:"embeds"`
}

// signed tells whether the message ends with the delivery's short reference.
func (m posted) signed(ref string) bool {
	if len(m.Embeds) > 0 {
		return strings.HasSuffix(m.Embeds[0].Footer.Text, ref)
	}
	return strings.HasSuffix(m.Content, ref)
}

// sought is a delivery that is looked for.
type sought struct{ alerts.Delivery }

// older tells whether the message is from before the delivery's first attempt: by the message of ours that it came behind,
// since our clock may be wrong, or was. Ids grow with time.
// https://discord.com/developers/docs/reference#snowflakes
func (d sought) older(m posted) bool {
	if d.Behind != "" {
		return len(m.ID) < len(d.Behind) || len(m.ID) == len(d.Behind) && m.ID <= d.Behind
	}
	return m.At.Before(d.FirstAttempt.Add(-skew))
}

// Find implements alerts.Poster: it reads the channel backwards to before the first attempt, for our message with the
// delivery's short reference. Where there is much to read it takes several calls of Find.
func (a *Adapter) Find(ctx context.Context, d alerts.Delivery) (string, error) {
	me, err := a.identity(ctx)
	if err != nil {
		return "", a.failed("find in discord", err)
	}
	path := "channels/" + d.Channel.ID() + "/messages?limit=" + fmt.Sprint(pageSize)
	look, ref := a.looks.Resume(d, a.opt.Now()), shortRef(d)
	for range pagesMax {
		var found []posted
		if err := a.call(ctx, http.MethodGet, path+look.Cursor, nil, &found); err != nil {
			return "", a.interrupted(look, a.unread(err))
		}
		if look.Cursor == "" && len(found) == 0 {
			return "", a.mayRead(ctx, d.Channel)
		}
		if i := slices.IndexFunc(found, func(m posted) bool { return m.Author.ID == me.bot && m.signed(ref) }); i >= 0 {
			return found[i].ID, nil
		}
		if len(found) < pageSize || (sought{d}).older(found[len(found)-1]) {
			return "", nil
		}
		last := found[len(found)-1]
		look.Read(last.At, "&before="+last.ID)
	}
	return "", a.looks.Stop(look, lookPause)
}

// interrupted lets a look that the limits end go on where it was.
func (a *Adapter) interrupted(look *alerts.Look, err error) error {
	var e *alerts.SendError
	if errors.As(err, &e) && e.Class == alerts.Wait && !e.Global && look.Cursor != "" {
		return a.looks.Stop(look, e.After)
	}
	return err
}

// mayRead returns ErrNoHistory if an empty page only means that the bot may not read the channel: the vendor gives no
// error then.
// https://discord.com/developers/docs/resources/message#get-channel-messages
func (a *Adapter) mayRead(ctx context.Context, c alerts.Channel) error {
	have, err := a.permissions(ctx, c)
	if err != nil {
		return a.unread(err)
	}
	if have&permReadHistory == 0 {
		return alerts.ErrNoHistory
	}
	return nil
}

// unread is failed, but for a channel whose history is closed to the bot.
func (a *Adapter) unread(err error) error {
	if code := codeOf(err); code == codeMissingAccess || code == codeMissingPermissions {
		return alerts.ErrNoHistory
	}
	return a.failed("find in discord", err)
}
