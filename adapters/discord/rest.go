package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
)

// callTime bounds one call, its waits for limits included.
const callTime = 15 * time.Second

// saidMost is how many bytes of a refusal are kept for the log; a form error of the vendor's fits.
const saidMost = 2000

// An unreadableError is an answer that says yes and then nothing that can be read.
type unreadableError struct{ err error }

func (e *unreadableError) Error() string { return "read the answer: " + e.err.Error() }
func (e *unreadableError) Unwrap() error { return e.err }

// newSession returns a session of the library without its own retries, waits, state and logging.
func newSession(token, agent string, client *http.Client) (*discordgo.Session, error) {
	s, err := discordgo.New("Bot " + token)
	if err != nil {
		return nil, fmt.Errorf("make a session: %w", err)
	}
	s.Client = client
	s.UserAgent = agent
	s.MaxRestRetries = 0
	s.ShouldRetryOnRateLimit = false
	s.ShouldReconnectOnError = false
	s.StateEnabled = false
	s.SyncEvents = true
	s.LogLevel = -1 // the library logs to standard error
	s.Compress = false
	s.Identify.Compress = false
	s.Identify.Intents = discordgo.IntentsGuilds
	return s, nil
}

// call makes one REST call, or none if the vendor has refused the bot: path below the API, in as JSON unless nil, out from JSON unless nil. Each call has a bucket
// of the library's own, which keeps one for every name for ever and sleeps on it without listening to ctx; the limits
// are the transport's.
func (a *Adapter) call(ctx context.Context, method, path string, in, out any) error {
	if why := a.shut(); why != nil {
		return why
	}
	var body []byte
	if in != nil {
		var err error
		if body, err = json.Marshal(in); err != nil {
			return fmt.Errorf("write the call: %w", err)
		}
	}
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	bucket := a.rest.Ratelimiter.LockBucketObject(&discordgo.Bucket{Remaining: 1})
	answer, err := a.rest.RequestWithLockedBucket(method, discordgo.EndpointAPI+strings.TrimPrefix(path, "/"),
		"application/json", body, bucket, 0, discordgo.WithContext(ctx))
	if err != nil {
		var rest *discordgo.RESTError
		if errors.As(err, &rest) && len(rest.ResponseBody) > saidMost {
			rest.ResponseBody = rest.ResponseBody[:saidMost]
		}
		return bare(err)
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(answer, out); err != nil {
		return &unreadableError{err}
	}
	return nil
}
