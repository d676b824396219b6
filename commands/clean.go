package commands

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

// Marks of quotation. Any of a family closes what any of it opened, since languages differ in which is which.
const (
	doubleMarks = "\"“”„‟«»＂"
	singleMarks = "'‘’‚‛‹›"
)

// clean returns s as one line: every kind of space is one blank, and what can't be seen but steers (control characters,
// marks that turn the direction of text) is gone.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), r == '\u200b', r == '\ufeff':
			return ' '
		case unicode.IsControl(r), r == unicode.ReplacementChar,
			r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\u200e', r == '\u200f':
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// straighten makes all double marks of quotation plain ones. The number of runes stays.
func straighten(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(doubleMarks, r) {
			return '"'
		}
		return r
	}, s)
}

// unquote takes off the marks that enclose all of s, as long as there are any.
func unquote(s string) string {
	for {
		runes := []rune(s)
		n := len(runes)
		if n < 2 {
			return s
		}
		marks := family(runes[0])
		if marks == "" || !strings.ContainsRune(marks, runes[n-1]) || closing(runes, 0) != n-1 {
			return s
		}
		s = strings.TrimSpace(string(runes[1 : n-1]))
	}
}

// family returns the marks of quotation that r is one of, "" if it is none.
func family(r rune) string {
	for _, f := range []string{doubleMarks, singleMarks} {
		if strings.ContainsRune(f, r) {
			return f
		}
	}
	return ""
}

// separators part the values of an option that takes several, in any script's form of the semicolon.
const separators = ";；؛"

// closing returns where the quotation that opens at i ends: at the next mark of its family with a blank, a separator or the end
// of the text after it, so that 5"-disk, צה"ל and O'Brien stay whole. It is -1 if nothing closes it.
func closing(text []rune, i int) int {
	marks := family(text[i])
	for j := i + 1; j < len(text); j++ {
		if strings.ContainsRune(marks, text[j]) && (j+1 == len(text) || text[j+1] == ' ' || strings.ContainsRune(separators, text[j+1])) {
			return j
		}
	}
	return -1
}

// slackLink is how Slack writes addresses, people and channels in a command's text: <https://example.org|label>, <@U1|name>.
// https://docs.slack.dev/messaging/formatting-message-text#escaping
var slackLink = regexp.MustCompile(`<((?:https?://|mailto:|[@#!])[^<>|]*)(?:\|([^<>]*))?>`)

// unwrap undoes slackLink: an option that takes an address gets the address, others what people saw.
func unwrap(s string, address bool) string {
	return slackLink.ReplaceAllStringFunc(s, func(link string) string {
		parts := slackLink.FindStringSubmatch(link)
		if address || parts[2] == "" {
			return strings.ReplaceAll(parts[1], "&amp;", "&")
		}
		return parts[2]
	})
}

// operator is what a query's text holds if it is more than words.
var operator = regexp.MustCompile(`(^|[\s(])(AND|OR|NOT|NEAR/\d+)($|[\s(])|["()*=]|\w:`)

// query tidies a query: straight marks, and none around the whole where they are the option's, not a phrase's.
func query(s string) string {
	s = straighten(s)
	for {
		runes := []rune(s)
		n := len(runes)
		if n < 2 || family(runes[0]) == "" || family(runes[0]) != family(runes[n-1]) {
			return s
		}
		inner := strings.TrimSpace(string(runes[1 : n-1]))
		plain := runes[0] == '"'
		whole := !plain && closing(runes, 0) == n-1 || plain && operator.MatchString(inner) && balanced(inner)
		if !whole {
			return s
		}
		s = inner
	}
}

// balanced tells whether the quotes in a query enclose phrases: one opens after a blank or a parenthesis, and so on.
func balanced(s string) bool {
	if strings.Count(s, `"`)%2 != 0 {
		return false
	}
	open := false
	before := ' '
	for _, r := range s {
		if r == '"' {
			if !open && !strings.ContainsRune(" (:=", before) {
				return false
			}
			open = !open
		}
		before = r
	}
	return true
}

// cut returns at most n runes of s, ending between characters as people see them, with an ellipsis if there was more.
func cut(s string, n int) string {
	if len(s) <= n || len([]rune(s)) <= n {
		return s
	}
	var b strings.Builder
	left := n - 1
	for it := graphemes.FromString(s); it.Next(); {
		left -= len([]rune(it.Value()))
		if left < 0 {
			break
		}
		b.WriteString(it.Value())
	}
	return strings.TrimRight(b.String(), " ") + "…"
}
