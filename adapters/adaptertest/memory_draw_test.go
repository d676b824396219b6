package adaptertest

import (
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"

	"github.com/seed-6c43f0f2/attache/adapters/visible"
	"github.com/seed-6c43f0f2/attache/alerts"
)

// draw turns the delivery into the vendor's mark-up.
func (a *adapter) draw(d alerts.Delivery) call {
	c := call{channel: d.Channel, ref: d.Ref()}
	if a.bug["ref by story"] {
		c.ref = string(d.Story)
	}
	kind := d.Part.Kind()
	switch {
	case kind == "reply" && !a.bug["replies in the channel"]:
		c.thread = d.RootMessage
		if a.bug["one thread for all"] {
			c.thread = "m1"
		}
	case kind == "edit" && !a.bug["edits by posting"]:
		c.change = d.RootMessage
	}
	if a.bug["repeats by posting"] {
		a.vendor.mu.Lock()
		delete(a.vendor.refs, c.ref)
		a.vendor.mu.Unlock()
	}
	c.text = a.text(d, kind)
	if all := d.Alert.Pings(); len(all) > 0 && (kind == "post" || a.bug["pings on "+kind]) && !a.bug["never pings"] {
		if a.bug["pings the first only"] {
			all = all[:1]
		}
		c.text = "@" + strings.Join(all, " @") + "\n" + c.text
		c.mayPing = all
	}
	c.everybodyMay = a.bug["lets all ping"] || a.bug["lets all ping on edits"] && kind == "edit"
	return c
}

func (a *adapter) text(d alerts.Delivery, kind string) string {
	x := d.Alert
	title := a.fit("title", x.Title, 200, kind)
	if a.bug["cuts the beginning"] {
		r := []rune(x.Title)
		title = a.fit("title", string(r[max(0, len(r)-200):]), 200, kind)
	}
	if a.bug["edits lose the title"] && kind == "edit" {
		title = "changed"
	}
	lines := []string{"*" + title + "*"}
	if web(x.URL) || a.bug["any address"] && x.URL != "" {
		at := x.URL
		if !a.bug["raw address"] {
			at = escape(at)
		}
		if a.bug["no link"] || len(at) > 1500 && !a.bug["any address"] {
			at = ""
		}
		if at != "" {
			lines = append(lines, "[read]("+at+")")
		}
	}
	if a.bug["alien link"] {
		lines = append(lines, "[by us](https://attache.example.com)")
	}
	lines = append(lines, a.fit("summary", x.Summary, 900, kind))
	for _, s := range x.Sources[:min(len(x.Sources), 5)] {
		if !a.bug["no outlets"] {
			lines = append(lines, a.fit("outlet", s.Name, 100, kind)+" "+a.fit("outlet", string(s.Ownership), 60, kind))
		}
	}
	for _, hit := range x.Matches[:min(len(x.Matches), 5)] {
		words := ""
		if len(hit.Evidence) > 0 && !a.bug["no words"] {
			words = a.fit("words", hit.Evidence[0].Text, 80, kind)
		}
		lines = append(lines, a.fit("watch", hit.Watch, 80, kind)+": "+words)
	}
	lines = append(lines, a.stories(x, kind)...)
	if x.Sample && !a.bug["unmarked sample"] {
		lines = append(lines, "a sample")
	}
	if a.bug["clock in the text"] {
		lines = append(lines, time.Now().Format(time.RFC3339Nano))
	}
	if !a.bug["no short id"] {
		lines = append(lines, x.ID)
	}
	text := strings.Join(lines, "\n")
	if a.bug["crashes on a bare alert"] && len(x.Sources) == 0 {
		return fmt.Sprint(x.Title[:0])
	}
	return text
}

// stories are the lines of a message that tells several.
func (a *adapter) stories(x alerts.Alert, kind string) (lines []string) {
	const most = 12
	if a.bug["names no stories"] {
		return nil
	}
	for _, p := range x.Stories[:min(len(x.Stories), most)] {
		l := a.fit("story", p.Title, 60, kind) + " " + a.fit("outlet", p.Source.Name, 20, kind)
		for _, h := range p.Matches {
			l += " " + a.fit("watch", h.Watch, 60, kind)
		}
		if web(p.URL) && len(p.URL) < 200 && !a.bug["no link to stories"] {
			l += " [read](" + escape(p.URL) + ")"
		}
		lines = append(lines, l)
	}
	if n := len(x.Stories) + x.More - len(lines); n > 0 && !a.bug["tells of no more"] {
		lines = append(lines, fmt.Sprintf("and %d more", n))
	}
	return lines
}

// fit makes one field ready: cleaned, cut, escaped.
func (a *adapter) fit(field, s string, limit int, kind string) string {
	clean := visible.Clean(s)
	switch {
	case a.bug["keeps controls"]:
		clean = s
	case a.bug["drops joiners"]:
		clean = strings.NewReplacer("\u200c", "", "\u200d", "").Replace(clean)
	}
	switch {
	case a.bug["does not cut"]:
	case a.bug["cuts runes"] && visible.Runes(clean) > limit:
		clean = string([]rune(clean)[:limit])
	default:
		clean = visible.Cut(clean, limit, visible.Runes)
	}
	switch {
	case a.bug["raw "+field], a.bug["raw on "+kind]:
		return clean
	case a.bug["removes signs"]:
		return strings.Map(func(r rune) rune {
			if r < 128 && unicode.IsPunct(r) {
				return -1
			}
			return r
		}, clean)
	case a.bug["doubles escapes"]:
		return escape(escape(clean))
	}
	return escape(clean)
}

func escape(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r < 128 && r > ' ' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

func web(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && !strings.ContainsAny(address, " \n\x1b")
}
