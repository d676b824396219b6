package config

import (
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"
)

const (
	maxName = 100  // runes of a name: what Discord's autocomplete shows, https://discord.com/developers/docs/interactions/application-commands
	maxURL  = 2000 // runes of a URL
	day     = 24 * time.Hour
)

// everything reads the whole configuration.
func (r *reader) everything(n ast.Node) {
	f := r.file
	r.object("", n, []field{
		{name: "store", read: r.store},
		{name: "max_age", read: r.duration(&f.MaxAge, time.Hour, 3650*day, "1h to 3650d")},
		{name: "retention", read: r.duration(&f.Retention, time.Hour, 3650*day, "1h to 3650d")},
		{name: "fetch", read: r.fetch},
		{name: "listen", read: r.listen},
		{name: "public_url", read: r.publicURL},
		{name: "feeds", read: r.feeds},
		{name: "watchlists", read: r.watchlists},
		{name: "subscriptions", read: r.subscriptions},
		{name: "admins", read: r.admins},
		{name: "platforms", read: r.platforms},
	})
	r.known()
	r.ages()
	r.idle()
}

// onlyWatchlists reads watchlists: and leaves every other key unread.
func (r *reader) onlyWatchlists(n ast.Node) {
	m, ok := r.resolve("", n).(ast.MapNode)
	if !ok {
		r.wrong("", "the file must be YAML with a top-level watchlists:. Write it as `bot init` shows.")
		return
	}
	found := false
	for pairs := m.MapRange(); pairs.Next(); {
		if pairs.Key().GetToken().Value != "watchlists" {
			continue
		}
		r.place("watchlists", begin(pairs.Value()), "")
		if found {
			r.aside("", pairs.Key(), "\"watchlists\" is given twice. Keep one of the two.")
			continue
		}
		found = true
		r.watchlists("watchlists", pairs.Value())
	}
	if !found {
		r.wrong("", "the file has no top-level watchlists:. Add it as `bot init` shows.")
	}
}

// store takes sqlite:PATH or postgres://USER@HOST/DATABASE.
func (r *reader) store(path string, n ast.Node) {
	s, ok := r.text(path, n, maxURL)
	if !ok {
		return
	}
	kind, rest, _ := strings.Cut(s.text, ":")
	switch {
	case kind == "postgres" || kind == "postgresql":
		r.postgres(path, s)
	case kind == "sqlite" && (rest == "" || strings.HasPrefix(rest, ":")):
		r.wrong(path, nameStore)
	case kind == "sqlite" && strings.HasSuffix(rest, "/"):
		r.wrong(path, "store: names a folder. Write the file's name behind it, such as sqlite:FOLDER/attache.db.")
	case kind == "sqlite" && strings.Contains(rest, "?"):
		r.wrong(path, "store: takes no options. Take out the ? and what follows it.")
	case kind != "sqlite":
		r.wrong(path, "store: is where everything is kept. Write sqlite:PATH, such as sqlite:attache.db, or postgres://USER@HOST/DATABASE.")
	default:
		r.file.Store = s.text
	}
}

// postgres takes the address of a PostgreSQL database. What is wrong with it is not quoted: it may hold a password.
func (r *reader) postgres(path string, s scalar) {
	u, err := url.Parse(s.text)
	if err != nil || u.Opaque != "" || u.Path == "" || u.Path == "/" || u.Host == "" && u.Query().Get("host") == "" {
		r.wrong(path, "store: is no address of a PostgreSQL database. Write postgres://USER@HOST/DATABASE, such as postgres://attache@db.example.org/attache.")
		return
	}
	r.file.Store = s.text
	if _, written := u.User.Password(); written && s.inFile {
		r.warn(path, "the store's password stands in the file itself, where whoever sees the file sees it. Take it from the environment with ${NAME}, or leave it out and set PGPASSWORD.")
	}
}

