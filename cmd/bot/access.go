package main

import (
	"net/http"
	"net/url"

	"github.com/seed-6c43f0f2/attache/config"
	"github.com/seed-6c43f0f2/attache/feeds"
)

// accessOf returns how the feeds of the file are fetched that do not let everybody in, by URL. It holds their secrets, so it
// goes to the fetcher and nowhere else: not into the store, not into a log.
func accessOf(file *config.File) map[string]feeds.Access {
	out := map[string]feeds.Access{}
	for _, f := range file.Feeds {
		if len(f.Headers) == 0 && f.Login == nil && !f.Proxy.Given() {
			continue
		}
		a := feeds.Access{Header: http.Header{}, Proxy: proxyOf(f.Proxy)}
		for name, value := range f.Headers {
			a.Header.Set(name, value.Reveal())
		}
		if f.Login != nil {
			a.User, a.Password = f.Login.User, f.Login.Password.Reveal()
		}
		out[f.URL] = a
	}
	return out
}

// proxyOf returns the address of a proxy that config has checked; nil if there is none.
func proxyOf(s config.Secret) *url.URL {
	u, err := url.Parse(s.Reveal())
	if err != nil || u.Host == "" {
		return nil
	}
	return u
}
