package commands

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// invalid is a mistake of the user with what to do next.
func invalid(format string, args ...any) error {
	return &alerts.Invalid{Say: fmt.Sprintf(format, args...)}
}

// check returns the arguments of a command tidied, or an *alerts.Invalid that says what to write.
// A value that is empty counts as absent, but for options that must say something where they are given.
func check(p path, args map[string]string, m manner) (map[string]string, error) {
	tidy := make(map[string]string, len(args))
	for name, value := range args {
		o, ok := p.option(name)
		if !ok {
			return nil, unknownOption(p, name, m)
		}
		value, err := checkValue(o, value)
		if err != nil {
			return nil, err
		}
		if value != "" || o.Filled {
			tidy[o.Name] = value
		}
	}
	for _, o := range p.Options {
		if o.Required && tidy[o.Name] == "" {
			return nil, invalid("%s needs %s: %s. Write for example: %s", p.Name, article(o.Name), sentence(o.Say), m.example(p))
		}
	}
	return tidy, nil
}

// maxMarks is how many quotes and blanks a value may have around it beyond its limit.
const maxMarks = 60

func checkValue(o Option, value string) (string, error) {
	if !utf8.ValidString(value) {
		return "", invalid("%s", notUTF8)
	}
	if len(value) > maxLine {
		return "", invalid("The value of %s: is too long; shorten it to %d characters.", o.Name, o.limit())
	}
	value = unwrap(clean(value), o.Address)
	n := utf8.RuneCountInString(value)
	if n <= o.limit()+maxMarks {
		switch {
		case o.Query:
			value = query(value)
		case o.List:
			value = listed(value)
		default:
			value = unquote(value)
		}
		n = utf8.RuneCountInString(value)
	}
	if n > o.limit() {
		return "", invalid("The value of %s: has %d characters; shorten it to %d.", o.Name, n, o.limit())
	}
	if value == "" || len(o.Choices) == 0 || slices.Contains(o.Choices, strings.ToLower(value)) {
		if len(o.Choices) > 0 {
			value = strings.ToLower(value)
		}
		return value, nil
	}
	if near := nearest(value, o.Choices, lower); near != "" {
		return "", invalid("There is no %s “%s”. Did you mean %s? It takes %s.", o.Name, cut(value, 40), near, or(o.Choices))
	}
	return "", invalid("There is no %s “%s”. It takes %s.", o.Name, cut(value, 40), or(o.Choices))
}

func unknownOption(p path, name string, m manner) error {
	if len(p.Options) == 0 {
		return invalid("%s takes nothing more. Write only: %s", p.Name, m.usage(p))
	}
	names := make([]string, len(p.Options))
	for i, o := range p.Options {
		names[i] = o.Name
	}
	said := fmt.Sprintf("%s has no option %s:.", p.Name, cut(name, 40))
	if near := nearest(name, names, lower); near != "" {
		said += fmt.Sprintf(" Did you mean %s:?", near)
	}
	said += " Write: " + m.usage(p)
	if m != "discord" {
		said += " A value with a colon in it needs quotes."
	}
	return invalid("%s", said)
}

// article puts "a" or "an" before a word.
func article(word string) string {
	if word == "alert" {
		return "an " + word
	}
	return "a " + word
}

// sentence makes a menu's text part of a sentence.
func sentence(say string) string {
	first, size := utf8.DecodeRuneInString(say)
	return strings.ToLower(string(first)) + say[size:]
}
