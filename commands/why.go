package commands

import (
	"context"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// Bounds of the parts of an explanation.
const (
	maxHits      = 5
	maxDecisions = 8
	maxArticles  = 6
	maxStories   = 15 // of a message that tells several, in one answer
)

// alertID is what NewAlertID makes.
var alertID = regexp.MustCompile(`^[a-z2-7]{8}$`)

func (d *Desk) why(ctx context.Context, a ask) (Reply, error) {
	typed := strings.Trim(a.Args["alert"], "#`()[]<> ")
	if id := strings.ToLower(typed); alertID.MatchString(id) {
		from, err := fromStory(a)
		if err != nil {
			return Reply{}, err
		}
		t, ok, err := d.with.Archive.Told(ctx, a.Workspace, id, from-1)
		if err != nil {
			return Reply{}, err
		}
		if !ok {
			return Reply{}, &refusalError{[]Line{say("There is no alert ", code(id), " here. The id stands under each alert; the latest of a channel: ",
				a.write("recent"))}}
		}
		names, err := d.outlets(ctx, a, t.Articles)
		if err != nil {
			return Reply{}, err
		}
		if t.Batch > 0 {
			return whyBatch(a, t, names, from), nil
		}
		if from > 1 {
			return Reply{}, &refusalError{[]Line{say(noFrom, " This one tells one, so leave it out: ", a.write("why", "alert", id))}}
		}
		return whyAlert(a, t, names), nil
	}
	address := typed
	if !strings.Contains(address, "://") {
		address = "https://" + address
	}
	if u, err := url.Parse(address); err == nil && u.Host == "" || strings.Contains(typed, " ") || !strings.Contains(host(address), ".") && !strings.Contains(typed, "://") {
		return Reply{}, &refusalError{[]Line{say("“", cut(typed, 60), "” is neither an alert's id nor an article's address. ",
			"The id stands under each alert; the latest of a channel: ", a.write("recent"))}}
	}
	if a.Args["from"] != "" {
		return Reply{}, &refusalError{[]Line{say(noFrom, " Leave it out: ", a.write("why", "alert", address))}}
	}
	return d.whyArticle(ctx, a, address)
}

const noFrom = "from: is for a message that tells many stories."

func whyAlert(a ask, t Told, names outlets) Reply {
	r := Reply{Title: "Why this alert"}
	r.Lines = append(r.Lines, say(link(t.Alert.Title, t.Alert.URL), " · ", moment(t.Alert.Published)))
	if t.Alert.Published.IsZero() {
		r.Lines[0] = say(link(t.Alert.Title, t.Alert.URL))
	}
	if t.Alert.Sample {
		r.Lines = append(r.Lines, say("It is a sample that ", a.write("test"), " sent. No article stands behind it."))
	}
	article := articleOf(t)
	for i, h := range t.Alert.Matches {
		if i == maxHits {
			r.Lines = append(r.Lines, say("and ", count(len(t.Alert.Matches)-i, "more watch", "more watches"), " fired."))
			break
		}
		r.Lines = append(r.Lines, say(bold(h.Watch), ", ", string(h.Kind), " on the watchlist ", code(h.Watchlist),
			", is mentioned ", mentionWords(h.Mention), ":"))
		r.Lines = append(r.Lines, quotes(h, article)...)
	}
	r.Lines = append(r.Lines, decided(t.Decisions, a.Channel)...)
	r.Lines = append(r.Lines, say("In ", place(t.Alert.Channel, a.Channel), " the alert ", code(t.Alert.ID), " is ", stateWords(t), "."))
	return Reply{Title: r.Title, Lines: append(r.Lines, carriers(t, names)...)}
}

// fromStory is the number of the story with which the answer begins, from 1.
func fromStory(a ask) (int, error) {
	typed := a.Args["from"]
	if typed == "" {
		return 1, nil
	}
	n, err := strconv.Atoi(typed)
	if err != nil || n < 1 || n > 1_000_000 {
		return 0, invalid("from: takes the number of a story; write from:%d for example.", maxStories+1)
	}
	return n, nil
}

// whyBatch explains a message that tells several stories, and lists them from a number on, as many as one answer holds.
func whyBatch(a ask, t Told, names outlets, from int) Reply {
	r := Reply{Title: "Why this message", Lines: []Line{say(bold(cut(clean(t.Alert.Title), maxTitle)))}}
	r.Lines = append(r.Lines, say("In ", place(t.Alert.Channel, a.Channel), " the message ", code(t.Alert.ID), " is ", stateWords(t), "."))
	var entries []Line
	length := 0
	for i, f := range t.Articles {
		line := item(strconv.Itoa(from+i), " · ", moment(f.Article.Time()), " · ", link(f.Article.Title, f.Article.URL), " · ", names.label(f), firedIn(t, f))
		if length += line.length(); i == maxStories || i > 0 && length > maxListRunes {
			break
		}
		entries = append(entries, line)
	}
	switch {
	case len(entries) == 0 && from > t.Batch:
		r.Lines = append(r.Lines, say("It tells ", count(t.Batch, "story", "stories"), ": ", a.write("why", "alert", t.Alert.ID)))
		return r
	case len(entries) == 0:
		return r
	}
	r.Lines = append(r.Lines, reasonsOf(t)...)
	to := from + len(entries) - 1
	r.Lines = append(append(r.Lines, say("Its stories, ", from, " to ", to, " of ", t.Batch, ":")), entries...)
	if to < t.Batch {
		next := strconv.Itoa(to + 1)
		r.Lines = append(r.Lines, say("The next: ", a.write("why", "alert", t.Alert.ID, "from", next)))
		r.Offers = []Offer{{Label: "The next stories", Line: "why " + t.Alert.ID + " from:" + next}}
	}
	if address := t.Articles[0].Article.URL; address != "" {
		r.Lines = append(r.Lines, say("All about one: ", a.write("why", "alert", address)))
	}
	return r
}

// reasonsOf tells why the stories are told together, each reason once.
func reasonsOf(t Told) (lines []Line) {
	seen := map[alerts.Reason]bool{}
	for _, d := range t.Decisions {
		if !seen[d.Reason] {
			seen[d.Reason] = true
			lines = append(lines, say("What was decided: ", bold(string(d.Verb)), ", ", string(d.Reason), "."))
		}
	}
	return lines
}

// firedIn names the watches that fired in an article, with the words.
func firedIn(t Told, f Found) (spans []Span) {
	seen := map[string]bool{}
	for _, d := range t.Decisions {
		if d.Feed != f.Article.Feed || d.ArticleKey != f.Article.Key || seen[d.Watch] || len(seen) == maxHits {
			continue
		}
		between := " · "
		if len(seen) > 0 {
			between = "; "
		}
		seen[d.Watch] = true
		spans = append(append(spans, Span{Text: between}, bold(d.Watch), Span{Text: ": "}), fired(d.Evidence)...)
	}
	return spans
}

// articleOf returns the article that the alert's title and evidence are from, nil if it is pruned.
func articleOf(t Told) *alerts.Article {
	for i := range t.Articles {
		if a := &t.Articles[i].Article; a.Title == t.Alert.Title && (a.URL == t.Alert.URL || a.Canonical == t.Alert.URL) {
			return a
		}
	}
	return nil
}

// decided tells what was done in each channel, and why; what fell for several watches alike, once.
func decided(all []alerts.Decision, here alerts.Channel) []Line {
	if len(all) == 0 {
		return nil
	}
	type what struct {
		channel alerts.Channel
		verb    alerts.Verb
		reason  alerts.Reason
	}
	var order []what
	watches := map[what][]string{}
	for _, d := range all {
		w, watch := what{d.Channel, d.Verb, d.Reason}, d.Watch+" of "+d.List.Name
		if watches[w] == nil {
			order = append(order, w)
		}
		if !slices.Contains(watches[w], watch) {
			watches[w] = append(watches[w], watch)
		}
	}
	var entries []Line
	for _, w := range order {
		entries = append(entries, item(place(w.channel, here), ": ", bold(string(w.verb)), ", ", string(w.reason), " (", and(few(watches[w])), ")"))
	}
	return append([]Line{say("What was decided:")}, some(entries, maxDecisions)...)
}

// carriers are the sources of a story and its other articles.
func carriers(t Told, outlets outlets) []Line {
	var names []string
	for _, s := range t.Alert.Sources {
		names = append(names, label(alerts.Source{Name: s.Name, Country: s.Country, Ownership: s.Ownership}, s.URL))
	}
	var lines []Line
	if len(names) > 0 && !t.Alert.Sample {
		lines = append(lines, say("Told by ", count(len(names), "source", "sources"), ": ", and(few(names)), "."))
	}
	var entries []Line
	for _, f := range t.Articles {
		if f.Article.URL != t.Alert.URL || f.Article.URL == "" && f.Article.Title != t.Alert.Title {
			entries = append(entries, item(moment(f.Article.Time()), " · ", link(f.Article.Title, f.Article.URL), " · ", outlets.label(f)))
		}
	}
	if len(entries) > 0 {
		lines = append(append(lines, say("Other articles of the story:")), some(entries, maxArticles)...)
	}
	return lines
}
