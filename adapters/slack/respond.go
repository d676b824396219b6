package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// responseHost serves Slack's response URLs.
// https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
const responseHost = "hooks.slack.com"

// A response answers one command or click.
type response struct {
	drawing
	URL     string
	Private bool   // for the person alone
	Thread  string // the thread in which the button stands
}

// respondTries is how often an answer is tried, if it surely did not arrive: Slack takes five in half an hour.
const respondTries = 3

// respond posts the answer. What fails is logged: there is nobody else to tell.
func (a *Adapter) respond(ctx context.Context, r response) {
	var err error
	for range respondTries {
		if err = a.respondOnce(ctx, r); err == nil {
			return
		}
		var e *alerts.SendError
		if !errors.As(err, &e) || e.Class != alerts.Wait && e.Class != alerts.Unsent || !sleep(ctx, max(e.After, time.Second)) {
			break
		}
	}
	a.log.Warn("slack: answer not delivered", "error", err)
}

func (a *Adapter) respondOnce(ctx context.Context, r response) error {
	address, err := a.responseURL(r.URL)
	if err != nil {
		return err
	}
	kind := "in_channel"
	if r.Private {
		kind = "ephemeral"
	}
	body, err := json.Marshal(struct {
		drawing
		Type        string `json:"response_type"`
		Thread      string `json:"thread_ts,omitempty"`
		Replace     bool   `json:"replace_original"`
		Mrkdwn      bool   `json:"mrkdwn"`
		Parse       string `json:"parse"`
		UnfurlLinks bool   `json:"unfurl_links"`
		UnfurlMedia bool   `json:"unfurl_media"`
	}{drawing: r.drawing, Type: kind, Thread: r.Thread, Parse: "none"})
	if err != nil {
		return fmt.Errorf("write answer: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	var t trail
	req, err := http.NewRequestWithContext(t.follow(ctx), http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return errors.New("make request for a response url")
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	resp, err := a.answer.Do(req)
	if err != nil {
		return classify(err, t.unsent())
	}
	defer func() { _ = resp.Body.Close() }()
	said, _ := io.ReadAll(io.LimitReader(resp.Body, maxName))
	switch {
	case resp.StatusCode == http.StatusTooManyRequests:
		return &alerts.SendError{Class: alerts.Wait, After: retryAfter(resp.Header), Err: errors.New("response url: slack asks to wait")}
	case resp.StatusCode != http.StatusOK:
		return fmt.Errorf("response url: %w: %s", slack.StatusCodeError{Code: resp.StatusCode, Status: resp.Status}, line(string(said)))
	}
	return nil
}

// responseURL returns the address if it is Slack's: requests are never sent where a payload pleases.
func (a *Adapter) responseURL(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || u.User != nil {
		return "", errors.New("response url can't be read")
	}
	slacks := u.Scheme == "https" && strings.EqualFold(u.Host, responseHost)
	configured := u.Scheme == a.apiURL.Scheme && strings.EqualFold(u.Host, a.apiURL.Host)
	if !slacks && !configured {
		return "", fmt.Errorf("response url: its host %q is not Slack's", line(cut(u.Host, maxName)))
	}
	return u.String(), nil
}
