package discordtest

import (
	"regexp"
	"slices"
)

var (
	everyone    = regexp.MustCompile(`@everyone|@here`)
	userMention = regexp.MustCompile(`<@!?(\d+)>`)
	roleMention = regexp.MustCompile(`<@&(\d+)>`)
)

// pings resolves the mentions of a content as the vendor's servers do: from the raw text, backslashes or not, as far as
// allowed_mentions lets them. Without it, everybody named is pinged. Embeds never ping.
// https://discord.com/developers/docs/resources/message#allowed-mentions-object
func pings(content string, a *allowed) []string {
	if a == nil {
		a = &allowed{Parse: []string{"users", "roles", "everyone"}}
	}
	var out []string
	if slices.Contains(a.Parse, "everyone") {
		out = append(out, everyone.FindAllString(content, -1)...)
	}
	for _, m := range userMention.FindAllStringSubmatch(content, -1) {
		if slices.Contains(a.Parse, "users") || slices.Contains(a.Users, m[1]) {
			out = append(out, m[1])
		}
	}
	for _, m := range roleMention.FindAllStringSubmatch(content, -1) {
		if slices.Contains(a.Parse, "roles") || slices.Contains(a.Roles, m[1]) {
			out = append(out, m[1])
		}
	}
	return out
}
