package feeds

import (
	"encoding/base64"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"
)

// googleNews writes an id as Google News wrote them: the address as field 4 of a message.
func googleNews(address string) string {
	raw := append([]byte{0x08, 0x13, 0x22}, byte(len(address)))
	if len(address) > 127 {
		raw = append([]byte{0x08, 0x13, 0x22}, byte(len(address)&0x7F|0x80), byte(len(address)>>7))
	}
	raw = append(append(raw, address...), 0xd2, 0x01, 0x00)
	return "https://news.google.com/rss/articles/" + base64.RawURLEncoding.EncodeToString(raw) + "?oc=5"
}

func TestUnwrap(t *testing.T) {
	const page = "https://gazette.example/world/talks?id=7"
	asked := url.QueryEscape(page)
	long := "https://gazette.example/a-headline-of-many-words-that-goes-on-and-on-and-on-until-nobody-reads-it-any-more-and-then-some-more-of-it-follows-still.html"
	for link, want := range map[string]string{
		"https://www.google.com/url?rct=j&sa=t&url=" + asked + "&ct=ga&cd=xyz":                              page,
		"https://www.google.de/url?q=" + asked:                                                              page,
		"http://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&tid=1&url=" + asked + "&c=9&mkt=en-us":      page,
		"https://l.facebook.com/l.php?u=" + asked + "&h=AT0":                                                page,
		"https://r.search.yahoo.com/_ylt=A/RV=2/RE=1/RO=10/RU=https%3a%2f%2fgazette.example%2fa/RK=0/RS=x-": "https://gazette.example/a",
		"https://www.google.com/amp/s/gazette.example/world/talks":                                          "https://gazette.example/world/talks",
		"https://gazette-example.cdn.ampproject.org/c/s/gazette.example/world/talks":                        "https://gazette.example/world/talks",
		"https://eur02.safelinks.protection.outlook.com/?url=" + asked + "&data=x":                          page,
		"https://www.google.com/url?url=" + url.QueryEscape("https://l.facebook.com/l.php?u="+asked):        page,
		"https://www.google.com/url?url=https://u:secret@gazette.example/a":                                 "https://gazette.example/a",
		googleNews(page): page,
		googleNews(long): long,
		page:             page,
	} {
		require.Equal(t, want, unwrap(link), link)
		require.Equal(t, Canonical(want), Canonical(link), link)
	}
	for _, stays := range []string{
		"https://www.google.com/url?url=javascript:alert(1)", "https://www.google.com/url?url=data:text/html,x", "https://www.google.com/url?url=/local",
		"https://www.google.com/url?url=http://localhost/", "https://www.google.com/url?x=https://a.example/", "https://www.google.com/search?q=https://a.example/",
		"https://gazette.example/url?url=https://other.example/", "https://news.google.com/rss/articles/CBMiAU_yqLN0aGVyZQ?oc=5",
		"https://news.google.com/rss/articles/%%%", "https://www.google.com/amp/s/nohost", "ftp://www.google.com/url?url=https://a.example/", "",
	} {
		require.Equal(t, stays, unwrap(stays))
	}
}

func FuzzUnwrap(f *testing.F) {
	for _, s := range []string{
		googleNews("https://a.example/1"), "https://www.google.com/url?url=https%3A%2F%2Fa.example%2F", "https://www.google.com/amp/s/a.example/x",
		"https://r.search.yahoo.com/RU=https%3a%2f%2fa.example/RK=0", "http://m.bing.com/news/apiclick.aspx?url=http://www.google.com/url%3Fq=http://a.example",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := unwrap(s)
		require.LessOrEqual(t, len(got), len(s))
		require.Equal(t, got, unwrap(got), "not stable")
		if got != s {
			u, err := url.Parse(got)
			require.NoError(t, err)
			require.Contains(t, []string{"http", "https"}, u.Scheme)
			require.Nil(t, u.User)
		}
		c := Canonical(s)
		require.Equal(t, c, Canonical(c), "not stable")
	})
}
