package discordtest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// call makes a call as a bot that knows the rules of authorisation and nothing else.
func call(t *testing.T, s *Server, method, path, body string) (status, code int, answer map[string]any) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.URL+"/api/v10/"+path, strings.NewReader(body))
	require.NoError(t, err)
	r.Header.Set("Authorization", "Bot "+s.Token)
	r.Header.Set("User-Agent", "DiscordBot (https://example.org, 1)")
	resp, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	if bytes.HasPrefix(data, []byte("{")) {
		require.NoError(t, json.Unmarshal(data, &answer))
		if f, ok := answer["code"].(float64); ok {
			code = int(f)
		}
	}
	return resp.StatusCode, code, answer
}

func roomy(t *testing.T) (s *Server, messages string, c *Channel) {
	s = New(t)
	s.Limits = Limits{PerChannel: 1000, Global: 1000}
	c = s.Guilds()[0].Channels[0]
	return s, "channels/" + c.ID + "/messages", c
}

func TestReadsMarkupAsClientsDo(t *testing.T) {
	for in, want := range map[string]Reading{
		"plain":                          {Text: "plain"},
		"**b** _i_ __u__ ~~s~~ ||x||":    {Text: "b i u s x", Effects: []string{"bold", "italic", "underline", "strike", "spoiler"}},
		`\*not\* \@everyone \<@1>`:       {Text: "*not* @everyone <@1>"},
		"# head\n> quote\n-# small":      {Text: "head\nquote\nsmall", Effects: []string{"heading", "quote", "small"}},
		"- a\n12. b\n#nothing":           {Text: "a\nb\n#nothing", Effects: []string{"list", "list"}},
		"@everyone <@&7> <#8>":           {Text: "@everyone @7 @8", Effects: []string{"everyone", "mention", "mention"}},
		":tada: <a:x:1>":                 {Text: ":tada: :x:", Effects: []string{"emoji", "emoji"}},
		"12:30 a: b":                     {Text: "12:30 a: b"},
		"<t:0:f>":                        {Text: "1 January 1970 00:00", Effects: []string{"time"}},
		"[a **b**](<https://e.org/x>)":   {Text: "a b", Links: []string{"https://e.org/x"}, Effects: []string{"link", "bold"}},
		"[a](javascript:x)":              {Text: "a", Links: []string{"javascript:x"}, Effects: []string{"link"}},
		"see https://e.org/a, and":       {Text: "see https://e.org/a, and", Links: []string{"https://e.org/a"}, Effects: []string{"link"}},
		`https\://e.org`:                 {Text: "https://e.org"},
		"`a*b*` ```go\nx\n```":           {Text: "a*b* x", Effects: []string{"code", "code block"}},
		"</watch add:12> <id:customize>": {Text: "/watch add customize", Effects: []string{"command", "guide"}},
	} {
		require.Equal(t, want, Read(in), in)
	}
}

func TestPingsAsTheVendorDoes(t *testing.T) {
	text := `@everyone \@here <@1> <@&2> <#3>`
	require.Equal(t, []string{"@everyone", "@here", "1", "2"}, pings(text, nil), "without allowed_mentions everybody is pinged, backslash or not")
	require.Empty(t, pings(text, &allowed{Parse: []string{}}))
	require.Equal(t, []string{"2"}, pings(text, &allowed{Roles: []string{"2", "9"}}))
}

func TestAnEditWithoutMentionsPingsEverybody(t *testing.T) {
	s, messages, c := roomy(t)
	status, _, m := call(t, s, "POST", messages, `{"content":"@everyone","allowed_mentions":{"parse":[]},"nonce":"a","enforce_nonce":true}`)
	require.Equal(t, 200, status)
	require.Empty(t, s.Messages(c.ID)[0].Pinged)
	status, _, _ = call(t, s, "PATCH", messages+"/"+m["id"].(string), `{"content":"@everyone again"}`)
	require.Equal(t, 200, status)
	require.Equal(t, []string{"@everyone"}, s.Messages(c.ID)[0].Pinged)
	require.NotEmpty(t, s.Messages(c.ID)[0].Bad)
}

func TestNonces(t *testing.T) {
	s, messages, c := roomy(t)
	now := time.Now()
	s.Now = func() time.Time { return now }
	body := `{"content":"x","allowed_mentions":{"parse":[]},"nonce":"n","enforce_nonce":true}`
	_, _, first := call(t, s, "POST", messages, body)
	_, _, second := call(t, s, "POST", messages, body)
	require.Equal(t, first["id"], second["id"])
	call(t, s, "POST", messages, strings.Replace(body, "true", "false", 1))
	require.Len(t, s.Messages(c.ID), 2, "a nonce that is not enforced")
	now = now.Add(5 * time.Minute)
	_, _, third := call(t, s, "POST", messages, body)
	require.NotEqual(t, first["id"], third["id"], "the window is over")
	s.Delete(c.ID, third["id"].(string))
	status, code, _ := call(t, s, "POST", messages, body)
	require.Equal(t, []int{404, 10008}, []int{status, code})
	require.Equal(t, 3, s.Count("n"), "all that were posted, deleted or not")
	s.Forget()
	require.Zero(t, s.Count("n"))
}

