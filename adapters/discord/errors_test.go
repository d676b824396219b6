package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

func refused(status, code int, headers ...string) error {
	h := http.Header{}
	for i := 0; i+1 < len(headers); i += 2 {
		h.Set(headers[i], headers[i+1])
	}
	return &discordgo.RESTError{
		Response: &http.Response{StatusCode: status, Status: fmt.Sprint(status), Header: h}, Message: &discordgo.APIErrorMessage{Code: code},
		ResponseBody: fmt.Appendf(nil, `{"code":%d}`, code),
	}
}

// page is an answer that is none of the API's.
func page(status int) error {
	return &discordgo.RESTError{Response: &http.Response{StatusCode: status, Status: fmt.Sprint(status)}, ResponseBody: []byte("<title>discord.com</title>")}
}

// TestClasses is PLATFORMS' table of error classes for Discord, row by row.
func TestClasses(t *testing.T) {
	for name, c := range map[string]struct {
		err    error
		class  alerts.Class
		after  time.Duration
		global bool
	}{
		"429":                  {&limitError{time.Second, false, "x"}, alerts.Wait, time.Second, false},
		"429 global":           {&limitError{time.Minute, true, "x"}, alerts.Wait, time.Minute, true},
		"20016":                {refused(429, 20016, "Retry-After", "7"), alerts.Wait, 7 * time.Second, false},
		"20028":                {refused(400, 20028), alerts.Wait, 0, false},
		"40062":                {refused(403, 40062), alerts.Wait, 0, false},
		"500":                  {refused(500, 0), alerts.Ambiguous, 0, false},
		"503 with a code":      {refused(503, 50013), alerts.Ambiguous, 0, false},
		"502 of the library":   {errors.New("Exceeded Max retries HTTP 502 Bad Gateway, "), alerts.Ambiguous, 0, false},
		"time-out":             {context.DeadlineExceeded, alerts.Ambiguous, 0, false},
		"reset":                {errors.New("read: connection reset by peer"), alerts.Ambiguous, 0, false},
		"bad body":             {&unreadableError{errors.New("eof")}, alerts.Ambiguous, 0, false},
		"no connection":        {errors.Join(errUnsent, errors.New("refused")), alerts.Unsent, 0, false},
		"time-out before":      {errors.Join(errUnsent, context.DeadlineExceeded), alerts.Unsent, 0, false},
		"10003":                {refused(404, 10003), alerts.ChannelDead, 0, false},
		"50001":                {refused(403, 50001), alerts.ChannelDead, 0, false},
		"50013":                {refused(403, 50013), alerts.ChannelDead, 0, false},
		"50008":                {refused(400, 50008), alerts.ChannelDead, 0, false},
		"10004":                {refused(404, 10004), alerts.WorkspaceDead, 0, false},
		"401":                  {refused(401, 0), alerts.Credential, 0, false},
		"after a 401":          {errTokenRefused, alerts.Credential, 0, false},
		"40333":                {refused(403, 40333), alerts.Credential, 0, false},
		"50035":                {refused(400, 50035), alerts.Poison, 0, false},
		"400":                  {refused(400, 50109), alerts.Poison, 0, false},
		"401 with a code":      {refused(401, 50013), alerts.Credential, 0, false},
		"403, a code unknown":  {refused(403, 424242), alerts.ChannelDead, 0, false},
		"404 without a code":   {refused(404, 0), alerts.Unknown, 0, false},
		"400 as a page":        {page(400), alerts.Ambiguous, 0, false},
		"404 as a page":        {page(404), alerts.Ambiguous, 0, false},
		"302 as a page":        {page(302), alerts.Ambiguous, 0, false},
		"413 as a page":        {page(413), alerts.Poison, 0, false},
		"302":                  {refused(302, 0), alerts.Unknown, 0, false},
		"within a url's error": {&url.Error{Op: "Post", URL: "https://x/secret", Err: errors.Join(errUnsent, errors.New("refused"))}, alerts.Unsent, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			e := classify(c.err)
			require.Equal(t, c.class, e.Class)
			require.Equal(t, c.after, e.After)
			require.Equal(t, c.global, e.Global)
			require.NotContains(t, e.Error(), "secret")
			switch c.class {
			case alerts.ChannelDead, alerts.WorkspaceDead, alerts.Credential:
				require.NotEmpty(t, e.Say)
			default:
				require.Empty(t, e.Say)
			}
		})
	}
}
