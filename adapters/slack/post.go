package slack

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	// eventType names our metadata. Any app of the workspace may read it, so it holds nothing but a hash.
	// https://docs.slack.dev/messaging/message-metadata
	eventType = "attache_delivery"
	// settle is how long a message may take to appear after its call was cut off.
	settle = 30 * time.Second
	// skew is how far Slack's clock may be behind ours, where no message tells from where to look.
	skew = 25 * time.Hour
	// maxPages bounds a try to look into the history, after which others have their turn; a page may hold as few as 15 messages.
	// https://docs.slack.dev/changelog/2025/05/29/rate-limit-changes-for-non-marketplace-apps
	maxPages  = 20
	lookPause = time.Second
	pageSize  = 200
)

// Manner says that Slack has no key by which a repeated post is recognised: doubt is settled in the history.
// It implements alerts.Poster, as Post and Find do.
func (a *Adapter) Manner() alerts.Manner { return alerts.Manner{Repeatable: 0, Settle: settle} }

// Post sends the delivery in one call: a root, a reply into the root's thread, or an edit of the root.
func (a *Adapter) Post(ctx context.Context, d alerts.Delivery) (messageID string, err error) {
	channel := d.Channel.ID()
	kind := d.Part.Kind()
	if kind == "edit" && d.RootMessage == "" {
		return "", &alerts.SendError{Class: alerts.Poison, Err: errors.New("edit message: its root was never posted")}
	}
	options := append(a.content(draw(d)), slack.MsgOptionMetadata(slack.SlackMetadata{
		EventType: eventType, EventPayload: map[string]any{"delivery_id": d.Ref()},
	}))
	switch {
	case kind == "edit":
		options = append(options, slack.MsgOptionUpdate(d.RootMessage))
		if d.Part.Plain() {
			options = append(options, slack.MsgOptionBlocks()) // takes the refused blocks away
		}
	case kind == "reply" && d.RootMessage != "":
		options = append(options, slack.MsgOptionTS(d.RootMessage))
	}
	id, err := a.send(ctx, channel, options)
	if kind == "edit" && errors.Is(err, errGone) {
		a.log.Info("an alert was deleted before its edit", "channel", d.Channel, "alert", d.Alert.ID)
		return d.RootMessage, nil
	}
	return id, err
}

// content is how every message is sent: nothing in its text is mark-up, and no link is unfurled.
// https://docs.slack.dev/reference/methods/chat.postMessage
func (a *Adapter) content(m drawing) []slack.MsgOption {
	options := []slack.MsgOption{
		slack.MsgOptionText(m.Text, false), slack.MsgOptionDisableMarkdown(), slack.MsgOptionParse(false), slack.MsgOptionLinkNames(false),
		slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl(),
	}
	for _, b := range m.Blocks {
		options = append(options, slack.MsgOptionBlocks(b))
	}
	return options
}

// send waits for the channel's turn and makes the call.
func (a *Adapter) send(ctx context.Context, channel string, options []slack.MsgOption) (ts string, err error) {
	if why := a.gate.mute(); why != nil {
		return "", why
	}
	if left := a.gate.pauses.left(ctx, posting); left > 0 {
		e := noTime(left)
		e.Global = true
		return "", e
	}
	a.limit.forbidden(channel, a.gate.pauses.channel(ctx, channel))
	if err := a.limit.wait(ctx, channel); err != nil {
		return "", err
	}
	defer func() { a.limit.done(channel, err == nil) }()
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	var t trail
	_, ts, _, err = a.api.SendMessageContext(t.follow(ctx), channel, options...)
	if err == nil && ts == "" {
		err = errors.New("slack answers neither yes nor no")
	}
	if err == nil {
		return ts, nil
	}
	e := a.fail(err, t.unsent())
	if missingScope(err) {
		a.gate.lack(e)
	}
	if e.Class == alerts.Wait {
		if e.After == 0 {
			e.After = defaultPause
		}
		a.gate.pauses.addChannel(ctx, channel, a.now().Add(e.After))
		if e.Global = a.limit.refused(channel, e.After); e.Global {
			a.gate.pauses.add(ctx, posting, a.now().Add(e.After))
		}
	}
	return "", e
}

