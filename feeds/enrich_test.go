package feeds

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// recorded is an archive that knows these articles by their keys, with their addresses.
type recorded map[string]string

func (r recorded) World(_ context.Context, q alerts.Question) (alerts.World, error) {
	w := alerts.World{Known: map[alerts.ArticleKey]bool{}, Links: map[alerts.ArticleKey]string{}}
	for _, k := range q.Keys {
		_, w.Known[k] = r[k.Key]
	}
	for _, k := range q.Links {
		if to := r[k.Key]; to != "" {
			w.Links[k] = to
		}
	}
	return w, nil
}

// following reads a visit's links on a web where t.co leads to the talks from /a and /b and to a story of its own from /c.
func following(t *testing.T, archive Archive, v alerts.Visit) []alerts.Article {
	t.Helper()
	f := NewFetcher(Options{Resolver: fakeDNS("93.184.216.34"), Timeout: time.Second})
	t.Cleanup(f.Close)
	web := answers{
		"https://t.co/robots.txt": "", "https://t.co/a": "=>https://gazette.example/talks", "https://t.co/b": "=>https://gazette.example/talks?utm_source=x",
		"https://t.co/c": "=>https://gazette.example/own",
	}
	record(f)
	f.direct = web.or(f.direct)
	return NewPages(f, archive, 0, func() time.Time { return noon }, slog.New(slog.DiscardHandler)).Enrich(t.Context(), v).Articles
}

// Links of one feed that lead to one page are one article only if they say the same: a live page has many.
func TestShortLinksThatLeadToOnePage(t *testing.T) {
	v := visitOf(false, "https://t.co/a", "https://t.co/b", "https://t.co/c")
	got := following(t, recorded{}, v)
	require.Equal(t, "https://gazette.example/talks", got[0].Canonical, "they say the same")
	require.Equal(t, got[0].Canonical, got[1].Canonical)
	require.Equal(t, "https://t.co/a", got[0].Link)

	v.Articles[1].Title = "Talks end"
	got = following(t, recorded{}, v)
	require.Empty(t, got[0].Canonical, "the page names neither")
	require.Empty(t, got[1].Canonical)
	require.Equal(t, "https://gazette.example/talks", got[0].URL)
	require.Equal(t, "https://gazette.example/own", got[2].Canonical)

	got = following(t, recorded{"k0": "https://gazette.example/talks"}, v)
	require.Empty(t, got[1].Canonical, "nor one that was read before and is still there")
	v.Articles = append(v.Articles[1:], alerts.Article{Key: "k3", URL: "https://gazette.example/talks", Canonical: "https://gazette.example/talks", Title: "The talks"})
	got = following(t, recorded{}, v)
	require.Empty(t, got[0].Canonical, "nor one that the feed links to itself")
}

// An article that was followed is known again by where it led, and not followed again.
func TestAFollowedArticleKeepsItsAddress(t *testing.T) {
	v := visitOf(false, "https://t.co/gone", "https://t.co/c")
	got := following(t, recorded{"k0": "https://gazette.example/talks"}, v)
	require.Equal(t, "https://gazette.example/talks", got[0].URL, "although the link is dead by now")
	require.Equal(t, "https://t.co/gone", v.Articles[0].URL, "the visit that was given stays as it was")
	got = following(t, recorded{"k0": "https://t.co/gone"}, v)
	require.Equal(t, "https://t.co/gone", got[0].URL, "it was not followed in time")
	require.Empty(t, got[0].Link)
}

// Where it is not known which articles are new, no page is read, and that is said.
func TestWhyNoPagesWereRead(t *testing.T) {
	got := following(t, knowing{"broken": true}, visitOf(true, "https://t.co/a"))
	require.Equal(t, "It was not known which articles are new, so no pages were read.", got[0].Page)
	got = following(t, knowing{"broken": true}, visitOf(false, "https://t.co/a"))
	require.Empty(t, got[0].Page, "none was asked for")
}
