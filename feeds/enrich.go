package feeds

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	// pageWait is how long the articles of one visit wait for their pages, all together: an alert is promised within 5 s
	// (PROMISES P5).
	pageWait = 4 * time.Second
	maxPages = 10 // of one visit; the newest
	pagesNow = 4  // read at once for one visit, each of another site
)

// NewPages returns a reader of the pages behind articles. archive says which articles are known already; of those that are
// older than maxAge (0 is any age) nothing is announced, so their pages are not read.
func NewPages(f *Fetcher, archive Archive, maxAge time.Duration, now func() time.Time, log *slog.Logger) *Pages {
	return &Pages{fetcher: f, archive: archive, maxAge: maxAge, now: now, log: log, wait: pageWait, parses: make(chan struct{}, 2)}
}

// Enrich gives the new articles of a visit what stands behind their links: where a link leads that only sends readers on, and
// the full text where the feed is to have it. It returns within some seconds; what did not come until then stays as the feed
// has it, and Article.Page says why.
func (p *Pages) Enrich(ctx context.Context, v alerts.Visit) alerts.Visit {
	if len(v.Articles) == 0 || !v.Feed.FullText() && !slices.ContainsFunc(v.Articles, func(a alerts.Article) bool { return leadsOn(a.URL) }) {
		return v
	}
	known, err := p.known(ctx, v)
	if err != nil {
		p.log.Warn("pages are not read: which articles are new is not known", "feed", v.Feed.ID, "error", err)
		return v
	}
	articles := slices.Clone(v.Articles)
	ctx, cancel := context.WithTimeout(ctx, p.wait)
	defer cancel()
	chosen := announceable(v, known, p.maxAge)
	for _, i := range chosen[min(len(chosen), maxPages):] {
		if v.Feed.FullText() {
			articles[i].Page = fmt.Sprintf("More than %d new articles came at once, and the pages of the newest are read.", maxPages)
		}
	}
	var work sync.WaitGroup
	slots := make(chan struct{}, pagesNow)
	for _, i := range chosen[:min(len(chosen), maxPages)] {
		slots <- struct{}{}
		work.Go(func() {
			defer func() { <-slots }()
			p.enrich(ctx, v.Feed.FullText(), &articles[i])
		})
	}
	work.Wait()
	v.Articles = articles
	return v
}

func (p *Pages) known(ctx context.Context, v alerts.Visit) (map[alerts.ArticleKey]bool, error) {
	var q alerts.Question
	for _, a := range v.Articles {
		q.Keys = append(q.Keys, alerts.ArticleKey{Feed: v.Feed.ID, Key: a.Key})
	}
	w, err := p.archive.World(ctx, q)
	return w.Known, err
}

// announceable returns which of the visit's articles are new and may be announced, the newest first, by their places. Those
// of a first visit that are only recorded are not, nor those that are too old: nobody waits for their text.
func announceable(v alerts.Visit, known map[alerts.ArticleKey]bool, maxAge time.Duration) []int {
	var out []int
	for i, a := range v.Articles {
		if !known[alerts.ArticleKey{Feed: v.Feed.ID, Key: a.Key}] && a.URL != "" {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(i, j int) int { return v.Articles[j].Time().Compare(v.Articles[i].Time()) })
	if v.First() && v.Feed.New != alerts.NewAll {
		out = out[:min(len(out), v.Feed.New)]
	}
	return slices.DeleteFunc(out, func(i int) bool { return maxAge > 0 && v.At.Sub(v.Articles[i].Time()) > maxAge })
}

// enrich reads what is behind one article's link.
func (p *Pages) enrich(ctx context.Context, fullText bool, a *alerts.Article) {
	defer func() {
		if r := recover(); r != nil {
			p.log.Error("reading a page panicked", "panic", r)
			a.Page = "The page could not be read because of a fault of ours."
		}
	}()
	if leadsOn(a.URL) {
		if to := p.follow(ctx, a.URL); to != a.URL {
			a.URL, a.Canonical = to, Canonical(to)
		}
	}
	if !fullText {
		return
	}
	if a.Canonical == "" {
		a.Page = "Several articles of the feed have this page, so its text is nobody's."
		return
	}
	got, ok := p.read.take(a.URL, p.now())
	if !ok {
		if got = p.page(ctx, a.URL); ctx.Err() == nil || got.say == "" {
			p.read.put(a.URL, got, p.now())
		}
	}
	if a.Page = got.say; got.say == "" {
		a.Said = a.Words() // by which an edit of the feed's is told from the page's text
		a.Text, a.Page = joined(a.Text, got.text), alerts.PageRead
	}
}

// joined is an article's text with its page's: nothing that the feed says is lost by reading more, and what the page repeats
// is not said twice.
func joined(feed, page string) string {
	teaser := strings.TrimRight(feed, " \n.…[]()")
	if strings.Contains(bare(page), bare(teaser)) {
		return page
	}
	if strings.Contains(bare(feed), bare(page)) {
		return feed
	}
	return cutRunes(feed+"\n\n"+page, maxText)
}

// bare is a text without its white space and the case of its letters.
func bare(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), "")) }