func (r *reader) fetch(path string, n ast.Node) {
	f := &r.file.Fetch
	public := f.AllowPorts
	f.AllowPorts = nil
	r.object(path, n, []field{
		{name: "allow_private_networks", read: r.flag(&f.AllowPrivateNetworks)},
		{name: "allow_ports", read: r.ports},
		{name: "max_body", read: r.size(&f.MaxBody, 64<<10, 256<<20)},
		{name: "timeout", read: r.duration(&f.Timeout, time.Second, 10*time.Minute, "1s to 10m")},
		{name: "workers", read: r.number(&f.Workers, 1, 256)},
		{name: "contact", read: r.contact},
		{name: "proxy", read: r.proxy(&f.Proxy)},
	})
	if f.AllowPorts == nil && !f.AllowPrivateNetworks { // a network of one's own has feeds at any port
		f.AllowPorts = public
	}
}

func (r *reader) ports(path string, n ast.Node) {
	before := len(r.mistakes)
	var ports []int
	r.list(path, n, func(path string, n ast.Node) {
		s, ok := r.scalar(path, n)
		if !ok {
			return
		}
		port, err := strconv.Atoi(s.text)
		if err != nil || port < 1 || port > 65535 {
			r.wrong(path, "%s is not a port. Write a number from 1 to 65535.", s.shown)
			return
		}
		ports = append(ports, port)
	})
	switch {
	case len(ports) > 0:
		r.file.Fetch.AllowPorts = ports
	case len(r.mistakes) == before:
		r.wrong(path, "allow_ports: is empty, so nothing could be fetched. Write [80, 443].")
	}
}

func (r *reader) contact(path string, n ast.Node) {
	s, ok := r.text(path, n, 200)
	if !ok {
		return
	}
	u, err := url.Parse(s.text)
	web := err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && u.User == nil
	mail := err == nil && u.Scheme == "mailto" && strings.Contains(u.Opaque, "@")
	if !web && !mail || strings.ContainsAny(s.text, " ()<>") {
		r.wrong(path, "contact: tells the owners of feeds who fetches. Write a page, https://example.org/bot, or mailto:NAME@HOST.")
		return
	}
	r.file.Fetch.Contact = s.text
}

// listen takes HOST:PORT; the host may be empty, for all addresses, and the port 0, for any that is free.
func (r *reader) listen(path string, n ast.Node) {
	s, ok := r.text(path, n, 300)
	if !ok {
		return
	}
	host, port, err := net.SplitHostPort(s.text)
	number, bad := strconv.Atoi(port)
	if err != nil || bad != nil || number < 0 || number > 65535 || strings.ContainsAny(host, "/ @") {
		r.wrong(path, "listen: must be HOST:PORT with a port up to 65535. Write 127.0.0.1:8080, or :8080 for all addresses.")
		return
	}
	r.file.Listen = s.text
}

func (r *reader) publicURL(path string, n ast.Node) {
	s, ok := r.text(path, n, maxURL)
	if !ok {
		return
	}
	if u, ok := r.web(path, "public_url:", s.text); ok {
		if u.RawQuery != "" || u.Fragment != "" {
			r.wrong(path, "public_url: must end with the path. Take out what follows ? or #.")
			return
		}
		r.file.PublicURL = strings.TrimSuffix(s.text, "/")
	}
}

// web checks an http or https URL. It never repeats the URL: it may hold a password.
func (r *reader) web(path, what, text string) (*url.URL, bool) {
	u, err := url.Parse(text)
	switch {
	case err != nil || strings.ContainsAny(text, " <>\""):
		r.wrong(path, "%s is not a URL. Write it whole, as https://HOST/PATH, with %%20 for a space.", what)
	case u.Scheme == "" || !strings.Contains(text, "://"):
		r.wrong(path, "%s lacks https:// in front. Write it whole, as https://HOST/PATH.", what)
	case u.Scheme != "http" && u.Scheme != "https":
		r.wrong(path, "%s must begin with http:// or https://. Other kinds of URL are not fetched.", what)
	case u.Hostname() == "":
		r.wrong(path, "%s names no host. Write it whole, as https://HOST/PATH.", what)
	case u.User != nil:
		r.wrong(path, "%s holds a user name or password. Take out what stands before the @.", what)
	case u.Port() != "" && !validPort(u.Port()):
		r.wrong(path, "%s has a port that cannot be. Write a number from 1 to 65535.", what)
	default:
		return u, true
	}
	return nil, false
}

func validPort(s string) bool {
	port, err := strconv.Atoi(s)
	return err == nil && port > 0 && port <= 65535
}
