package config

import (
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
	})
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
	})
	if isObject && !r.given(path+".app_token") && !r.given(path+".signing_secret") {
		r.wrong(path, "slack: lacks the way in. Add app_token: for Socket Mode, or signing_secret: for HTTP.")
	}
}
