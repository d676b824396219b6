package commands

import (
	"regexp"
	"strings"
)

// maxTerm is how many runes an alias, near: or not: has at most, as in the configuration.
const maxTerm = 100

// commas is what some people part values with, in any script's form.
const commas = ",，、،"

// parting is a comma that parts two things, which the one in 10,000 does not.
var parting = regexp.MustCompile(`(?:^|[^\p{Nd}])[` + commas + `]|[` + commas + `](?:$|[^\p{Nd}])`)

// between is a comma between values that stand in quotes each.
var between = regexp.MustCompile(`[` + doubleMarks + singleMarks + `] ?[` + commas + `]|[` + commas + `] ?[` + doubleMarks + singleMarks + `]`)

// A term is one value of an option that takes several.
type term struct {
	text   string // without its quotes
	quoted bool   // it stood in quotes of its own
}

// terms splits what semicolons separate, in any script's form of them; empty and repeated ones are left out.
func terms(s string) []term {
	var list []term
	seen := map[string]bool{}
	for _, p := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		p = strings.TrimSpace(p)
		bare := unquote(p)
		if bare != "" && !seen[bare] {
			seen[bare] = true
			list = append(list, term{bare, bare != p})
		}
	}
	return list
}

// parts are the texts of terms.
func parts(s string) []string {
	var list []string
	for _, t := range terms(s) {
		list = append(list, t.text)
	}
	return list
}

// joined is a list as parts reads it back.
func joined(list []string) string {
	out := make([]string, len(list))
	for i, text := range list {
		if out[i] = text; parting.MatchString(text) {
			out[i] = `"` + text + `"`
		}
	}
	return strings.Join(out, "; ")
}

// listed takes off the marks that enclose all of a list, but those of a single value that has a comma: they say that it is one.
func listed(s string) string {
	bare := unquote(s)
	if bare != s && parting.MatchString(bare) && !strings.ContainsAny(bare, separators) {
		return `"` + bare + `"`
	}
	return bare
}

// checkTerms refuses options that are given and say nothing, and terms that are too long, as the configuration does, and
// terms that may be several, as chat alone can take them for one.
func checkTerms(a ask) error {
	for _, option := range []string{"aliases", "near", "not"} {
		text, given := a.Args[option]
		all := terms(text)
		if given && len(all) == 0 {
			return invalid("%s: is empty. Write something behind it, or leave it out.", option)
		}
		for _, t := range all {
			if len([]rune(t.text)) > maxTerm {
				return invalid("%s: “%s” is too long. Keep it to %d characters; semicolons part several.", option, cut(t.text, 40), maxTerm)
			}
			if parting.MatchString(t.text) && (!t.quoted || between.MatchString(t.text)) {
				return invalid("%s: “%s” has a comma, and semicolons part several. Write %s:%s, or, if it is one with a comma in it, put it in quotes: %s:\"%s\".",
					option, t.text, option, unparted(t.text), option, unmarked(t.text))
			}
		}
	}
	if text, given := a.Args["match"]; given && text == "" {
		return invalid("match: is empty. Write a query behind it, or leave it out.")
	}
	return nil
}

// unparted is a text with semicolons where commas part it.
func unparted(text string) string {
	at := parting.ReplaceAllStringFunc(unmarked(text), func(m string) string {
		return strings.Map(func(r rune) rune {
			if strings.ContainsRune(commas, r) {
				return ';'
			}
			return r
		}, m)
	})
	return strings.Join(parts(at), "; ")
}

// unmarked is a text without the double marks of quotation in it.
func unmarked(text string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(doubleMarks, r) {
			return -1
		}
		return r
	}, text)
}
