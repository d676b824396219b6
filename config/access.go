package config

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml/ast"
	"golang.org/x/net/http/httpguts"
)

// Headers are sent with a feed's requests, by name. Their values are secrets, whatever they are.
type Headers map[string]Secret

// A Login is sent to a feed that asks for a user and a password (HTTP Basic).
type Login struct {
	User     string `json:"user" jsonschema:"required,minLength=1,maxLength=200" jsonschema_description:"The user's name."`
	Password Secret `json:"password" jsonschema:"required" jsonschema_description:"As ${NAME} or ${file:PATH}."`
}

// ours tells whether the fetcher writes a header itself, or it belongs to the connection (RFC 9110, section 7.6.1).
func ours(folded string) bool {
	return slices.Contains([]string{
		"accept-encoding", "connection", "content-length", "content-type", "expect", "host", "if-match", "if-modified-since", "if-none-match",
		"if-range", "if-unmodified-since", "keep-alive", "proxy-authorization", "proxy-connection", "range", "te", "trailer", "transfer-encoding", "upgrade",
	}, folded)
}

// telling are the names of headers whose values let somebody in.
var telling = regexp.MustCompile(`(?i)cookie|authorization|token|key|secret|passw|session|auth`)

// headers reads the headers of a feed.
func (r *reader) headers(target *Headers) func(string, ast.Node) {
	return func(path string, n ast.Node) {
		n = r.resolve(path, n)
		if n == nil {
			return
		}
		m, ok := n.(ast.MapNode)
		if !ok {
			r.wrong(path, "headers: must be names with values. Write each as `Name: \"${VALUE}\"` on a line of its own.")
			return
		}
		all, before := Headers{}, len(r.mistakes)
		for pairs := m.MapRange(); pairs.Next(); {
			name := pairs.Key().GetToken().Value
			switch folded := strings.ToLower(name); {
			case pairs.Key().IsMergeKey():
				r.aside(path, pairs.Key(), "merging with << is not supported. Write the headers out.")
			case !httpguts.ValidHeaderFieldName(name):
				r.aside(path, pairs.Key(), "this is no name of a header. Write one such as Cookie, Authorization or X-Api-Key.")
			case ours(folded):
				r.aside(path, pairs.Key(), "this header is written by the fetcher itself. Take it out.")
			case all.has(folded):
				r.aside(path, pairs.Key(), "this header is given twice. Keep one of the two.")
			default:
				at := path + "." + name
				r.place(at, begin(pairs.Value()), "")
				if value, ok := r.headerValue(at, name, pairs.Value()); ok {
					all[name] = value
				}
			}
		}
		if len(all) == 0 && len(r.mistakes) == before {
			r.wrong(path, "headers: is empty. Fill it or take it out.")
		}
		*target = all
	}
}

func (h Headers) has(folded string) bool {
	for name := range h {
		if strings.EqualFold(name, folded) {
			return true
		}
	}
	return false
}

// headerValue reads a value and warns of one that lets somebody in and stands in the file.
func (r *reader) headerValue(path, name string, n ast.Node) (Secret, bool) {
	s, ok := r.scalar(path, n)
	switch {
	case !ok:
		return Secret{}, false
	case s.text == "":
		r.wrong(path, "this header is empty. Set the variable or file it is taken from, or take it out.")
		return Secret{}, false
	case !httpguts.ValidHeaderFieldValue(s.text) || strings.ContainsFunc(s.text, unicode.IsControl):
		r.wrong(path, "this header holds a line break or a control character. Copy the value again, without anything around it.")
		return Secret{}, false
	case s.inFile && telling.MatchString(name):
		r.warn(path, "this header stands in the file itself, where whoever sees the file sees it. Take it from the environment with ${NAME}, or from a file with ${file:PATH}.")
	}
	return NewSecret(s.text), true
}

// login reads a user and a password.
func (r *reader) login(target **Login) func(string, ast.Node) {
	return func(path string, n ast.Node) {
		l := &Login{}
		r.object(path, n, []field{
			{name: "user", required: true, read: func(path string, n ast.Node) {
				if s, ok := r.text(path, n, 200); ok {
					if l.User = s.text; strings.Contains(s.text, ":") { // RFC 7617, section 2
						r.wrong(path, "user: cannot hold a colon. Write the name alone.")
					}
				}
			}},
			{name: "password", required: true, read: func(path string, n ast.Node) {
				if s, ok := r.headerValue(path, "password", n); ok {
					l.Password = s
				}
			}},
		})
		*target = l
	}
}

// proxy reads the address of a proxy, which may hold its password.
func (r *reader) proxy(target *Secret) func(string, ast.Node) {
	return func(path string, n ast.Node) {
		s, ok := r.text(path, n, maxURL)
		if !ok {
			return
		}
		u, err := url.Parse(s.text)
		switch {
		case err != nil || u.Hostname() == "" || !slices.Contains([]string{"http", "https", "socks5", "socks5h"}, u.Scheme):
			r.wrong(path, "proxy: is not the address of a proxy. Write it as http://HOST:PORT, https://HOST:PORT or socks5://HOST:PORT.")
		case u.Port() != "" && !validPort(u.Port()):
			r.wrong(path, "proxy: has a port that cannot be. Write a number from 1 to 65535.")
		case strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "":
			r.wrong(path, "proxy: ends with its port. Take out what follows.")
		default:
			*target = NewSecret(s.text)
			if _, password := u.User.Password(); password && s.inFile {
				r.warn(path, "the proxy's password stands in the file itself, where whoever sees the file sees it. Take it from the environment with ${NAME}.")
			}
		}
	}
}
