//go:build e2e

package e2e

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// realFeeds are files that others wrote, where there are some.
const realFeeds = "../../shared/feeds"

// unreadable are those of the files that are no feeds; docs/feeds.md says why.
var unreadable = []string{"rbren/unrecognized.rss"}

// lists is a watchlist of names that do occur in the files.
const lists = `
watchlists:
  - name: world
    watches:
      - {person: Barack Obama}
      - {person: Donald Trump, near: [president]}
      - {person: Vladimir Putin, surname: true}
      - {country: China}
      - {country: France}
      - {topic: Microsoft}
      - {topic: phones, match: 'iphone OR android OR "smart phone*"'}
`

// newsstand serves the files on loopback and returns their names and addresses by name.
func newsstand(t *testing.T) (names []string, at string) {
	t.Helper()
	if _, err := os.Stat(realFeeds); err != nil {
		t.Skipf("SKIPPED: no real feeds are read, since %s is absent", realFeeds)
	}
	require.NoError(t, filepath.WalkDir(realFeeds, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && d.Name() != "README.md" {
			name, _ := filepath.Rel(realFeeds, path) // it is below
			names = append(names, filepath.ToSlash(name))
		}
		return err
	}))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/octet-stream") // the server knows nothing of their character sets
		http.ServeFile(w, r, filepath.Join(realFeeds, filepath.FromSlash(filepath.Clean(r.URL.Path))))
	}))
	t.Cleanup(server.Close)
	return names, server.URL
}

// reading is a configuration that reads the files into the channel.
func reading(names []string, at, channel, platforms string) string {
	var b strings.Builder
	b.WriteString("store: sqlite:attache.db\nmax_age: 3650d\nretention: 3650d\nfetch: {allow_private_networks: true}\nfeeds:\n")
	for _, name := range names {
		fmt.Fprintf(&b, "  - {name: %q, url: %q, new: all}\n", name, at+"/"+name)
	}
	fmt.Fprintf(&b, "%s\nsubscriptions: [{channel: %q, watchlists: [world]}]\nplatforms: {%s}\n", lists, channel, platforms)
	return b.String()
}

var failedFeed = regexp.MustCompile(`msg="feed failed".* name=(\S+)`)

// failures returns the names of the feeds that the bot could not read.
func (b *bot) failures() []string {
	var names []string
	for _, m := range failedFeed.FindAllStringSubmatch(b.errout.String(), -1) {
		names = append(names, strings.Trim(m[1], `"`))
	}
	slices.Sort(names)
	return names
}

// mojibake is what text looks like that was read in the wrong character set.
var mojibake = regexp.MustCompile(`\x{fffd}|â€|Ã[\x{80}-\x{bf}]|Ð[\x{80}-\x{bf}]`)

// A printed line of the console, as programs read it. Every field is there in every line, but for the last two, which only
// a message has that tells several stories at once.
type printed struct {
	Type      *string         `json:"type"`
	Alert     *string         `json:"alert"`
	Channel   *string         `json:"channel"`
	Story     *string         `json:"story"`
	Title     *string         `json:"title"`
	URL       *string         `json:"url"`
	Summary   *string         `json:"summary"`
	Sources   *[]outlet       `json:"sources"`
	Published json.RawMessage `json:"published"`
	Matches   *[]fired        `json:"matches"`
	Stories   *[]told         `json:"stories"`
	More      *int            `json:"more"`
}

// told is one story of a message that tells several.
type told struct {
	Story     *string         `json:"story"`
	Title     *string         `json:"title"`
	URL       *string         `json:"url"`
	Source    *outlet         `json:"source"`
	Published json.RawMessage `json:"published"`
	Matches   *[]fired        `json:"matches"`
}

type outlet struct{ Name, Country, Ownership, URL *string }

type fired struct {
	Watch, Watchlist, Kind, Mention *string
	Article                         *string // where the evidence is of another article than the line's own
	Evidence                        *[]struct {
		Field, Text, Term, Rule *string
		Start, End              *int
		Form                    *string
	}
}

// The files are of 2016 and later, for the most part; max_age is the longest there is, so the alerts grow fewer with the years.
func TestRealFeedsOnTheConsole(t *testing.T) {
	require.Regexp(t, mojibake, "caf\u00c3\u00a9", "the check itself must be able to fail")
	names, at := newsstand(t)
	b := runBot(t, reading(names, at, "console:desk", "console: {format: json}"), nil, "run", "--once")
	require.Equal(t, 1, b.status(t), "a feed failed")
	require.Equal(t, unreadable, b.failures())
	require.NotContains(t, b.errout.String(), "panic")

	watches := map[string]int{}
	roots := map[string]bool{}
	together := 0
	lines := bufio.NewScanner(strings.NewReader(b.out.String()))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := readLine(t, lines.Bytes())
		if *line.Type == "post" {
			require.False(t, roots[*line.Story], "each story once: %s", lines.Text())
			roots[*line.Story] = true
		}
		if line.Stories != nil {
			together += len(*line.Stories)
			for _, s := range *line.Stories {
				require.False(t, roots[*s.Story], "each story once: %s", lines.Text())
				roots[*s.Story] = true
			}
		}
		for _, m := range *line.Matches {
			watches[*m.Watch]++
		}
	}
	require.NoError(t, lines.Err())
	t.Logf("%d feeds, %d stories, of which %d were told with others, %v", len(names), len(roots), together, watches)
	require.Greater(t, len(roots), 20)
	require.Greater(t, len(watches), 4)
}

