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
	articles := slices.Clone(v.Articles)
	known, err := p.known(ctx, v.Feed.ID, articles)
	if err != nil {
		p.log.Warn("pages are not read: which articles are new is not known", "feed", v.Feed.ID, "error", err)
		if v.Feed.FullText() {
			for i := range articles {
				articles[i].Page = "It was not known which articles are new, so no pages were read."
			}
		}
		v.Articles = articles
		return v
	}
	ctx, cancel := context.WithTimeout(ctx, p.wait)
	defer cancel()
	chosen := announceable(v, known, p.maxAge)
	for _, i := range chosen[min(len(chosen), maxPages):] {
		if v.Feed.FullText() {
			articles[i].Page = fmt.Sprintf("More than %d new articles came at once, and the pages of the newest are read.", maxPages)
		}
	}
	chosen = chosen[:min(len(chosen), maxPages)]
	p.each(chosen, articles, func(a *alerts.Article) { p.lead(ctx, a) })
	apart(articles)
	if v.Feed.FullText() {
		p.each(chosen, articles, func(a *alerts.Article) { p.enrich(ctx, a) })
	}
	v.Articles = articles
	return v
}

// each does something with those of the articles that are chosen, several at once. A panic is that article's failure.
func (p *Pages) each(chosen []int, articles []alerts.Article, do func(*alerts.Article)) {
	var work sync.WaitGroup
	slots := make(chan struct{}, pagesNow)
	for _, i := range chosen {
		slots <- struct{}{}
		work.Go(func() {
			defer func() { <-slots }()
			defer func() {
				if r := recover(); r != nil {
					p.log.Error("reading a page panicked", "panic", r)
					articles[i].Page = "The page could not be read because of a fault of ours."
				}
			}()
			do(&articles[i])
		})
	}
	work.Wait()
}

// known tells which of the articles are recorded. It gives those whose links only send readers on the address that they
// were recorded with, for they are not followed again.
func (p *Pages) known(ctx context.Context, feed alerts.FeedID, articles []alerts.Article) (map[alerts.ArticleKey]bool, error) {
	var q alerts.Question
	for _, a := range articles {
		k := alerts.ArticleKey{Feed: feed, Key: a.Key}
		q.Keys = append(q.Keys, k)
		if leadsOn(a.URL) {
			q.Links = append(q.Links, k)
		}
	}
	w, err := p.archive.World(ctx, q)
	for i, a := range articles {
		if to := w.Links[alerts.ArticleKey{Feed: feed, Key: a.Key}]; to != "" && to != a.URL {
			articles[i] = led(a, to)
		}
	}
	return w.Known, err
}

// lead follows one article's link if it only sends readers on.
func (p *Pages) lead(ctx context.Context, a *alerts.Article) {
	if !leadsOn(a.URL) {
		return
	}
	if to := p.follow(ctx, a.URL); to != a.URL {
		*a = led(*a, to)
	}
}

// led is the article with the address that its link leads to.
func led(a alerts.Article, to string) alerts.Article {
	a.Link, a.URL = Canonical(a.URL), to
	if a.Canonical != "" { // else several have the link itself in common
		a.Canonical = Canonical(to)
	}
	return a
}

// apart takes the page from articles of different titles that have it in common, now that it is known where their links
// lead: it names none of them, as in Document.sharedPages.
func apart(articles []alerts.Article) {
	first, shared := map[string]alerts.Article{}, map[string]bool{}
	for _, a := range articles {
		other, there := first[a.Canonical]
		if a.Canonical == "" {
			continue
		} else if !there {
			first[a.Canonical] = a
		} else if other.Title != a.Title && (a.Link != "" || other.Link != "") {
			shared[a.Canonical] = true
		}
	}
	for i, a := range articles {
		if shared[a.Canonical] {
			articles[i].Canonical = ""
		}
	}
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

// enrich reads the page behind one article's link.
func (p *Pages) enrich(ctx context.Context, a *alerts.Article) {
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
	return cutRunes(feed+"\n\n"+page, MaxText)
}

// bare is a text without its white space and the case of its letters.
func bare(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), "")) }
