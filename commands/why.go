package commands

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// Bounds of the parts of an explanation.
const (
	maxHits      = 5
	maxDecisions = 8
	maxArticles  = 6
)

// alertID is what NewAlertID makes.
var alertID = regexp.MustCompile(`^[a-z2-7]{8}$`)

func (d *Desk) why(ctx context.Context, a ask) (Reply, error) {
	typed := strings.Trim(a.Args["alert"], "#`()[]<> ")
	if id := strings.ToLower(typed); alertID.MatchString(id) {
		t, ok, err := d.with.Archive.Told(ctx, a.Workspace, id)
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
		if t.Batch {
			return whyBatch(a, t, names), nil
		}
		return whyAlert(a, t, names), nil
	}
	address := typed
	if !strings.Contains(address, "://") {
		address = "https://" + address
	}
	if strings.Contains(typed, " ") || !strings.Contains(host(address), ".") && !strings.Contains(typed, "://") {
		return Reply{}, &refusalError{[]Line{say("“", cut(typed, 60), "” is neither an alert's id nor an article's address. ",
			"The id stands under each alert; the latest of a channel: ", a.write("recent"))}}
	}
	return d.whyArticle(ctx, a, address)
}

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

// whyBatch explains a message that tells several stories, and lists them with their addresses.
func whyBatch(a ask, t Told, names outlets) Reply {
	r := Reply{Title: "Why this message", Lines: []Line{say(bold(cut(clean(t.Alert.Title), maxTitle)))}}
	r.Lines = append(r.Lines, decided(t.Decisions, a.Channel)...)
	r.Lines = append(r.Lines, say("In ", place(t.Alert.Channel, a.Channel), " the message ", code(t.Alert.ID), " is ", stateWords(t), "."))
	var entries []Line
	for _, f := range t.Articles {
		entries = append(entries, item(moment(f.Article.Time()), " · ", link(f.Article.Title, f.Article.URL), " · ", names.label(f)))
	}
	if len(entries) == 0 {
		return r
	}
	r.Lines = append(append(r.Lines, say("Its stories:")), some(entries, maxEntries)...)
	if address := t.Articles[0].Article.URL; address != "" {
		r.Lines = append(r.Lines, say("All about one: ", a.write("why", "alert", address)))
	}
	return r
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