// TestRefusesWhatTheDocumentLetsPass are the limits that no schema checks.
// An edit is accepted though the answer is an error, or later, though nobody waits for the answer any more.
func TestAnEditIsAcceptedUnseen(t *testing.T) {
	s, messages, c := roomy(t)
	_, _, posted := call(t, s, "POST", messages, `{"content":"posted","nonce":"a","enforce_nonce":true,"allowed_mentions":{"parse":[]}}`)
	message := messages + "/" + posted["id"].(string)
	edit := func(ctx context.Context, text string) int {
		r, err := http.NewRequestWithContext(ctx, http.MethodPatch, s.URL+"/api/v10/"+message, strings.NewReader(`{"content":"`+text+`","allowed_mentions":{"parse":[]}}`))
		require.NoError(t, err)
		r.Header.Set("Authorization", "Bot "+s.Token)
		r.Header.Set("User-Agent", "DiscordBot (https://example.org, 1)")
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			return 0
		}
		require.NoError(t, resp.Body.Close())
		return resp.StatusCode
	}
	shows := func() string { return s.Messages(c.ID)[0].Content }
	s.Fail(Fault{Status: 502, Page: true})
	require.Equal(t, 502, edit(t.Context(), "never"))
	require.Equal(t, "posted", shows())
	s.Fail(Fault{Status: 502, Page: true, Accept: true})
	require.Equal(t, 502, edit(t.Context(), "unseen"))
	require.Equal(t, "unseen", shows())

	s.Fail(Fault{Lag: 50 * time.Millisecond})
	hasty, stop := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer stop()
	require.Zero(t, edit(hasty, "late"))
	require.Equal(t, 200, edit(t.Context(), "at once"))
	require.Eventually(t, func() bool { return shows() == "late" }, 5*time.Second, 5*time.Millisecond)
}

func TestRefusesWhatTheDocumentLetsPass(t *testing.T) {
	s, messages, _ := roomy(t)
	x := func(n int) string { return strings.Repeat("ж", n) }
	button := `{"type":1,"components":[{"type":2,"style":2,"label":"a","custom_id":"a"}]}`
	for name, body := range map[string]string{
		"content of 2001":          fmt.Sprintf(`{"content":%q}`, x(2001)),
		"nothing":                  `{"content":" "}`,
		"title of 257":             fmt.Sprintf(`{"embeds":[{"title":%q}]}`, x(257)),
		"description of 4097":      fmt.Sprintf(`{"embeds":[{"description":%q}]}`, x(4097)),
		"embeds of 6001":           fmt.Sprintf(`{"embeds":[{"description":%q},{"description":%q}]}`, x(4000), x(2001)),
		"empty field value":        `{"embeds":[{"title":"x","fields":[{"name":"a","value":" "}]}]}`,
		"a link of another scheme": `{"embeds":[{"title":"x","url":"javascript:x"}]}`,
		"six rows":                 `{"content":"x","components":[` + strings.Repeat(button+",", 5) + button + `]}`,
		"custom_id twice":          `{"content":"x","components":[` + button + "," + button + `]}`,
		"link button, no URL":      `{"content":"x","components":[{"type":1,"components":[{"type":2,"style":5,"label":"a"}]}]}`,
		"v2 with content":          `{"content":"x","flags":32768}`,
		"misspelt":                 `{"content":"x","allowed_mention":{}}`,
		"parse and list":           `{"content":"x","allowed_mentions":{"parse":["roles"],"roles":["1"]}}`,
		"nonce of 26":              `{"content":"x","nonce":"abcdefghijklmnopqrstuvwxyz"}`,
		"reply to nothing":         `{"content":"x","message_reference":{"message_id":"1"}}`,
	} {
		status, code, _ := call(t, s, "POST", messages, body)
		require.Equal(t, []int{400, 50035}, []int{status, code}, name)
	}
	status, _, _ := call(t, s, "POST", messages, fmt.Sprintf(`{"content":%q,"components":[%s]}`, x(2000), button))
	require.Equal(t, 200, status, "a good message")
}

