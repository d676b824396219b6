package alerts

import (
	"slices"
	"time"
)

// FeedID is the store's key of a feed; 0 before it is stored.
type FeedID int64

// Ownership says who stands behind a source.
type Ownership string

// The ownerships that a source may have; "" is unknown.
const (
	State       Ownership = "state"
	Public      Ownership = "public"
	Independent Ownership = "independent"
	Official    Ownership = "official"
)

// A Source is the label of who publishes a feed.
type Source struct {
	Name      string    // as people know it: "UN News"
	Country   string    // ISO 3166-1 alpha-2, upper case; "" unknown
	Language  string    // BCP 47; "" unknown
	Ownership Ownership // "" unknown
}

// NewAll as Feed.New announces every article of the first visit.
const NewAll = -1

// A Feed is a URL that is fetched once, however many workspaces list it.
type Feed struct {
	ID       FeedID
	URL      string
	New      int // how many articles of the first visit to announce: 0 none, n the newest n, NewAll all
	Source   Source
	Labels   map[Workspace]Source // of workspaces that label it otherwise than Source does; the file's label is for all
	Listings []Listing            // who hears it; at least one
	Due      time.Time            // when it was to be visited; zero unknown
	Leased   time.Time            // until when it is the visitor's: by this the ledger knows which claim it was; zero is none
	Cursor   Cursor
	Pushed   bool // its hub tells us what is new: WebSub, verified
}

// SourceIn returns the label that workspace w hears the feed under: no workspace's words stand in another's alerts.
func (f Feed) SourceIn(w Workspace) Source {
	if s, ok := f.Labels[w]; ok {
		return s
	}
	return f.Source
}

// A Listing is a feed as one workspace has it.
type Listing struct {
	Workspace Workspace
	Name      string // short, unique in its workspace: "un-news"
	Schedule  string // cron expression, @every or CRON_TZ=; never ""
	FullText  bool   // the pages of its articles are to be read
}

// FullText tells whether anyone who lists the feed wants its articles' pages read: it is read once for all.
func (f Feed) FullText() bool {
	return slices.ContainsFunc(f.Listings, func(l Listing) bool { return l.FullText })
}

// HeardIn tells whether the feed's articles are for workspace w: the file's feeds are for all.
func (f Feed) HeardIn(w Workspace) bool {
	for _, l := range f.Listings {
		if l.Workspace == File || l.Workspace == w {
			return true
		}
	}
	return false
}

// labels returns the different labels that the feed is heard under, Source first.
func (f Feed) labels() []Source {
	out := []Source{f.Source}
	for _, l := range f.Listings {
		if s := f.SourceIn(l.Workspace); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// named returns the feed with its own title as the name in labels that have none. The feed it is called on stays as it
// was.
func (f Feed) named(title string) Feed {
	if f.Source.Name == "" {
		f.Source.Name = title
	}
	labels := make(map[Workspace]Source, len(f.Labels))
	for w, s := range f.Labels {
		if s.Name == "" {
			s.Name = title
		}
		labels[w] = s
	}
	f.Labels = labels
	return f
}

// Name returns the feed's short name for the operator: the file's if it has one there, else that of the first listing, else the URL.
func (f Feed) Name() string {
	for _, l := range f.Listings {
		if l.Workspace == File {
			return l.Name
		}
	}
	if len(f.Listings) > 0 {
		return f.Listings[0].Name
	}
	return f.URL
}

// NameIn returns the feed's short name as workspace w knows it: the file's, else its own, else the URL.
func (f Feed) NameIn(w Workspace) string {
	name := f.URL
	for _, l := range f.Listings {
		if l.Workspace == File {
			return l.Name
		}
		if l.Workspace == w {
			name = l.Name
		}
	}
	return name
}

// A Cursor is what a feed remembers from one visit to the next. The validators are kept byte for byte.
type Cursor struct {
	ETag         string
	LastModified string
	BodyHash     string    // of the last body that was read, "" before
	Visited      time.Time // the last visit, whatever came of it; zero before the first
	Succeeded    time.Time // the last visit that read the feed or found it unchanged; zero if there was none
	Failures     int       // visits that failed since
	Failing      time.Time // the first of those visits; zero if there was none
	Failure      string    // what the last failed visit says to people; "" after a success
	Warning      string    // what the last body that was read lacks or may have wrong, for people; "" for a whole one
	Manners      Manners
}

// An Article is one item of a feed, as plain text without control characters.
type Article struct {
	Feed       FeedID
	Key        string // stable within its feed: the item's id, else its canonical URL, else title and date
	URL        string // absolute http(s), or ""
	Link       string // in canonical form what the feed links to, where that only sends readers on to URL; "" where it does not
	Canonical  string // the URL without tracking parameters, fragment and the like: equal for equal pages; "" without URL
	Title      string
	Text       string
	Author     string
	Categories []string
	Language   string    // BCP 47: the item's, else the feed's, else the source's; "" unknown
	Published  time.Time // UTC; zero if the feed does not say
	Updated    time.Time // UTC; zero if the feed does not say
	Seen       time.Time // UTC; when it was first read
	Page       string    // whether the page behind URL was read for Text: "" not asked for, PageRead, else why not, for people
	Said       string    // Words of the article as the feed has it, where Text has its page's too; "" where it has not; never stored
	Raw        uint64    // a hash of the item as the feed writes it, by which it is known again unread; 0 if there is none; only windows keep it
}

// PageRead as Article.Page says that Text is the page's, and not only what the feed has.
const PageRead = "read"

// firstFeeds is the year before which no feed was: an earlier date is a clock at zero or a slip.
const firstFeeds = 1995

// Time returns when the article was published as far as can be believed: Published, but never after Seen, and Seen
// where the feed does not say or names a year before there were feeds.
func (a Article) Time() time.Time {
	if a.Published.Year() < firstFeeds || a.Published.After(a.Seen) {
		return a.Seen
	}
	return a.Published
}

// A Visit is one poll of one feed and all that came of it.
type Visit struct {
	Feed     Feed // as it was claimed, with the cursor from before
	At       time.Time
	Articles []Article // that were read, in the feed's order, new and old; nil where the feed failed or was unchanged
	Still    []Still   // the items that were not read, being as they were, in the feed's order
	Title    string    // the feed's own title, "" unknown
	Cursor   Cursor    // what to remember
	NextPoll time.Time
	Moved    string // the URL a permanent redirect names, "" none
}

// A Still is an item that stands in the feed byte for byte as when it was last read: it is known and says nothing new.
type Still struct {
	Raw   uint64 // Article.Raw of then
	Ahead int    // how many of the visit's articles stand before it in the feed
}

// First tells whether the feed was never read before this visit.
func (v Visit) First() bool { return v.Feed.Cursor.Succeeded.IsZero() }

// Failed tells whether the feed could not be read.
func (v Visit) Failed() bool { return v.Cursor.Failure != "" }
