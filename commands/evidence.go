package commands

import (
	"strings"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// maxQuotes is how many places of one hit a reply quotes.
const maxQuotes = 3

// mentionWords says how prominently something is mentioned.
func mentionWords(m match.Mention) string {
	switch m {
	case match.Headline:
		return "in the headline"
	case match.Lead:
		return "in the lead"
	}
	return "in the body"
}

// explain tells why a rule fired, in a sentence's part; all is what else of the watch the article has.
func explain(e match.Evidence, all []match.Evidence) string {
	term := "“" + e.Term + "”"
	var why string
	switch e.Rule {
	case match.FullName:
		why = "the words of " + term + " stand together"
	case match.InitialAndSurname:
		why = "an initial and the surname of " + term
	case match.Alias:
		why = "the watch has the alias " + term
	case match.Surname:
		why = "the surname of " + term + " alone counts, as " + whyBare(all)
	case match.NearAndSurname:
		why = "the surname of " + term + " with one of the watch's near: words beside it"
	case match.SoundsLike:
		why = "it sounds like " + term
	case match.Word:
		why = "a form of the word " + term
	case match.ExactWord:
		why = "exactly the word " + term
	case match.Phrase:
		why = "the phrase " + term
	case match.Prefix:
		why = "it begins as " + term + " does"
	case match.Near:
		why = "the words of " + term + " stand near each other"
	case match.CountryName:
		why = "it means the country " + term
	default:
		why = "for " + term
	}
	if e.Form != "" {
		why += "; taken for “" + e.Form + "”"
	}
	return why
}

// keptAtLeast is how many places of a watch the engine keeps at the least: where there are fewer, they are all.
const keptAtLeast = 8

// whyBare tells what makes a surname count that stands alone: the matcher asks for the full name first, then the watch.
// Where it can't be told, since a name of one word may be whole or not, it is either.
func whyBare(all []match.Evidence) string {
	either := len(all) >= keptAtLeast
	for _, e := range all {
		whole := e.Rule == match.FullName || e.Rule == match.Alias
		switch {
		case e.Rule == match.InitialAndSurname, whole && strings.Contains(e.Term, " "):
			return "the full name stands elsewhere in the article"
		case whole:
			either = true
		}
	}
	if either {
		return "the full name stands elsewhere in the article or the watch says so"
	}
	return "the watch says that it does"
}

// quotes are the places on which a hit fired, each with what is around it and the rule. Without the article, which may be
// pruned, they are the words alone.
func quotes(h alerts.Hit, article *alerts.Article) []Line {
	var lines []Line
	for _, e := range distinct(h.Evidence) {
		if len(lines) == maxQuotes {
			break
		}
		before, after := "", ""
		if article != nil {
			before, after = around(*article, e)
		}
		where := "in the text"
		if e.Field == match.Title {
			where = "in the title"
		}
		lines = append(lines, item("“", before, mark(cut(e.Text, 100)), after, "” ", where, " · ", bold(string(e.Rule)), ": ", explain(e, h.Evidence)))
	}
	if more := len(h.Evidence) - len(lines); more > 0 {
		lines = append(lines, item("and ", count(more, "more place", "more places")))
	}
	return lines
}

// distinct leaves out evidence that says the same as one before.
func distinct(all []match.Evidence) []match.Evidence {
	var list []match.Evidence
	seen := map[string]bool{}
	for _, e := range all {
		key := string(e.Rule) + "\x00" + e.Term + "\x00" + match.Fold(e.Text)
		if !seen[key] {
			seen[key] = true
			list = append(list, e)
		}
	}
	return list
}

// around returns what stands before and after the evidence, cut at words; nothing where the article is another one.
func around(a alerts.Article, e match.Evidence) (before, after string) {
	const width = 45
	field := []rune(a.Text)
	if e.Field == match.Title {
		field = []rune(a.Title)
	}
	if e.Start < 0 || e.End > len(field) || e.Start > e.End || string(field[e.Start:e.End]) != e.Text {
		return "", ""
	}
	from, to := max(0, e.Start-width), min(len(field), e.End+width)
	before, after = string(field[from:e.Start]), string(field[e.End:to])
	if from > 0 {
		if _, rest, ok := strings.Cut(before, " "); ok {
			before = rest
		}
		before = "…" + before
	}
	if to < len(field) {
		if i := strings.LastIndexByte(after, ' '); i >= 0 {
			after = after[:i]
		}
		after += "…"
	}
	return flat(before), flat(after)
}

// flat is the text on one line, blanks at its ends kept.
func flat(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\t' || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s)
}

// fired is evidence in one line: the words and their rules.
func fired(evidence []match.Evidence) []Span {
	var spans []Span
	for i, e := range distinct(evidence) {
		if i == maxQuotes {
			return append(spans, Span{Text: " …"})
		}
		if i > 0 {
			spans = append(spans, Span{Text: ", "})
		}
		spans = append(spans, mark(cut(flat(e.Text), 60)), Span{Text: " (" + string(e.Rule) + ")"})
	}
	return spans
}
