package discordtest

import (
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"
)

const (
	flagSuppress     = 1 << 2
	flagEphemeral    = 1 << 6
	flagComponentsV2 = 1 << 15
)

// count counts as the vendor does: code points after trimming.
func count(s string) int { return utf8.RuneCountInString(strings.TrimSpace(s)) }

// check returns what the vendor would refuse.
// https://discord.com/developers/docs/resources/message#embed-object-embed-limits
func (d draft) check() []string {
	var bad []string
	say := func(format string, args ...any) { bad = append(bad, fmt.Sprintf(format, args...)) }
	within := func(what, s string, least, most int) {
		if n := count(s); n < least || n > most {
			say("%s: %d characters, must be %d to %d", what, n, least, most)
		}
	}
	content, embeds, components := "", []Embed{}, []Component{}
	if d.Content != nil {
		content = *d.Content
	}
	if d.Embeds != nil {
		embeds = *d.Embeds
	}
	if d.Components != nil {
		components = *d.Components
	}
	within("content", content, 0, 2000)
	if count(content) == 0 && len(embeds) == 0 {
		say("an empty message")
	}
	if len(embeds) > 10 {
		say("embeds: %d of 10", len(embeds))
	}
	total := 0
	for _, e := range embeds {
		total += e.check(within, say)
	}
	if total > 6000 {
		say("embeds: %d characters of 6000", total)
	}
	if len(d.Nonce) > 25 {
		say("nonce: %d characters of 25", len(d.Nonce))
	}
	if d.Flags&flagComponentsV2 != 0 && (content != "" || len(embeds) > 0) {
		say("components v2 with content or embeds")
	}
	if d.Mentions != nil {
		bad = append(bad, d.Mentions.check()...)
	}
	return append(bad, checkRows(components, within)...)
}

func (e Embed) check(within func(string, string, int, int), say func(string, ...any)) int {
	within("title", e.Title, 0, 256)
	within("description", e.Description, 0, 4096)
	if e.URL != "" && (!web(e.URL) || len(e.URL) > 2048) {
		say("url: not a well formed URL: %q", e.URL)
	}
	if len(e.Fields) > 25 {
		say("fields: %d of 25", len(e.Fields))
	}
	total := count(e.Title) + count(e.Description)
	for _, f := range e.Fields {
		within("field name", f.Name, 1, 256)
		within("field value", f.Value, 1, 1024)
		total += count(f.Name) + count(f.Value)
	}
	if e.Footer != nil {
		within("footer", e.Footer.Text, 1, 2048)
		total += count(e.Footer.Text)
	}
	if total == 0 {
		say("an empty embed")
	}
	return total
}

func web(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && !strings.ContainsAny(s, " \n\t<>")
}

func checkRows(rows []Component, within func(string, string, int, int)) []string {
	var bad []string
	if len(rows) > 5 {
		bad = append(bad, fmt.Sprintf("components: %d rows of 5", len(rows)))
	}
	seen := map[string]bool{}
	for _, row := range rows {
		if row.Type != 1 || len(row.Components) < 1 || len(row.Components) > 5 {
			bad = append(bad, "components: a row is of type 1 and has 1 to 5 buttons")
		}
		for _, b := range row.Components {
			switch {
			case b.Type != 2:
				bad = append(bad, "components: not a button")
			case b.Style == 5 && !web(b.URL):
				bad = append(bad, "a link button without a URL")
			case b.Style != 5 && (b.URL != "" || seen[b.CustomID]):
				bad = append(bad, "custom_id: twice in a message, or with a URL")
			}
			within("button label", b.Label, 1, 80)
			if b.Style != 5 {
				within("custom_id", b.CustomID, 1, 100)
			}
			seen[b.CustomID] = true
		}
	}
	return bad
}

// allowed is an allowed_mentions object.
type allowed struct {
	Parse   []string `json:"parse"`
	Roles   []string `json:"roles"`
	Users   []string `json:"users"`
	Replied bool     `json:"replied_user"`
}

func (a allowed) check() []string {
	var bad []string
	for _, p := range a.Parse {
		switch {
		case p != "roles" && p != "users" && p != "everyone":
			bad = append(bad, "allowed_mentions: parse has "+p)
		case p == "users" && len(a.Users) > 0, p == "roles" && len(a.Roles) > 0:
			bad = append(bad, "allowed_mentions: mutually exclusive")
		}
	}
	if len(a.Roles) > 100 || len(a.Users) > 100 {
		bad = append(bad, "allowed_mentions: more than 100")
	}
	return bad
}
