package config

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// masks are what an excerpt never shows; the first group stays. They err on the side of hiding.
var masks = []*regexp.Regexp{
	// Everything after a key that sounds like a credential, unless it is a single ${...}.
	regexp.MustCompile(`(?i)([\w-]*(?:token|secret|passw|pwd|cookie|authorization|credential|api_?-?key|dsn)[\w-]*["']?\s*:\s*)(\S.*)`),
	regexp.MustCompile(`(://)([^/\s@]*)@`),                                 // user and password of a URL
	regexp.MustCompile(`(https?://[^\s"'?]*\?)([^\s"']+)`),                 // a URL's query may hold an access key
	regexp.MustCompile(`()(\bxox[a-z](?:\.[a-z]+)?-[\w-]*|\bxapp-[\w-]*)`), // https://docs.slack.dev/authentication/tokens/
	regexp.MustCompile(`(?i)(\b(?:bearer|bot)\s+)([\w.+/=-]{16,})`),        // an Authorization header
	regexp.MustCompile(`()([\w-]{18,}\.[\w-]{5,}\.[\w-]{20,})`),            // Discord's and JSON Web Tokens
	regexp.MustCompile(`()(\b[[:alpha:]_]*(?:\d[[:alpha:]_]*){3,}\b)`),     // see opaque
}

// reference is a rest of a line that holds nothing but ${...}, in flow style with the keys between.
var reference = regexp.MustCompile(`^(?:(?:[\w-]+\s*:\s*\{?)*["']?\$\{[^}]*\}["']?[\s,}\]]*)+(?:#.*)?$`)

// mask hides what may be a secret in a line of the file, rune for rune, so that columns stay right.
func mask(line string) string {
	for _, m := range masks {
		line = m.ReplaceAllStringFunc(line, func(found string) string {
			at := m.FindStringSubmatchIndex(found)
			from, to := at[4], at[5]
			text := found[from:to]
			if reference.MatchString(text) || (at[2] == at[3] && !opaque(text)) {
				return found
			}
			return found[:from] + strings.Repeat("*", utf8.RuneCountInString(text)) + found[to:]
		})
	}
	return line
}

// opaque tells whether a word looks made by a machine: a known prefix, or at least 20 characters with letters and digits mixed.
func opaque(word string) bool {
	if strings.HasPrefix(word, "xox") || strings.HasPrefix(word, "xapp-") {
		return true
	}
	return utf8.RuneCountInString(word) >= 20 && strings.IndexFunc(word, unicode.IsLetter) >= 0 &&
		strings.IndexFunc(word, unicode.IsDigit) >= 0
}

// anonymous stands for a value that a mistake does not repeat.
const anonymous = "this value"

// maxShown is the longest value that a mistake repeats, in runes.
const maxShown = 60

// show returns the value in quotes, fit for a mistake: `"us-rusia"`; a long or suspicious one is "this value".
func show(text string) string {
	if utf8.RuneCountInString(text) > maxShown || text == "" || mask(text) != text || strings.ContainsFunc(text, unicode.IsControl) {
		return anonymous
	}
	return `"` + text + `"`
}