// Find looks for the delivery in the messages since its first attempt. alerts.ErrNoHistory without the history scope.
// A look that Slack makes wait, or in which there is much to read, goes on where it was with the next call of Find: some apps
// may read one page a minute, and would never come to the end.
func (a *Adapter) Find(ctx context.Context, d alerts.Delivery) (messageID string, err error) {
	if why := a.gate.closed(); why != nil {
		return "", why
	}
	if left := a.limit.forbidden(d.Channel.ID(), a.gate.pauses.channel(ctx, d.Channel.ID())); left > 0 {
		return "", noTime(left) // Slack names no method: a look may be meant too
	}
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	me, err := a.whoami(ctx)
	if err != nil {
		return "", a.fail(err, false)
	}
	look := a.looks.Resume(d, a.now())
	for range maxPages {
		messages, next, err := a.page(ctx, d, look.Cursor)
		switch {
		case missingScope(err):
			return "", alerts.ErrNoHistory
		case says(err, "invalid_cursor") && look.Cursor != "":
			look.Cursor = ""
			continue
		case err != nil:
			e := a.fail(err, false)
			if e.Class == alerts.Wait && look.Cursor != "" {
				return "", a.looks.Stop(look, e.After)
			}
			return "", e
		}
		for _, m := range messages {
			if isOf(d, m) && (m.BotID == "" || m.BotID == me.Bot) {
				return m.Timestamp, nil
			}
		}
		if next == "" {
			return "", nil
		}
		look.Read(oldestOf(d, messages), next)
	}
	return "", a.looks.Stop(look, lookPause)
}

// isOf tells whether the message's metadata name the delivery, which another app may have copied.
func isOf(d alerts.Delivery, m slack.Message) bool {
	return m.Metadata.EventType == eventType && m.Metadata.EventPayload["delivery_id"] == d.Ref()
}

// oldestOf is when the oldest message of a page was written, as far as all older ones are still to be read: a thread is read
// from its beginning. Where that is not known it is the first attempt, which says nothing.
func oldestOf(d alerts.Delivery, page []slack.Message) time.Time {
	if len(page) == 0 || inThread(d) {
		return d.FirstAttempt
	}
	seconds, err := strconv.ParseFloat(page[len(page)-1].Timestamp, 64)
	if err != nil {
		return d.FirstAttempt
	}
	return time.Unix(int64(seconds), 0)
}

// inThread tells whether the delivery is a reply to a message that is known.
func inThread(d alerts.Delivery) bool { return d.Part.Kind() == "reply" && d.RootMessage != "" }

// page reads a page of where the delivery would be: the channel or the root's thread.
func (a *Adapter) page(ctx context.Context, d alerts.Delivery, cursor string) (messages []slack.Message, next string, err error) {
	oldest := d.Behind // a ts of Slack's own: our clock may be wrong, or was
	if oldest == "" && !d.FirstAttempt.IsZero() {
		oldest = strconv.FormatInt(d.FirstAttempt.Add(-skew).Unix(), 10)
	}
	if inThread(d) {
		messages, _, next, err = a.api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{
			ChannelID: d.Channel.ID(), Timestamp: d.RootMessage, Cursor: cursor, Oldest: oldest, Limit: pageSize, IncludeAllMetadata: true,
		})
		return messages, next, err
	}
	r, err := a.api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{
		ChannelID: d.Channel.ID(), Cursor: cursor, Oldest: oldest, Limit: pageSize, IncludeAllMetadata: true,
	})
	if err != nil {
		return nil, "", err
	}
	return r.Messages, r.ResponseMetaData.NextCursor, nil
}
