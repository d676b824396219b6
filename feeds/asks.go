package feeds

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	maxHead       = 64 << 10 // bytes of a feed's head that are looked at
	maxHeadTokens = 2000
)

// asks are what a feed's head asks of its readers, and the hub that it names.
type asks struct {
	wait      time.Duration // between visits, by ttl or sy:updatePeriod; 0 if it does not say
	hub, self string
}

// asksOf reads the head of an RSS, RDF or Atom feed, up to its first item, or the hubs of a JSON feed.
// https://www.rssboard.org/rss-specification#ltttlgtSubelementOfLtchannelgt
// https://web.resource.org/rss/1.0/modules/syndication/
func asksOf(body []byte) asks {
	if trimmed := bytes.TrimLeft(body, "\ufeff \t\r\n"); len(trimmed) > 0 && trimmed[0] == '{' {
		return asksOfJSON(trimmed)
	}
	d := xml.NewDecoder(io.LimitReader(bytes.NewReader(body), maxHead))
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // what is read here is ASCII
	var h head
	for range maxHeadTokens {
		t, err := d.RawToken()
		if err != nil {
			break
		}
		if h.done(t) {
			break
		}
	}
	return h.asks()
}

// head is what was met so far in a feed's head.
type head struct {
	path           []string
	ttl, period, n string
	hub, self      string
}

// done takes the next token; true at the first item.
func (h *head) done(t xml.Token) bool {
	switch t := t.(type) {
	case xml.StartElement:
		name := strings.ToLower(t.Name.Local)
		if name == "item" || name == "entry" {
			return true
		}
		h.path = append(h.path, name)
		if name == "link" && len(h.path) <= 3 {
			h.link(t.Attr)
		}
	case xml.EndElement:
		if len(h.path) > 0 {
			h.path = h.path[:len(h.path)-1]
		}
	case xml.CharData:
		if len(h.path) < 2 || len(h.path) > 3 {
			return false
		}
		text := strings.TrimSpace(string(t))
		switch h.path[len(h.path)-1] {
		case "ttl":
			h.ttl += text
		case "updateperiod":
			h.period += text
		case "updatefrequency":
			h.n += text
		}
	}
	return false
}

// link takes a link element's rel and href.
func (h *head) link(attrs []xml.Attr) {
	var rel, href string
	for _, a := range attrs {
		switch strings.ToLower(a.Name.Local) {
		case "rel":
			rel = strings.ToLower(strings.TrimSpace(a.Value))
		case "href":
			href = strings.TrimSpace(a.Value)
		}
	}
	switch {
	case rel == "hub" && h.hub == "":
		h.hub = href
	case rel == "self" && h.self == "":
		h.self = href
	}
}

func (h *head) asks() asks {
	a := asks{hub: h.hub, self: h.self}
	if minutes, err := strconv.Atoi(h.ttl); err == nil && minutes > 0 {
		a.wait = time.Duration(min(minutes, 60*24*30)) * time.Minute
	}
	const day = 24 * time.Hour
	periods := map[string]time.Duration{"hourly": time.Hour, "daily": day, "weekly": 7 * day, "monthly": 30 * day, "yearly": 365 * day}
	if period := periods[strings.ToLower(h.period)]; period > 0 {
		n, err := strconv.Atoi(h.n)
		if err != nil || n < 1 {
			n = 1
		}
		a.wait = max(a.wait, period/time.Duration(n))
	}
	return a
}

// asksOfJSON reads the hubs of a JSON feed. https://www.jsonfeed.org/version/1.1/
func asksOfJSON(body []byte) asks {
	if !bytes.Contains(body, []byte(`"hubs"`)) {
		return asks{}
	}
	var feed struct {
		Self string                       `json:"feed_url"`
		Hubs []struct{ Type, URL string } `json:"hubs"`
	}
	if json.Unmarshal(body, &feed) != nil {
		return asks{}
	}
	for _, hub := range feed.Hubs {
		if strings.EqualFold(hub.Type, "WebSub") {
			return asks{hub: hub.URL, self: feed.Self}
		}
	}
	return asks{}
}

// hub returns the hub that the header or else the feed names, and what it knows the feed as; "" if there is none that can
// be asked. https://www.w3.org/TR/websub/#discovery
func (f Fetched) hub(a asks) (hub, topic string) {
	base := parseBase(f.URL)
	for _, l := range f.Links {
		target, rel := parseLink(l)
		switch rel {
		case "hub":
			a.hub = target
		case "self":
			a.self = target
		}
	}
	if a.hub = link(base, a.hub); a.hub == "" {
		return "", ""
	}
	if topic = link(base, a.self); topic == "" {
		topic = f.URL
	}
	return a.hub, topic
}

// parseLink reads one value of a Link header (RFC 8288): <target>; rel="hub".
func parseLink(value string) (target, rel string) {
	target, params, ok := strings.Cut(strings.TrimSpace(value), ">")
	if !ok || !strings.HasPrefix(target, "<") {
		return "", ""
	}
	for p := range strings.SplitSeq(params, ";") {
		name, v, _ := strings.Cut(strings.TrimSpace(p), "=")
		if strings.EqualFold(name, "rel") {
			rel = strings.ToLower(strings.Trim(v, `" `))
		}
	}
	return target[1:], rel
}

// linkValues parts Link headers into their values: a comma separates them outside of <> and quotes.
func linkValues(h http.Header) []string {
	var out []string
	for _, line := range h.Values("Link") {
		start, quoted, angle := 0, false, false
		for i, r := range line {
			switch {
			case r == '"':
				quoted = !quoted
			case r == '<' && !quoted:
				angle = true
			case r == '>' && !quoted:
				angle = false
			case r == ',' && !quoted && !angle:
				out = append(out, line[start:i])
				start = i + 1
			}
		}
		out = append(out, line[start:])
		if len(out) > 50 {
			break
		}
	}
	return out
}
