package slack

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// What people can do about a failure.
const (
	sayInvite    = "Attaché may not post in this Slack channel. Type /invite @Attaché there, then /attache subscribe again."
	sayGone      = "The Slack channel is gone, or private and without Attaché. Invite the app with /invite @Attaché, or subscribe another channel."
	sayArchived  = "The Slack channel is archived. Unarchive it or subscribe another one, then type /attache subscribe again."
	sayPosting   = "This Slack channel lets only some people post. Ask its owner to allow the app, then type /attache subscribe again."
	sayEncrypted = "The workspace's key for this Slack channel is withdrawn. Ask the workspace's owner to restore it."
	sayForbidden = "Slack, or a proxy on the way to it, forbids the call for this channel. Ask whoever runs Attaché to look at its network, then type /attache subscribe again."
	sayRemoved   = "Attaché is no longer installed in this Slack workspace. Install it again and put the new tokens into platforms.slack."
	sayToken     = "Slack refuses the bot token. Put a fresh one from the app's page (OAuth & Permissions) into platforms.slack.bot_token and restart." //nolint:gosec // no credential
	sayScope     = "The Slack app lacks a permission. Update it with docs/slack-manifest.yaml, reinstall it to the workspace and restart."
)

// A verdict is what an error code means, and what people can do about it.
type verdict struct {
	class alerts.Class
	say   string
}

// verdicts is the one table of error classes by code. A code that ends with * stands for all that begin so.
// https://docs.slack.dev/reference/methods/chat.postMessage#errors
func verdicts() map[string]verdict {
	return map[string]verdict{
		"ratelimited": {alerts.Wait, ""}, "rate_limited": {alerts.Wait, ""}, "message_limit_exceeded": {alerts.Wait, ""},
		"team_added_to_org": {alerts.Wait, ""},

		// "Some aspect of the operation succeeded before the error": never a plain failure.
		"fatal_error": {alerts.Ambiguous, ""}, "internal_error": {alerts.Ambiguous, ""}, "service_unavailable": {alerts.Ambiguous, ""},
		"request_timeout": {alerts.Ambiguous, ""},

		"channel_not_found": {alerts.ChannelDead, sayGone}, "is_archived": {alerts.ChannelDead, sayArchived},
		"not_in_channel": {alerts.ChannelDead, sayInvite}, "restricted_action*": {alerts.ChannelDead, sayPosting},
		"ekm_access_denied": {alerts.ChannelDead, sayEncrypted},

		"account_inactive": {alerts.WorkspaceDead, sayRemoved}, "token_revoked": {alerts.WorkspaceDead, sayRemoved},
		"app_uninstalled": {alerts.WorkspaceDead, sayRemoved}, "team_access_not_granted": {alerts.WorkspaceDead, sayRemoved},

		"invalid_auth": {alerts.Credential, sayToken}, "not_authed": {alerts.Credential, sayToken}, "token_expired": {alerts.Credential, sayToken},
		"missing_scope": {alerts.Credential, sayScope},

		"invalid_blocks*": {alerts.Poison, ""}, "msg_too_long": {alerts.Poison, ""}, "msg_blocks_too_long": {alerts.Poison, ""},
		"metadata_too_large": {alerts.Poison, ""}, "invalid_metadata*": {alerts.Poison, ""}, "no_text": {alerts.Poison, ""},
		// An edit of a message that somebody has deleted meanwhile.
		"message_not_found": {alerts.Poison, ""}, "cant_update_message": {alerts.Poison, ""}, "edit_window_closed": {alerts.Poison, ""},
	}
}

// judge returns the verdict on a code, Unknown for one that nobody has seen.
func judge(code string) verdict {
	table := verdicts()
	if v, ok := table[code]; ok {
		return v
	}
	for pattern, v := range table {
		if prefix, ok := strings.CutSuffix(pattern, "*"); ok && strings.HasPrefix(code, prefix) {
			return v
		}
	}
	if strings.HasPrefix(code, "msg_") && strings.HasSuffix(code, "too_long") {
		return verdict{alerts.Poison, ""}
	}
	return verdict{alerts.Unknown, ""}
}

// errGone is the answer about a message that somebody has deleted.
var errGone = errors.New("slack says message_not_found")

// classify turns the error of a call into an *alerts.SendError: the one place where that is decided. unsent says that
// the request surely did not leave.
func classify(err error, unsent bool) *alerts.SendError {
	var done *alerts.SendError
	if errors.As(err, &done) {
		return done
	}
	err = bare(err)
	var said slack.SlackErrorResponse
	var limited *slack.RateLimitedError
	var status slack.StatusCodeError
	switch {
	case errors.As(err, &said):
		return fromCode(said)
	case errors.As(err, &limited):
		return &alerts.SendError{Class: alerts.Wait, After: limited.RetryAfter, Err: err}
	case errors.As(err, &status):
		return fromStatus(status)
	case unsent || notDialled(err):
		return &alerts.SendError{Class: alerts.Unsent, Err: err}
	}
	return &alerts.SendError{Class: alerts.Ambiguous, Err: err} // timeout, reset, an answer that can't be read
}

func fromCode(said slack.SlackErrorResponse) *alerts.SendError {
	v := judge(said.Err)
	e := &alerts.SendError{Class: v.class, Say: v.say, Err: fmt.Errorf("slack says %s", line(cut(said.Err, maxName)))}
	if said.Err == "message_not_found" {
		e.Err = errGone
	}
	if said.Err == "missing_scope" {
		e.Err = fmt.Errorf("slack says missing_scope: %s is needed", line(cut(said.Needed, maxName)))
	}
	if m := said.ResponseMetadata.Messages; len(m) > 0 {
		e.Err = fmt.Errorf("%w: %s", e.Err, line(cut(strings.Join(m, "; "), maxTitle)))
	}
	return e
}

// fromStatus is about an answer that is none of the API's, which says yes and no with 200: something stands between, and says
// nothing about the message.
func fromStatus(s slack.StatusCodeError) *alerts.SendError {
	e := &alerts.SendError{Class: alerts.Ambiguous, Err: fmt.Errorf("slack answers with status %d", s.Code)}
	switch s.Code {
	case http.StatusTooManyRequests:
		e.Class = alerts.Wait
	case http.StatusUnauthorized:
		e.Class, e.Say = alerts.Credential, sayToken
	case http.StatusForbidden: // Slack has codes for what it forbids: something stands between
		e.Class, e.Say = alerts.ChannelDead, sayForbidden
	case http.StatusRequestEntityTooLarge:
		e.Class = alerts.Poison
	}
	return e
}

// bare drops the address that net/http puts into its errors: that of a response URL is a secret.
func bare(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// notDialled tells whether there was no connection at all.
func notDialled(err error) bool {
	var op *net.OpError
	var dns *net.DNSError
	var cert *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	return errors.As(err, &op) && op.Op == "dial" || errors.As(err, &dns) || errors.As(err, &cert) || errors.As(err, &record)
}

// noTime is the answer to a post whose turn comes after its context's end.
func noTime(wait time.Duration) *alerts.SendError {
	return &alerts.SendError{Class: alerts.Wait, After: wait, Err: errors.New("the rate limit leaves no time for it")}
}

// gaveUp is the answer to a post whose context ended before it was sent.
func gaveUp(ctx context.Context) *alerts.SendError {
	return &alerts.SendError{Class: alerts.Unsent, Err: fmt.Errorf("not sent: %w", context.Cause(ctx))}
}
