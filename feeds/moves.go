package feeds

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"time"
	"unicode"

	"golang.org/x/net/publicsuffix"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	moveSightings = 10                 // visits in a row that name one new address before it is taken over
	moveDays      = 7 * 24 * time.Hour // and over so long: a redirect by mistake is mended sooner
	hijackItems   = 5                  // items in both bodies before they are compared
	hijackNews    = 0.8                // the part of a body's items that are new, above which a changed name is no renaming
	maxItemHashes = 2000
)

// follow counts a permanent redirect (301, 308) that led to a good answer. Another target, or none, begins anew.
func (f Fetched) follow(feed alerts.Feed, at time.Time) alerts.Move {
	move := feed.Cursor.Manners.Move
	if f.Moved == "" || f.Moved == feed.Address() {
		return alerts.Move{}
	}
	if move.To != f.Moved {
		move = alerts.Move{To: f.Moved, Since: at}
	}
	move.Seen++
	seen := move.Seen >= moveSightings && at.Sub(move.Since) >= moveDays
	move.Asks = seen && !move.Accepted && !sameOwner(feed.URL, move.To)
	return move
}

// settled tells whether a feed is to be fetched from where it moved to.
func settled(m alerts.Move, at time.Time) bool {
	return m.To != "" && !m.Asks && m.Seen >= moveSightings && at.Sub(m.Since) >= moveDays
}

// sameOwner tells whether two URLs are under one registrable domain, such as example.co.uk, so that one leads to the other
// with its owner's will. Addresses and single names are their own.
func sameOwner(a, b string) bool {
	x, y := registrable(a), registrable(b)
	return x != "" && x == y
}

func registrable(rawURL string) string {
	u, err := url.Parse(rawURL)
	if err != nil {
		return ""
	}
	name := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if _, err := netip.ParseAddr(name); err == nil {
		return name
	}
	domain, err := publicsuffix.EffectiveTLDPlusOne(name)
	if err != nil {
		return name
	}
	return domain
}

// An identity is what a feed is known by: who sends it, what it calls itself, and what it told last.
type identity struct {
	site, title string
	items       map[uint32]bool
}

func identityOf(m alerts.Manners) identity {
	i := identity{site: m.Site, title: m.Title, items: map[uint32]bool{}}
	for _, t := range tracesOf(m) {
		i.items[t.key] = true
	}
	b, err := base64.RawStdEncoding.DecodeString(m.Items)
	if err != nil {
		return i
	}
	for len(b) >= 4 {
		i.items[binary.LittleEndian.Uint32(b)] = true
		b = b[4:]
	}
	return i
}

// encode returns the items as they are stored.
func (i identity) encode() string {
	b := make([]byte, 0, 4*len(i.items))
	for h := range i.items {
		b = binary.LittleEndian.AppendUint32(b, h)
	}
	return base64.RawStdEncoding.EncodeToString(b)
}

// hashes returns a short hash of each article's key.
func hashes(articles []alerts.Article) map[uint32]bool {
	out := make(map[uint32]bool, len(articles))
	for _, a := range articles[:min(len(articles), maxItemHashes)] {
		out[shortHash(a.Key)] = true
	}
	return out
}

// news counts the items that before does not have.
func (i identity) news(before identity) (n int) {
	for h := range i.items {
		if !before.items[h] {
			n++
		}
	}
	return n
}

// hijacked tells whether the feed seems to have changed hands from one body to the next: it has another title or comes
// from another owner's site, and more than four in five of its items are new.
func (i identity) hijacked(now identity) bool {
	if len(i.items) < hijackItems || len(now.items) < hijackItems {
		return false
	}
	if float64(now.news(i)) <= hijackNews*float64(len(now.items)) {
		return false
	}
	return i.site != "" && registrable("http://"+i.site) != registrable("http://"+now.site) || renamed(i.title, now.title)
}

// renamed tells whether two titles have fewer than half of their words in common; numbers, such as a date's, are no words.
func renamed(a, b string) bool {
	x, y := titleSet(a), titleSet(b)
	if len(x) == 0 || len(y) == 0 {
		return false
	}
	common := 0
	for w := range x {
		if y[w] {
			common++
		}
	}
	return 2*common < max(len(x), len(y))
}

func titleSet(title string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		out[w] = true
	}
	return out
}

// sayHijacked asks for a word about a feed that seems to have changed hands.
func sayHijacked(now identity) string {
	title := now.title
	if title == "" {
		title = "nothing"
	}
	return fmt.Sprintf("Held: the feed seems to have changed hands. It now calls itself %q, comes from %s, and nearly all of its articles are new. "+
		"Nothing of it is announced until an admin has looked at it and accepts it with /feeds accept.", cutRunes(title, 100), now.site)
}

// siteOf returns the host of a URL in lower case.
func siteOf(rawURL string) string {
	u, err := url.Parse(rawURL)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}
