package config

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What an excerpt never shows: the second group. It errs on the side of hiding.
var (
	// Everything after a key that sounds like a credential.
	credential = regexp.MustCompile(`(?i)([\w-]*(?:token|secret|passw|pwd|cookie|authorization|credential|api_?-?key|dsn)[\w-]*["']?\s*:\s*)(\S.*)`)
	// The user and password of a URL, and its query, which may hold a key.
	userinfo = regexp.MustCompile(`(://)([^/\s@]*)@`)
	query    = regexp.MustCompile(`(https?://[^\s"'?]*\?)([^\s"']+)`)
	// A query where the scheme was forgotten.
	bareQuery = regexp.MustCompile(`([\w.-]+\.[^\s"'?]*\?)([^\s"']+=[^\s"']*)`)
	// Tokens of Slack: https://docs.slack.dev/authentication/tokens/
	slackToken = regexp.MustCompile(`()(\bxox[a-z](?:\.[a-z]+)?-[\w-]*|\bxapp-[\w-]*)`)
	// An Authorization header's value.
	bearer = regexp.MustCompile(`(?i)(\b(?:bearer|bot)\s+)([\w.+/=-]{16,})`)
	// Discord's and JSON Web Tokens.
	dotted = regexp.MustCompile(`()([\w-]{18,}\.[\w-]{5,}\.[\w-]{20,})`)
	// A word of letters and digits mixed: see opaque.
	mixed = regexp.MustCompile(`()(\b[[:alpha:]_]*(?:\d[[:alpha:]_]*){3,}\b)`)
)

// reference is a rest of a line that holds nothing but ${...}, in flow style with the keys between.
var reference = regexp.MustCompile(`^(?:(?:[\w-]+\s*:\s*\{?)*["']?\$\{[^}]*\}["']?[\s,}\]]*)+(?:#.*)?$`)

// mask hides what may be a secret in a line of the file, rune for rune, so that columns stay right.
func mask(line string) string {
	for _, m := range []*regexp.Regexp{credential, userinfo, query, bareQuery, slackToken, bearer, dotted, mixed} {
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
	if text == "" || utf8.RuneCountInString(text) > maxShown || mask(text) != text || strings.ContainsFunc(text, unicode.IsControl) {
		return anonymous
	}
	return `"` + text + `"`
}
