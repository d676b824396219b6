package commands

import (
	"strings"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// A path is a command with its full name.
type path struct {
	Name string // "watch add"
	Command
}

// paths returns the commands that can be run, in the catalog's order.
func paths(catalog []Command) []path {
	var all []path
	for _, c := range catalog {
		if len(c.Subs) == 0 {
			all = append(all, path{c.Name, c})
		}
		for _, sub := range c.Subs {
			all = append(all, path{c.Name + " " + sub.Name, sub})
		}
	}
	return all
}

// find returns the command of that full name; ok is false if there is none that can be run.
func find(catalog []Command, name string) (p path, ok bool) {
	for _, p := range paths(catalog) {
		if p.Name == name {
			return p, true
		}
	}
	return path{}, false
}

// option returns the command's option of that name, in any case.
func (p path) option(name string) (Option, bool) {
	for _, o := range p.Options {
		if strings.EqualFold(o.Name, name) {
			return o, true
		}
	}
	return Option{}, false
}

// Usage returns how a command is written in the text grammar, such as "watch list [LIST]"; "" for what is no command.
func Usage(command string) string {
	p, ok := find(Catalog(), command)
	if !ok {
		return ""
	}
	return p.usage()
}

func (p path) usage() string {
	var b strings.Builder
	b.WriteString(p.Name)
	for i, o := range p.Options {
		value := strings.ToUpper(o.Name)
		if len(o.Choices) > 0 {
			value = strings.Join(o.Choices, "|")
		}
		if i > 0 {
			value = o.Name + ":" + value
		}
		if !o.Required {
			value = "[" + value + "]"
		}
		b.WriteString(" " + value)
	}
	return b.String()
}

// A manner is how a platform's people write commands.
type manner string

// mannerOf returns how commands are written in w.
func mannerOf(w alerts.Workspace) manner {
	switch w.Platform() {
	case "discord", "slack":
		return manner(w.Platform())
	}
	return "console"
}

// prefix is what stands before a command's name.
func (m manner) prefix() string {
	switch m {
	case "discord":
		return "/"
	case "slack":
		return "/attache "
	}
	return ""
}

// usage is Usage as people of the platform write it. Discord shows its options itself.
func (m manner) usage(p path) string { return m.prefix() + p.usage() }

// write returns a command with arguments as it is typed: pairs are an option's name and its value, in order.
func (m manner) write(command string, pairs ...string) string {
	p, _ := find(Catalog(), command)
	var b strings.Builder
	b.WriteString(m.prefix() + command)
	for i := 0; i+1 < len(pairs); i += 2 {
		name, value := pairs[i], pairs[i+1]
		first := len(p.Options) > 0 && p.Options[0].Name == name
		switch {
		case m == "discord":
			b.WriteString(" " + name + ":" + value)
		case first && i == 0:
			b.WriteString(" " + quote(value, p.Options[0].Whole))
		default:
			b.WriteString(" " + name + ":" + quote(value, false))
		}
	}
	return b.String()
}

// example is the catalog's example of a command as people of the platform type it.
func (m manner) example(p path) string {
	if m != "discord" || p.Example == "" {
		return strings.TrimSpace(m.prefix() + p.Name + " " + p.Example)
	}
	_, args, err := ParseLine(p.Name + " " + p.Example)
	if err != nil {
		return m.prefix() + p.Name
	}
	var pairs []string
	for _, o := range p.Options {
		if value, ok := args[o.Name]; ok {
			pairs = append(pairs, o.Name, value)
		}
	}
	return m.write(p.Name, pairs...)
}

// quote returns the value as the text grammar reads it back. A bare value may be of several words.
func quote(value string, bare bool) string {
	plain := !strings.ContainsAny(value, `"'“”„«»‘’:=—–<`) && !strings.Contains(" "+value, " -") && !asksHelp(value)
	switch {
	case plain && (bare || !strings.Contains(value, " ")):
		return value
	case strings.Contains(value, `"`):
		return "'" + value + "'"
	}
	return `"` + value + `"`
}
