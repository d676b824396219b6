package config

import (
	"net/netip"
	"net/url"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

func (r *reader) platforms(path string, n ast.Node) {
	r.object(path, n, []field{
		{name: "discord", read: r.discord},
		{name: "slack", read: r.slack},
		{name: "console", read: func(path string, n ast.Node) {
			r.object(path, n, []field{{name: "format", read: r.oneOf(&r.file.Platforms.Console.Format, "text", "json")}})
		}},
	})
}

func (r *reader) discord(path string, n ast.Node) {
	d := &Discord{}
	r.file.Platforms.Discord = d
	r.object(path, n, []field{
		{name: "token", required: true, read: r.secret(&d.Token, func(value string) string {
			if strings.HasPrefix(value, "Bot ") || strings.HasPrefix(value, "Bearer ") {
				return "token: holds more than the token. Take out the word in front of it."
			}
			return ""
		})},
		{name: "api", read: func(path string, n ast.Node) {
			if u := r.api(path, n); u != nil && strings.Trim(u.Path, "/") != "" {
				r.wrong(path, "api: of Discord is a host alone. Take out what follows it.")
			} else if u != nil {
				d.API = u.Scheme + "://" + u.Host
			}
		}},
	})
}

// api takes another address of a vendor's API; nil if it is none. The token is sent there, so it goes unencrypted only to
// this machine itself.
func (r *reader) api(path string, n ast.Node) *url.URL {
	s, ok := r.text(path, n, maxURL)
	if !ok {
		return nil
	}
	u, ok := r.web(path, "api:", s.text)
	switch {
	case !ok:
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		r.wrong(path, "api: must end with the path. Take out what follows ? or #.")
	case u.Scheme == "http" && !loopback(u.Hostname()):
		r.wrong(path, "api: would carry the token unencrypted. Write https://; http:// is for localhost alone.")
	default:
		return u
	}
	return nil
}

// loopback tells whether the host is this machine itself.
func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && ip.Unmap().IsLoopback()
}

// slack takes a bot token, and an app token for Socket Mode or a signing secret for HTTP.
// https://docs.slack.dev/authentication/tokens/
func (r *reader) slack(path string, n ast.Node) {
	s := &Slack{}
	r.file.Platforms.Slack = s
	swapped := func(wrong, say string) func(string) string {
		return func(value string) string {
			if strings.HasPrefix(value, wrong) {
				return say
			}
			return ""
		}
	}
	isObject := r.object(path, n, []field{
		{name: "bot_token", required: true, read: r.secret(&s.BotToken, swapped("xapp-", "bot_token: holds an app-level token. Write the bot user's token, which begins with xoxb-."))},
		{name: "app_token", read: r.secret(&s.AppToken, swapped("xoxb-", "app_token: holds a bot token. Write the app-level token, which begins with xapp-."))},
		{name: "signing_secret", read: r.secret(&s.SigningSecret, swapped("xox", "signing_secret: holds a token. Write the Signing Secret of the app's Basic Information page."))},
		{name: "api", read: func(path string, n ast.Node) {
			if u := r.api(path, n); u != nil {
				s.API = strings.TrimRight(u.String(), "/")
			}
		}},
	})
	if isObject && !r.given(path+".app_token") && !r.given(path+".signing_secret") {
		r.wrong(path, "slack: lacks the way in. Add app_token: for Socket Mode, or signing_secret: for HTTP.")
	}
}