func TestCommandsAreChecked(t *testing.T) {
	s := New(t)
	path := "applications/" + s.AppID + "/commands"
	long := strings.Repeat("x", 100)
	for name, body := range map[string]string{
		"capitals":                 `[{"name":"Watch","description":"d"}]`,
		"space":                    `[{"name":"watch add","description":"d"}]`,
		"no description":           `[{"name":"watch"}]`,
		"twice":                    `[{"name":"a","description":"d"},{"name":"a","description":"d"}]`,
		"required after optional":  `[{"name":"a","description":"d","options":[{"type":3,"name":"x","description":"d"},{"type":3,"name":"y","description":"d","required":true}]}]`,
		"autocomplete and choices": `[{"name":"a","description":"d","options":[{"type":3,"name":"x","description":"d","autocomplete":true,"choices":[{"name":"n","value":"v"}]}]}]`,
		"subcommand and argument":  `[{"name":"a","description":"d","options":[{"type":1,"name":"x","description":"d"},{"type":3,"name":"y","description":"d"}]}]`,
		"over 8000 characters": `[{"name":"a","description":"d","options":[` + strings.TrimSuffix(strings.Repeat(
			fmt.Sprintf(`{"type":1,"name":"%%d","description":"d","options":[{"type":3,"name":"x","description":"%s"}]},`, long), 100), ",") + `]}]`,
	} {
		status, code, _ := call(t, s, "PUT", path, body)
		require.Equal(t, []int{400, 50035}, []int{status, code}, name)
	}
	list, n := s.Commands()
	require.Empty(t, list)
	require.Zero(t, n)
	status, _, _ := call(t, s, "PUT", path, `[{"name":"watch","description":"d"}]`)
	require.Equal(t, 200, status)
}

func TestAnInteractionIsAnsweredOnceAndInTime(t *testing.T) {
	s, _, c := roomy(t)
	now := time.Now()
	s.Now = func() time.Time { return now }
	u := User{ID: "8"}
	i := s.Slash(c, u, "help")
	path, hook := "interactions/"+i.ID+"/"+i.Token+"/callback", "webhooks/"+s.AppID+"/"+i.Token
	hello := `{"content":"x","allowed_mentions":{"parse":[]}}`
	status, code, _ := call(t, s, "POST", hook, hello)
	require.Equal(t, []int{404, 10015}, []int{status, code}, "a follow-up before the answer")
	status, _, _ = call(t, s, "POST", path, `{"type":5,"data":{"flags":64}}`)
	require.Equal(t, 204, status)
	status, code, _ = call(t, s, "POST", path, `{"type":5}`)
	require.Equal(t, []int{400, 40060}, []int{status, code}, "answered twice")
	status, _, _ = call(t, s, "POST", hook, hello)
	require.Equal(t, 200, status)
	a := i.Wait(0, func(Answer) bool { return true })
	require.True(t, a.Filled, "the first message after a deferral takes its place")
	require.True(t, a.Original.Ephemeral())
	require.Empty(t, a.Follow)
	now = now.Add(16 * time.Minute)
	status, code, _ = call(t, s, "POST", hook, hello)
	require.Equal(t, []int{401, 50027}, []int{status, code}, "the token is dead")

	late := s.Slash(c, u, "help")
	now = now.Add(3*time.Second + 1)
	status, code, _ = call(t, s, "POST", "interactions/"+late.ID+"/"+late.Token+"/callback", `{"type":5}`)
	require.Equal(t, []int{404, 10062}, []int{status, code})
}

func TestPermissions(t *testing.T) {
	s, messages, c := roomy(t)
	ok := `{"content":"x","nonce":"a","enforce_nonce":true,"allowed_mentions":{"parse":[]}}`
	post := func(body string) int {
		_, code, _ := call(t, s, "POST", messages, body)
		return code
	}
	require.Zero(t, post(ok))
	c.Deny = EmbedLinks
	require.Equal(t, 50013, post(`{"embeds":[{"title":"x"}]}`))
	c.Deny = ViewChannel
	require.Equal(t, 50001, post(ok))
	c.Deny, c.Gone = 0, true
	require.Equal(t, 10003, post(ok))
}

func TestRateLimitsAreReal(t *testing.T) {
	s := New(t)
	now := time.Now()
	s.Now = func() time.Time { return now }
	messages := "channels/" + s.Guilds()[0].Channels[0].ID + "/messages"
	codes := map[int]int{}
	for n := range 8 {
		status, _, _ := call(t, s, "POST", messages, fmt.Sprintf(`{"content":"x","nonce":"%d","enforce_nonce":true,"allowed_mentions":{"parse":[]}}`, n))
		codes[status]++
	}
	require.Equal(t, map[int]int{200: 5, 429: 3}, codes)
	require.Equal(t, 3, s.Early())
	now = now.Add(time.Second)
	status, _, _ := call(t, s, "POST", messages, `{"content":"x","allowed_mentions":{"parse":[]}}`)
	require.Equal(t, 200, status)
	require.NotEmpty(t, s.Messages(s.Guilds()[0].Channels[0].ID)[5].Bad, "a post without an enforced nonce")
}
