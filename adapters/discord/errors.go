package discord

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// The vendor's error codes that mean more than their HTTP status.
// https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
const (
	codeUnknownChannel     = 10003
	codeUnknownGuild       = 10004
	codeUnknownMessage     = 10008
	codeMissingAccess      = 50001
	codeMissingPermissions = 50013
	codeInvalidForm        = 50035
)

// A verdict is what an error code means, and what people can do about it.
type verdict struct {
	class alerts.Class
	say   string
}

// verdicts is the one table of error classes by code.
func verdicts(code int) (verdict, bool) {
	v, ok := map[int]verdict{
		20016: {alerts.Wait, ""}, // slow mode
		20028: {alerts.Wait, ""}, // the channel's write limit
		40062: {alerts.Wait, ""}, // the service's limit

		codeUnknownChannel: {alerts.ChannelDead, "The Discord channel is gone. Subscribe another one with /subscribe, or take it out of the configuration."},
		codeMissingAccess: {alerts.ChannelDead, "Attaché can't see this Discord channel. Give its role View Channel, Send Messages, Embed Links and " +
			"Read Message History there, then type /subscribe again."},
		50008: {alerts.ChannelDead, "This kind of Discord channel takes no messages. Subscribe a text channel with /subscribe."},
		codeMissingPermissions: {alerts.ChannelDead, "Attaché may not post in this Discord channel. Give its role View Channel, Send Messages, Embed Links and " +
			"Read Message History there, then type /subscribe again."},

		codeUnknownGuild: {alerts.WorkspaceDead, "Attaché is no longer in this Discord server. Invite it again to hear alerts there."},

		40333: {alerts.Credential, "Discord blocks calls from this machine (code 40333). Ask whoever runs it to check its network and proxy."},

		codeInvalidForm: {alerts.Poison, ""},
	}[code]
	return v, ok
}

// sayToken is for the operator: the cure of a refused token.
const sayToken = "Discord refuses the bot token. Put a fresh one from the Developer Portal (Bot, Reset Token) into platforms.discord.token and restart."

const sayForbidden = "Discord forbids Attaché to post in this channel and does not say why. Look at the permissions of its role there, " +
	"then type /subscribe again."

// classify turns the error of a call into a *alerts.SendError: the one place where that is decided.
func classify(err error) *alerts.SendError {
	err = bare(err)
	var limit *limitError
	var rest *discordgo.RESTError
	var known *alerts.SendError
	switch {
	case errors.As(err, &known): // no call was made
		same := *known
		return &same
	case errors.As(err, &limit):
		return &alerts.SendError{Class: alerts.Wait, After: limit.after, Global: limit.global, Err: err}
	case errors.Is(err, errTokenRefused):
		return &alerts.SendError{Class: alerts.Credential, Say: sayToken, Err: err}
	case errors.As(err, &rest):
		return refusal(rest, err)
	case errors.Is(err, errUnsent):
		return &alerts.SendError{Class: alerts.Unsent, Err: err}
	}
	return &alerts.SendError{Class: alerts.Ambiguous, Err: err} // time-out, reset, 502, a body nobody can read
}

// refusal classifies an answer that says no.
func refusal(rest *discordgo.RESTError, err error) *alerts.SendError {
	status := rest.Response.StatusCode
	if status >= 500 {
		return &alerts.SendError{Class: alerts.Ambiguous, Err: err}
	}
	if status == http.StatusUnauthorized {
		return &alerts.SendError{Class: alerts.Credential, Say: sayToken, Err: err}
	}
	if v, ok := verdicts(codeOf(rest)); ok {
		e := &alerts.SendError{Class: v.class, Say: v.say, Err: err}
		if v.class == alerts.Wait {
			e.After = retryIn(rest)
		}
		return e
	}
	switch {
	case status == http.StatusForbidden: // each of these counts towards a ban of the address
		return &alerts.SendError{Class: alerts.ChannelDead, Say: sayForbidden, Err: err}
	case status == http.StatusRequestEntityTooLarge:
		return &alerts.SendError{Class: alerts.Poison, Err: err}
	case rest.Message == nil: // a page: something stands between, which says nothing about the message
		return &alerts.SendError{Class: alerts.Ambiguous, Err: err}
	case status == http.StatusBadRequest:
		return &alerts.SendError{Class: alerts.Poison, Err: err}
	}
	return &alerts.SendError{Class: alerts.Unknown, Err: err}
}

// retryIn is the wait that an answer names in a header or its body; 0 if it names none.
func retryIn(rest *discordgo.RESTError) time.Duration {
	if after, ok := seconds(rest.Response.Header.Get("Retry-After")); ok {
		return after
	}
	var said struct {
		RetryAfter json.Number `json:"retry_after"`
	}
	if json.Unmarshal(rest.ResponseBody, &said) == nil {
		after, _ := seconds(said.RetryAfter.String())
		return after
	}
	return 0
}

// codeOf is the vendor's code of an answer, 0 if it has none.
func codeOf(err error) int {
	var rest *discordgo.RESTError
	if errors.As(err, &rest) && rest.Message != nil {
		return rest.Message.Code
	}
	return 0
}

// bare takes addresses out of an error: those of interactions hold a token.
func bare(err error) error {
	var at *url.Error
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
