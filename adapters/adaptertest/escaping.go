package adaptertest

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// injections are texts that some platform, or its terminal, would take for more than text. Those that count at the
// beginning of a line come in pairs, since each is at the beginning once.
func injections() []string {
	return []string{
		"@everyone", "@here", "<@1>", "<@!1>", "<@&1>", "<#1>", "</c:1>", "<t:1>", "<t:1:R>", "<id:customize>",
		"<!channel>", "<!here>", "<!everyone>", "<!subteam^S012345>", "<@U1>", "<#C1>", "<!date^1392734382^{date}^https://evil.example|x>",
		"[x](https://evil.example/a)", "[x](javascript:alert(1))", "[x](data:text/html,y)", "<https://evil.example|x>",
		"<https://evil.example>", "https://evil.example/bare", "<mailto:a@evil.example|x>", "![x](https://evil.example/i.png)",
		"# heading", "### heading", "-# small", "> quote", ">>> quote", "- item", "* item", "1. item",
		"||spoiler||", "*bold*", "**bold**", "_it_", "__u__", "~s~", "~~s~~", "`code`", "```\ncode\n```",
		":tada:", "<:name:1>", "<a:name:1>", "&lt;!channel&gt;", "&amp;", "&#64;everyone", `\@everyone`, `\\*b*`, `\`, "<", "a|b",
	}
}

// escaping: each injection in each field, in a root, an edit and a reply, stays the text that it is: it pings nobody,
// leads nowhere, and a reader sees it letter by letter. Two injections share an alert and change places once.
func escaping(t testing.TB, s Subject) {
	p := s.New(t)
	poster := p.Poster()
	all := injections()
	for i := 0; i < len(all); i += 2 {
		x, y := all[i], all[min(i+1, len(all)-1)]
		c := p.Channel(i / 2 % 3)
		a, b := injected(c, i, x, y), injected(c, i, y, x)
		id := post(t, poster, root(a))
		escaped(t, shown(t, p, c, id), "post", a, true)
		escaped(t, shown(t, p, c, post(t, poster, edit(b, id))), "edit", b, true)
		escaped(t, shown(t, p, c, post(t, poster, reply(a, id))), "reply", a, false)
	}
}

// injected returns an alert whose every field begins with x or y, each text followed by a word that names the field.
func injected(c alerts.Channel, n int, x, y string) alerts.Alert {
	a := sample(c, n)
	a.Title = x + "Qtitle " + y
	a.Summary = y + "Qsummary\n" + x + "\n" + y
	a.Language = x
	for i := range a.Sources {
		a.Sources[i].Name, a.Sources[i].Country, a.Sources[i].Ownership = x+"Qsource", y, alerts.Ownership(x)
	}
	for i, text := range []string{x, y} {
		hit := &a.Matches[i]
		hit.Watchlist, hit.Watch = text+"Qlist", text+"Qwatch"
		e := &hit.Evidence[0]
		e.Text, e.Term, e.Form = text+"Qwords", text+"Qterm", text+"Qform"
		e.Start, e.End = 0, len([]rune(text))
	}
	return a
}

// escaped checks one drawing of an injected alert; whole says that all of the alert must be in it.
func escaped(t testing.TB, m Message, part string, a alerts.Alert, whole bool) {
	t.Helper()
	what := fmt.Sprintf("%s of %q", part, a.Title)
	harmless(t, m, what, a)
	sees(t, m, what+": title", a.Title)
	if !whole {
		return
	}
	sees(t, m, what+": summary", a.Summary)
	sees(t, m, what+": outlet", a.Sources[0].Name)
	for _, hit := range a.Matches {
		sees(t, m, what+": watch", hit.Watch)
		sees(t, m, what+": words", hit.Evidence[0].Text)
	}
}

// characters: what would hide, reorder or command is not shown; what scripts and emoji need is kept.
func characters(t testing.TB, s Subject) {
	p := s.New(t)
	poster := p.Poster()
	var bad []rune
	for r := rune(0); r < 0xA0; r++ {
		if unicode.IsControl(r) && r != '\n' {
			bad = append(bad, r)
		}
	}
	bad = append(bad, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 0x200E, 0x200F, 0x061C,
		0xE0001, 0xE0020, 0xE0041, 0xE007F)
	const each = 8
	for i := 0; i < len(bad); i += each {
		text := "Kept"
		for _, r := range bad[i:min(i+each, len(bad))] {
			text += string(r) + "w"
		}
		a := injected(p.Channel(i/each%3), i, text, text)
		m := shown(t, p, a.Channel, post(t, poster, root(a)))
		harmless(t, m, fmt.Sprintf("with %q", text), a)
		sees(t, m, "letters around controls", "Kept")
	}
	for i, text := range []string{"\x1b]8;;https://evil.example\x07go\x1b]8;;\x07", "\x1b[31mred", "\x1b]0;title\x07", "\u009b31mred", "\x9b31m", "\xff\xfe broken"} {
		a := injected(p.Channel(i%3), 100+i, text, text)
		harmless(t, shown(t, p, a.Channel, post(t, poster, root(a))), fmt.Sprintf("with %q", text), a)
	}

	a := sample(p.Channel(0), 200)
	a.Title = "می\u200cخواهم 👩\u200d🚀 क्\u200dष Kept\u200dlatin"
	m := shown(t, p, a.Channel, post(t, poster, root(a)))
	sees(t, m, "joiners that the text needs", "می\u200cخواهم 👩\u200d🚀 क्\u200dष")
	sees(t, m, "a joiner between Latin letters", "Keptlatin")
}

// links: an address that is not http(s) is never a link, whatever field it stands in, and one that tries to break out
// of the mark-up leads where it says or nowhere.
func links(t testing.TB, s Subject) {
	p := s.New(t)
	poster := p.Poster()
	for i, address := range []string{
		"javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,<b>", "file:///etc/passwd", "ftp://evil.example/", "vbscript:x",
		"//evil.example/", "https:", "https://", "http:///path", "evil.example", "mailto:a@evil.example", "tel:1", "slack://open", " javascript:x",
		"https://news.example.org/a\nhttps://evil.example/b", "https://news.example.org/ <@1>", "https://news.example.org/\x1b]8;;https://evil.example\x07",
	} {
		a := sample(p.Channel(i%3), i)
		a.URL, a.Sources[0].URL, a.Sources[1].URL = address, address, address
		m := shown(t, p, a.Channel, post(t, poster, root(a)))
		what := fmt.Sprintf("address %q", address)
		harmless(t, m, what, a)
		sees(t, m, what+": title", a.Title)
		for _, l := range m.Links {
			if strings.Contains(l, "evil") || sameAddress(l, address) {
				t.Errorf("%s: drawn as the link %q", what, l)
			}
		}
	}
	for i, address := range []string{
		"https://news.example.org/a)b", "https://news.example.org/a)[x](https://evil.example/)", "https://news.example.org/a|b>c", "https://news.example.org/*a*_b_",
		"https://news.example.org/?a=1&b=2&lt;", "https://news.example.org/ü/新闻", "http://[2001:db8::1]:8080/x",
	} {
		a := sample(p.Channel(i%3), 100+i)
		a.URL, a.Sources[0].URL = address, address
		m := shown(t, p, a.Channel, post(t, poster, root(a)))
		what := fmt.Sprintf("address %q", address)
		harmless(t, m, what, a)
		leadsTo(t, m, what, address)
	}
}
