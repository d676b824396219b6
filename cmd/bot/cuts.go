package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/seed-6c43f0f2/attache/feeds"
)

// eachCut is eachArticle with the articles cut as those of feeds are, so that what is found in them is what live matching finds and
// memory is bounded. What was cut is told on standard error, in the end.
func eachCut(s surroundings, files []string, do func(article) error) error {
	var c cuts
	defer c.tell(s.stderr)
	return eachArticle(files, s.stdin, func(a article) error {
		var longer bool
		if a.Title, a.Text, longer = feeds.Cut(a.Title, a.Text); longer {
			c.add(a.ID)
		}
		return do(a)
	})
}

// cuts are the articles that were cut.
type cuts struct {
	n     int
	first []string // ids, as they may be shown
}

// fewCuts is how many articles that were cut are named.
const fewCuts = 5

func (c *cuts) add(id string) {
	if c.n++; c.n > fewCuts {
		return
	}
	const most = 40
	if runes := []rune(id); len(runes) > most {
		id = string(runes[:most]) + "…"
	}
	c.first = append(c.first, strconv.Quote(id))
}

func (c *cuts) tell(w io.Writer) {
	if c.n == 0 {
		return
	}
	more := ""
	if c.n > fewCuts {
		more = fmt.Sprintf(" and %d more", c.n-fewCuts)
	}
	fmt.Fprintf(w, "bot: warning: %s longer than a feed's and looked at only as far as bot run keeps them, %d characters of the title and %d of the text: %s%s.\n",
		plural(c.n, "article is", "articles are"), feeds.MaxTitle, feeds.MaxText, strings.Join(c.first, ", "), more)
}
