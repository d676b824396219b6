// Package demo is the sample world of `bot demo`: outlets that do not exist, in eight languages and four scripts, with the
// feeds they would serve and the configuration that reads them. It needs no network beyond a loopback server and no file.
//
// Invariants:
//   - Every feed says that it is a sample; every address in it ends in .example, which no one can own (RFC 2606).
//   - What is served depends only on the start and on how long ago it was: dates are the start minus some minutes, and a
//     few items appear later, so that one who stays sees an alert arrive.
//   - The package imports the standard library alone.
package demo

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"net/http"
	"path"
	"slices"
	"text/template"
	"time"
)

//go:embed feeds
var files embed.FS

// A Feed is a sample feed with the label of its invented outlet.
type Feed struct {
	Name      string // short, unique: "harbour-post"
	URL       string
	Title     string
	Country   string // ISO 3166-1 alpha-2
	Language  string // BCP 47
	Ownership string // state, public or independent
}

// Feeds returns the sample feeds as they are served at base, such as "http://127.0.0.1:4711".
func Feeds(base string) []Feed {
	at := func(file, title, country, language, ownership string) Feed {
		name := file[:len(file)-len(path.Ext(file))]
		return Feed{Name: name, URL: base + "/" + file, Title: title, Country: country, Language: language, Ownership: ownership}
	}
	return []Feed{
		at("meridian-wire.xml", "Meridian Wire", "US", "en", "independent"),
		at("northern-courier.xml", "Northern Courier", "CA", "en", "public"),
		at("pacific-ledger.json", "Pacific Ledger", "AU", "en", "independent"),
		at("harbour-post.xml", "The Harbour Post", "GB", "en", "independent"),
		at("le-quai.xml", "Le Quai", "FR", "fr", "public"),
		at("elbe-zeitung.xml", "Elbe-Zeitung", "DE", "de", "independent"),
		at("volzhsky-vestnik.xml", "Волжский вестник", "RU", "ru", "state"),
		at("dniprovsky-chas.json", "Дніпровський час", "UA", "uk", "independent"),
		at("al-manara.xml", "صحيفة المنارة", "JO", "ar", "independent"),
		at("plaza-mayor.rdf", "Plaza Mayor", "ES", "es", "independent"),
		at("rijiang-wanbao.xml", "日江晚报", "CN", "zh", "state"),
	}
}

// Later returns after how many seconds the feeds serve an item more, ascending.
func Later() []int { return []int{20, 50} }

// Handler serves the sample feeds as if they had been read at now; what comes later comes by the machine's clock from
// this call on. It answers conditional requests with 304.
func Handler(now time.Time) http.Handler {
	began := time.Now()
	return handler(now, func() time.Duration { return time.Since(began) })
}

// handler is Handler with its own way to tell how much time has passed.
func handler(now time.Time, passed func() time.Duration) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		feeds := Feeds("")
		i := slices.IndexFunc(feeds, func(f Feed) bool { return f.URL == r.URL.Path })
		if i < 0 {
			http.NotFound(w, r)
			return
		}
		name, elapsed := path.Base(feeds[i].URL), passed()
		body, err := draw(name, now, elapsed)
		if err != nil {
			http.Error(w, "the sample feed is broken", http.StatusInternalServerError)
			return
		}
		sum := sha256.Sum256(body)
		w.Header().Set("Content-Type", contentType(name, body))
		w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
		http.ServeContent(w, r, name, changed(now, elapsed), bytes.NewReader(body))
	})
}

// draw fills in the dates of a feed file, and leaves out what has not come yet.
func draw(name string, now time.Time, elapsed time.Duration) ([]byte, error) {
	source, err := files.ReadFile("feeds/" + name)
	if err != nil {
		return nil, fmt.Errorf("draw sample feed: %w", err)
	}
	t, err := template.New(name).Funcs(template.FuncMap{
		"ago":    func(minutes int) time.Time { return now.Add(-time.Duration(minutes) * time.Minute) },
		"later":  func(seconds int) time.Time { return now.Add(time.Duration(seconds) * time.Second) },
		"passed": func(seconds int) bool { return elapsed >= time.Duration(seconds)*time.Second },
		"mail":   func(t time.Time) string { return t.UTC().Format(time.RFC1123Z) },
		"stamp":  func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
	}).Parse(string(source))
	if err != nil {
		return nil, fmt.Errorf("draw sample feed: %w", err)
	}
	var body bytes.Buffer
	if err := t.Execute(&body, nil); err != nil {
		return nil, fmt.Errorf("draw sample feed: %w", err)
	}
	return body.Bytes(), nil
}

// changed is when the feeds last gained an item.
func changed(now time.Time, elapsed time.Duration) time.Time {
	at := now
	for _, seconds := range Later() {
		if d := time.Duration(seconds) * time.Second; elapsed >= d {
			at = now.Add(d)
		}
	}
	return at
}

func contentType(name string, body []byte) string {
	switch {
	case path.Ext(name) == ".json":
		return "application/feed+json"
	case path.Ext(name) == ".rdf":
		return "application/rdf+xml; charset=utf-8"
	case bytes.Contains(body, []byte("<feed ")):
		return "application/atom+xml; charset=utf-8"
	}
	return "application/rss+xml; charset=utf-8"
}
