package slack

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
)

// maxBody bounds a request. Slack's own are below 100 KiB.
const maxBody = 1 << 20

// Handler answers what Slack sends over HTTP: slash commands, interactivity and events, all at one address. Without a
// signing secret it answers nothing but 404.
//
// It answers within moments, as Slack's three seconds ask; the work goes on behind and answers through the response URL.
func (a *Adapter) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if a.secret == "" {
			http.NotFound(w, r)
			return
		}
		if r.Method != http.MethodPost {
			w.Header().Set("Allow", http.MethodPost)
			http.Error(w, "POST only", http.StatusMethodNotAllowed)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			var tooLarge *http.MaxBytesError
			if errors.As(err, &tooLarge) {
				http.Error(w, "too large", http.StatusRequestEntityTooLarge)
				return
			}
			http.Error(w, "unreadable", http.StatusBadRequest)
			return
		}
		signature, err := verify(a.secret, r.Header, body, a.now())
		if err != nil {
			a.log.Info("slack: request refused", "error", err)
			http.Error(w, "not signed by Slack", http.StatusUnauthorized)
			return
		}
		a.accept(r.Context(), w, r.Header.Get("Content-Type"), signature, body)
	})
}

// accept takes a request that Slack has signed. Nothing but its body counts: the signature covers nothing else.
func (a *Adapter) accept(ctx context.Context, w http.ResponseWriter, contentType, signature string, body []byte) {
	kind, payload, err := unwrap(contentType, body)
	if err != nil {
		http.Error(w, "unreadable", http.StatusBadRequest)
		return
	}
	if challenge, ok := challenged(kind, payload); ok {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		_, _ = io.WriteString(w, challenge)
		return
	}
	switch err := a.take(ctx, kind, signature, payload); {
	case errors.Is(err, errBusy):
		http.Error(w, "busy", http.StatusServiceUnavailable) // Slack sends events again
	case err != nil:
		a.log.Warn("slack: request not taken", "kind", kind, "error", err)
		http.Error(w, "unreadable", http.StatusBadRequest)
	default:
		w.WriteHeader(http.StatusOK)
	}
}

// unwrap finds out what a body is: an event is JSON; an interaction is JSON in the form field payload; a slash command
// is the form itself.
func unwrap(contentType string, body []byte) (kind string, payload []byte, err error) {
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		return "", nil, err
	}
	switch media {
	case "application/json":
		return kindEvent, body, nil
	case "application/x-www-form-urlencoded":
	default:
		return "", nil, errors.New("content type is not known")
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return "", nil, err
	}
	if form.Has("payload") {
		return kindInteraction, []byte(form.Get("payload")), nil
	}
	fields := make(map[string]string, len(form))
	for name := range form {
		fields[name] = form.Get(name)
	}
	payload, err = json.Marshal(fields)
	return kindCommand, payload, err
}

// challenged returns the word by which Slack checks a new address, if the body asks for it.
// https://docs.slack.dev/reference/events/url_verification
func challenged(kind string, payload []byte) (challenge string, ok bool) {
	if kind != kindEvent {
		return "", false
	}
	var v struct {
		Type      string `json:"type"`
		Challenge string `json:"challenge"`
	}
	if json.Unmarshal(payload, &v) != nil || v.Type != "url_verification" {
		return "", false
	}
	return v.Challenge, true
}
