package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/discord/discordtest"
)

// onFakeDiscord is the program with a feed and a channel of a fake Discord's, as a team has it.
type onFakeDiscord struct {
	*running
	*discordtest.Server
	t        *testing.T
	articles *discordtest.Channel // subscribed
	office   *discordtest.Channel // where people type
}

func startOnDiscord(t *testing.T, feed string) *onFakeDiscord {
	t.Helper()
	s := discordtest.New(t)
	g := s.Guilds()[0]
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	p := &onFakeDiscord{
		t: t, Server: s, articles: g.Channels[0], office: g.Channels[1],
		running: &running{out: &lines{}, errout: &lines{}, config: filepath.Join(t.TempDir(), "attache.yaml"), listen: l.Addr().String()},
	}
	require.NoError(t, l.Close())
	require.NoError(t, os.WriteFile(p.config, fmt.Appendf(nil, `
store: sqlite:%s
listen: %s
fetch: {allow_private_networks: true}
feeds: [{name: herald, url: %q, schedule: "@every 1s", new: all, source: {title: The Herald}}]
watchlists: [{name: envoys, watches: [{person: Steve Witkoff}]}]
subscriptions: [{channel: "discord:%s/%s", watchlists: [envoys]}]
platforms: {discord: {token: %s, api: %q}}
`, filepath.Join(filepath.Dir(p.config), "attache.db"), p.listen, feed, g.ID, p.articles.ID, s.Token, s.URL), 0o600))
	ctx, cancel := context.WithCancel(context.Background())
	status := make(chan int, 1)
	go func() {
		status <- run(ctx, []string{"run", "-c", p.config}, surroundings{
			stdin: strings.NewReader(""), stdout: p.out, stderr: p.errout, env: os.LookupEnv, readFile: os.ReadFile, now: time.Now,
		})
	}()
	p.stop = sync.OnceValue(func() int {
		cancel()
		return <-status
	})
	t.Cleanup(func() { p.stop() })
	return p
}

// types is what an admin of the server is answered.
func (p *onFakeDiscord) types(c *discordtest.Channel, command string, args ...string) string {
	p.t.Helper()
	i := p.Slash(c, discordtest.User{ID: "800000000000000001", Name: "Ada", Permissions: discordtest.ManageGuild}, command, args...)
	a := i.Wait(time.Minute, func(a discordtest.Answer) bool { return a.Filled })
	return a.Original.View().Text
}

// answers waits until a command is answered so.
func (p *onFakeDiscord) answers(want string, command string, args ...string) (said string) {
	p.t.Helper()
	require.Eventually(p.t, func() bool {
		said = p.types(p.office, command, args...)
		return strings.Contains(said, want)
	}, time.Minute, 100*time.Millisecond, "never answers %q to %s: %s", want, command, said)
	return said
}

// shows waits until the metrics say a line.
func (p *onFakeDiscord) shows(line string) {
	waitFor(p.t, &pageOf{url: "http://" + p.listen + "/metrics"}, line+"\n")
}

// posted waits until the subscribed channel shows a text.
func (p *onFakeDiscord) posted(text string) {
	p.t.Helper()
	require.Eventually(p.t, func() bool {
		for _, m := range p.Messages(p.articles.ID) {
			if strings.Contains(m.View().Text, text) {
				return true
			}
		}
		return false
	}, 20*time.Second, 50*time.Millisecond, "%q is never posted", text)
}

var listed = regexp.MustCompile(`(\d+) · `)

// TestAPersonSettlesWhatDidNotArrive goes through what docs/operations.md says, as an admin in the chat does: list, try
// again, discard, mend a channel; the metrics and the command line say the same.
func TestAPersonSettlesWhatDidNotArrive(t *testing.T) {
	feed, publish := herald(t, "Envoy Steve Witkoff arrives")
	refuse := discordtest.Fault{Status: 400, Code: 50035, Times: 2} // the message and its plain second try
	p := startOnDiscord(t, feed)
	refuse.Channel = p.articles.ID
	require.True(t, p.Await(time.Minute, func(n discordtest.Signs) bool { return n.Ready > 0 }))
	p.posted("arrives")

	p.Fail(refuse)
	publish("Envoy Steve Witkoff leaves without a word on the grain corridor")
	said := p.answers("leaves without a word", "deliveries failed")
	number := listed.FindStringSubmatch(said)
	require.NotNil(t, number, said)
	p.shows(`attache_outbox_deliveries{state="failed"} 1`)
	p.answers(number[1], "deliveries retry", "number", number[1])
	p.posted("leaves without a word")
	p.answers("arrived", "deliveries failed")

	p.Fail(refuse)
	publish("Second envoy joins: Steve Witkoff and a delegation of twelve tour the harbour")
	number = listed.FindStringSubmatch(p.answers("delegation of twelve", "deliveries failed"))
	p.answers(number[1], "deliveries discard", "number", number[1])
	p.answers("arrived", "deliveries failed")

	p.Fail(discordtest.Fault{Channel: p.articles.ID, Status: 403, Code: 50001})
	publish("Third day of talks: Steve Witkoff meets the transport ministers")
	p.answers("transport ministers", "deliveries held")
	p.shows("attache_channels_stopped 1")
	out, errout := &lines{}, &lines{}
	require.Zero(t, run(t.Context(), []string{"deliveries", "held", "-c", p.config}, surroundings{
		stdin: strings.NewReader(""), stdout: out, stderr: errout, env: os.LookupEnv, readFile: os.ReadFile, now: time.Now,
	}), errout)
	require.Contains(t, out.String(), "transport ministers")
	require.Contains(t, p.types(p.articles, "subscribe", "list", "envoys"), "as before")
	p.posted("transport ministers")
	p.shows("attache_channels_stopped 0")
	p.shows("attache_deliveries_repeated_total 0")
	p.shows(`attache_deliveries_total{outcome="sent"} 3`)
	require.Zero(t, p.stop())
}
