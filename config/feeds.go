package config

import (
	"net/url"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"golang.org/x/text/language"
)

// feeds reads the list of feeds, in which no name and no URL stands twice.
func (r *reader) feeds(path string, n ast.Node) {
	names, urls := map[string]string{}, map[string]string{}
	r.list(path, n, func(path string, n ast.Node) {
		f := r.feed(path, n)
		r.once(names, path+".name", fold(f.Name), "another feed is called so already, at line %d. Give each a name of its own.")
		r.once(urls, path+".url", sameURL(f.URL), "this URL is read already, at line %d. Take one of the two out.")
		r.file.Feeds = append(r.file.Feeds, f)
	})
}

// once notes a mistake if the key was seen; %d in say is the line of the first.
func (r *reader) once(seen map[string]string, path, key, say string) {
	if key == "" {
		return
	}
	if first, again := seen[key]; again {
		line, _ := r.file.At(first)
		r.wrong(path, say, line)
		return
	}
	seen[key] = path
}

func (r *reader) feed(path string, n ast.Node) Feed {
	f := Feed{Schedule: "auto"}
	r.object(path, n, []field{
		{name: "name", required: true, read: r.into(&f.Name, maxName)},
		{name: "url", required: true, read: func(path string, n ast.Node) {
			if s, ok := r.text(path, n, maxURL); ok {
				if _, ok := r.web(path, "url:", s.text); ok {
					f.URL = s.text
				}
			}
		}},
		{name: "schedule", read: r.into(&f.Schedule, 200)},
		{name: "new", read: r.firstVisit(&f.New)},
		{name: "source", read: func(path string, n ast.Node) { r.source(&f.Source, path, n) }},
		{name: "full_text", read: r.flag(&f.FullText)},
		{name: "headers", read: r.headers(&f.Headers)},
		{name: "login", read: r.login(&f.Login)},
		{name: "proxy", read: r.proxy(&f.Proxy)},
	})
	if f.Login != nil && f.Headers.has("authorization") {
		r.wrong(path+".login", "login: and the header Authorization say the same. Keep one of the two.")
	}
	if strings.HasPrefix(f.URL, "http://") && (f.Login != nil || len(f.Headers) > 0) {
		r.warn(path+".url", "what is secret in headers: and login: goes unencrypted to an http:// address. Write https:// if the site has it.")
	}
	return f
}

func (r *reader) firstVisit(target *New) func(string, ast.Node) {
	return func(path string, n ast.Node) {
		s, ok := r.scalar(path, n)
		if !ok {
			return
		}
		if *target, ok = parseNew(s.text); !ok {
			*target = 0
			r.wrong(path, "new: cannot be %s. Write none, all, or a number up to 1000.", s.shown)
		}
	}
}

func (r *reader) source(s *Source, path string, n ast.Node) {
	r.object(path, n, []field{
		{name: "title", read: r.into(&s.Title, maxName)},
		{name: "country", read: r.country(&s.Country)},
		{name: "language", read: r.language(&s.Language)},
		{name: "ownership", read: r.oneOf(&s.Ownership, "state", "public", "independent", "official")},
	})
}

// country takes two letters of ISO 3166-1, and EU and UN, which the standard reserves for them.
func (r *reader) country(target *string) func(string, ast.Node) {
	return func(path string, n ast.Node) {
		s, ok := r.text(path, n, maxName)
		if !ok {
			return
		}
		code := strings.ToUpper(s.text)
		region, err := language.ParseRegion(code)
		switch {
		case err != nil || len(code) != 2 || !region.IsCountry() && code != "EU" && code != "UN":
			r.wrong(path, "country: cannot be %s. Write the two letters of ISO 3166, such as US, DE or QA.", s.shown)
		case code == "UK":
			r.wrong(path, "country: cannot be \"UK\". Write GB, the code of the United Kingdom in ISO 3166.")
		case code != s.text:
			r.wrong(path, "country: is written in capitals. Write %s.", code)
		default:
			*target = code
		}
	}
}

func (r *reader) language(target *string) func(string, ast.Node) {
	return func(path string, n ast.Node) {
		s, ok := r.text(path, n, maxName)
		if !ok {
			return
		}
		tag, err := language.Parse(s.text)
		if err != nil || tag == language.Und {
			r.wrong(path, "language: cannot be %s. Write a BCP 47 tag, such as en, ru, pt-BR or zh-Hant.", s.shown)
			return
		}
		*target = tag.String()
	}
}

// sameURL is equal for URLs that differ only in the case of scheme and host, the default port or the fragment.
func sameURL(text string) string {
	u, err := url.Parse(text)
	if err != nil || text == "" {
		return text
	}
	u.Scheme, u.Host, u.Fragment = strings.ToLower(u.Scheme), strings.ToLower(u.Host), ""
	if port := u.Port(); u.Scheme == "http" && port == "80" || u.Scheme == "https" && port == "443" {
		u.Host = strings.TrimSuffix(u.Host, ":"+port)
	}
	if u.Path == "" {
		u.Path = "/"
	}
	return u.String()
}
