package demo

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/require"
)

var start = time.Date(2026, 3, 14, 9, 26, 53, 0, time.UTC)

func get(t *testing.T, h http.Handler, path string, header ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func fixed(elapsed time.Duration) http.Handler {
	return handler(start, func() time.Duration { return elapsed })
}

func text(t *testing.T, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	require.NoError(t, err)
	return string(b)
}

func TestWorld(t *testing.T) {
	feeds := Feeds("")
	require.GreaterOrEqual(t, len(feeds), 8)
	languages, kinds := map[string]bool{}, map[string]bool{}
	scripts := map[string]*unicode.RangeTable{"Latin": unicode.Latin, "Cyrillic": unicode.Cyrillic, "Arabic": unicode.Arabic, "Han": unicode.Han}
	found := map[string]bool{}
	entries, err := files.ReadDir("feeds")
	require.NoError(t, err)
	require.Len(t, entries, len(feeds), "every file is served by a feed")
	for _, f := range feeds {
		r := get(t, fixed(0), f.URL)
		require.Equal(t, http.StatusOK, r.StatusCode, f.Name)
		body := text(t, r)
		languages[f.Language], kinds[strings.Split(r.Header.Get("Content-Type"), ";")[0]] = true, true
		for name, table := range scripts {
			if strings.ContainsFunc(body, func(c rune) bool { return unicode.Is(table, c) }) {
				found[name] = true
			}
		}
		n := strings.Count(body, "<item>") + strings.Count(body, "<item rdf:about") + strings.Count(body, "<entry>") + strings.Count(body, "date_published")
		require.True(t, n >= 4 && n <= 8, "%s has %d items", f.Name, n)
		require.Contains(t, body, f.Title)
		require.NotContains(t, body, "{{")
		for _, address := range regexp.MustCompile(`https?://[^/"<\s]+`).FindAllString(body, -1) {
			if !strings.Contains(address, "w3.org") && !strings.Contains(address, "purl.org") && !strings.Contains(address, "jsonfeed.org") {
				require.True(t, strings.HasSuffix(address, ".example"), "%s leads to %s", f.Name, address)
			}
		}
		require.NoError(t, wellFormed(f.URL, body), f.Name)
	}
	require.GreaterOrEqual(t, len(languages), 5)
	require.GreaterOrEqual(t, len(found), 3)
	require.Len(t, kinds, 4, "RSS, Atom, RDF and JSON Feed: %v", kinds)
	require.Error(t, wellFormed("a.xml", "<rss><channel></rss>"))
}

func wellFormed(name, body string) error {
	if strings.HasSuffix(name, ".json") {
		return json.Unmarshal([]byte(body), new(any))
	}
	for d := xml.NewDecoder(strings.NewReader(body)); ; {
		switch _, err := d.Token(); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
	}
}

// TestDates: every date is before the start, by less than two days, and moves with it.
func TestDates(t *testing.T) {
	dates := regexp.MustCompile(`<pubDate>(.*?)</pubDate>|<published>(.*?)</published>|<dc:date>(.*?)</dc:date>|"date_published": "(.*?)"`)
	for _, f := range Feeds("") {
		all := dates.FindAllStringSubmatch(text(t, get(t, fixed(0), f.URL)), -1)
		require.NotEmpty(t, all, f.Name)
		for _, m := range all {
			s := strings.Join(m[1:], "")
			at, err := time.Parse(time.RFC3339, s)
			if err != nil {
				at, err = time.Parse(time.RFC1123Z, s)
			}
			require.NoError(t, err, f.Name)
			require.True(t, at.Before(start) && at.After(start.Add(-48*time.Hour)), "%s: %s", f.Name, at)
		}
	}
}

func TestLater(t *testing.T) {
	const wire, courier = "/meridian-wire.xml", "/northern-courier.xml"
	require.NotContains(t, text(t, get(t, fixed(19*time.Second), wire)), "Geneva")
	require.Contains(t, text(t, get(t, fixed(20*time.Second), wire)), "Geneva")
	require.NotContains(t, text(t, get(t, fixed(49*time.Second), courier)), "Geneva")
	require.Contains(t, text(t, get(t, fixed(50*time.Second), courier)), "Geneva")
	for _, f := range Feeds("") {
		require.NoError(t, wellFormed(f.URL, text(t, get(t, fixed(time.Hour), f.URL))), f.Name)
	}
	for _, s := range Later() {
		d := time.Duration(s) * time.Second
		require.Equal(t, start.Add(d), changed(start, d))
		require.NotEqual(t, start.Add(d), changed(start, d-1))
	}
}

func TestConditional(t *testing.T) {
	first := get(t, fixed(0), "/le-quai.xml")
	tag, modified := first.Header.Get("ETag"), first.Header.Get("Last-Modified")
	require.NotEmpty(t, tag)
	require.NotEmpty(t, modified)
	require.Equal(t, http.StatusNotModified, get(t, fixed(time.Hour), "/le-quai.xml", "If-None-Match", tag).StatusCode)
	require.Equal(t, http.StatusNotModified, get(t, fixed(0), "/le-quai.xml", "If-Modified-Since", modified).StatusCode)
	wire := get(t, fixed(0), "/meridian-wire.xml").Header.Get("ETag")
	require.Equal(t, http.StatusOK, get(t, fixed(time.Hour), "/meridian-wire.xml", "If-None-Match", wire).StatusCode)
	for _, missing := range []string{"/", "/feeds", "/nothing.xml", "/../demo.go"} {
		require.Equal(t, http.StatusNotFound, get(t, fixed(0), missing).StatusCode, missing)
	}
	require.Equal(t, http.StatusOK, get(t, Handler(start), "/le-quai.xml").StatusCode)
}

func TestConfig(t *testing.T) {
	c := string(Config("http://127.0.0.1:4711"))
	for _, f := range Feeds("http://127.0.0.1:4711") {
		require.Contains(t, c, "url: "+f.URL+"\n")
	}
	require.Contains(t, c, "allow_private_networks: true")
	require.Contains(t, c, "channel: console:desk")
}