// readLine reads a line by the contract.
func readLine(t *testing.T, text []byte) printed {
	t.Helper()
	var line printed
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	require.NoError(t, decoder.Decode(&line), "%s", text)
	require.True(t, utf8.Valid(text))
	for what, s := range map[string]*string{
		"type": line.Type, "alert": line.Alert, "channel": line.Channel, "story": line.Story, "title": line.Title,
		"url": line.URL, "summary": line.Summary,
	} {
		require.NotNil(t, s, "%s: %s", what, text)
		require.NotRegexp(t, mojibake, *s, "%s: %s", what, text)
	}
	require.Contains(t, []string{"post", "reply", "edit"}, *line.Type)
	require.Equal(t, "console:desk", *line.Channel)
	require.NotEmpty(t, *line.Title)
	if *line.URL != "" {
		require.Regexp(t, "^https?://", *line.URL)
	}
	var published *time.Time
	require.NoError(t, json.Unmarshal(line.Published, &published), "%s", text)
	require.NotNil(t, line.Sources, "%s", text)
	require.NotEmpty(t, *line.Sources)
	for _, o := range *line.Sources {
		require.True(t, o.Name != nil && o.Country != nil && o.Ownership != nil && o.URL != nil, "%s", text)
	}
	if line.Stories == nil {
		require.Nil(t, line.More, "%s", text)
		readMatches(t, text, line.Title, line.Matches)
		return line
	}
	require.Equal(t, "post", *line.Type)
	require.Empty(t, *line.URL, "no page is the message's own: %s", text)
	require.NotNil(t, line.Matches, "%s", text)
	require.NotEmpty(t, *line.Matches)
	for _, m := range *line.Matches {
		require.NotNil(t, m.Evidence, "%s", text)
		require.Empty(t, *m.Evidence, "no place in a text is the message's own: %s", text)
	}
	require.NotEmpty(t, *line.Stories)
	for _, s := range *line.Stories {
		require.True(t, s.Story != nil && s.Title != nil && s.URL != nil && s.Source != nil && s.Source.Name != nil, "%s", text)
		require.NoError(t, json.Unmarshal(s.Published, &published), "%s", text)
		require.NotRegexp(t, mojibake, *s.Title)
		readMatches(t, text, s.Title, s.Matches)
	}
	return line
}

// readMatches reads what fired, with evidence in the article of that title.
func readMatches(t *testing.T, text []byte, title *string, matches *[]fired) {
	t.Helper()
	require.NotNil(t, matches, "%s", text)
	require.NotEmpty(t, *matches)
	for _, m := range *matches {
		require.True(t, m.Watch != nil && m.Watchlist != nil && m.Evidence != nil && len(*m.Evidence) > 0, "%s", text)
		require.Contains(t, []string{"person", "topic", "country"}, *m.Kind)
		require.Contains(t, []string{"headline", "lead", "body"}, *m.Mention)
		for _, e := range *m.Evidence {
			require.Contains(t, []string{"title", "text"}, *e.Field)
			require.Greater(t, *e.End, *e.Start)
			require.Equal(t, *e.End-*e.Start, utf8.RuneCountInString(*e.Text), "offsets are runes: %s", text)
			if runes := []rune(*title); *e.Field == "title" && m.Article == nil {
				require.LessOrEqual(t, *e.End, len(runes), "%s", text)
				require.Equal(t, *e.Text, string(runes[*e.Start:*e.End]), "%s", text)
			}
			require.NotEmpty(t, *e.Rule)
		}
	}
}

func TestRealFeedsOnDiscord(t *testing.T) {
	names, at := newsstand(t)
	names = slices.DeleteFunc(names, func(name string) bool { return !strings.HasPrefix(name, "rbren/") })
	require.NotEmpty(t, names)
	w := newTwin(t)
	configuration := reading(names, at, fmt.Sprintf("discord:%s/%s", w.Guild, w.Channel), fmt.Sprintf(`discord: {token: "${DISCORD_TOKEN}", api: %q}`, w.api))
	b := runBot(t, configuration, []string{"DISCORD_TOKEN=" + w.Token}, "run", "--once")
	require.Equal(t, 1, b.status(t), "a feed failed")
	require.Equal(t, unreadable, b.failures())
	var messages []json.RawMessage
	require.NoError(t, call(w.ctl+"/messages", map[string]any{}, &messages))
	t.Logf("%d feeds, %d messages", len(names), len(messages))
	require.Greater(t, len(messages), 3)
	w.done(t)
}
