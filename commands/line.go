package commands

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// maxLine is how many bytes of a line or a value are looked at; no option takes so much.
const maxLine = 8000

// notUTF8 refuses letters that cannot be read: without them it would be another name that is looked up or watched.
const notUTF8 = "That is not UTF-8, so some of its letters cannot be read. Set the terminal, or save the file, to UTF-8, and write it again."

// ParseLine reads a command as people type it in Slack or at the console: watch add "Steve Witkoff" list:us-russia.
// It is kind: to a slash or "/attache" in front, to any case of the command's words, to a phone's quotes, to --list us-russia
// and the dash a phone makes of it, and to Slack's <https://…|label>. An empty line is help. The arguments are by option name
// and tidy, fit for Desk.Do. Any error is an *alerts.Invalid that says what to write.
func ParseLine(line string) (command string, args map[string]string, err error) {
	return parse(line, "console")
}

// parse is ParseLine, its advice written as people of the platform type commands.
func parse(line string, m manner) (string, map[string]string, error) {
	switch {
	case len(line) > maxLine:
		return "", nil, invalid("That line is too long to be a command: it has more than %d bytes. Shorten it to a few sentences.", maxLine)
	case !utf8.ValidString(line):
		return "", nil, invalid("%s", notUTF8)
	}
	s := &scanner{text: []rune(clean(line))}
	p, err := s.command(m)
	if err != nil {
		return "", nil, err
	}
	if s.help {
		return helpOn(p)
	}
	args, err := s.arguments(p, m)
	if err != nil {
		return "", nil, err
	}
	if s.help {
		return helpOn(p)
	}
	if args, err = check(p, args, m); err != nil {
		return "", nil, err
	}
	return p.Name, args, nil
}

func helpOn(p path) (string, map[string]string, error) {
	if p.Name == "" {
		return "help", map[string]string{}, nil
	}
	return "help", map[string]string{"command": p.Name}, nil
}

// asksHelp tells whether the word, written after a command, asks for its usage.
func asksHelp(word string) bool {
	switch strings.TrimLeft(lower(word), "-–—/") {
	case "help", "?":
		return true
	}
	return word == "-h"
}

// command reads the command's words.
func (s *scanner) command(m manner) (path, error) {
	catalog := Catalog()
	word := s.name()
	if word == "attache" || word == "attaché" {
		word = s.name()
	}
	if word == "" || word != "help" && asksHelp(word) {
		s.help = true
		return path{}, nil
	}
	for _, c := range catalog {
		switch {
		case c.Name != word:
		case len(c.Subs) == 0:
			return path{c.Name, c}, nil
		default:
			return s.sub(c, m)
		}
	}
	return path{}, wrongWord(catalog, word, m)
}

// changing tells words for what no command does.
func changing(word string) bool {
	return slices.Contains([]string{"edit", "change", "update", "modify", "set", "alter", "rename"}, word)
}

// sub reads the second word of a command.
func (s *scanner) sub(c Command, m manner) (path, error) {
	word := s.name()
	names := make([]string, len(c.Subs))
	for i, sub := range c.Subs {
		if sub.Name == word {
			return path{c.Name + " " + word, sub}, nil
		}
		names[i] = sub.Name
	}
	if word != "" && asksHelp(word) {
		s.help = true
		return path{Name: c.Name}, nil
	}
	if c.Name == "watch" && changing(word) {
		return path{}, invalid("A watch is changed by removing it and adding it anew. Write %swatch remove with its name: the answer has the "+
			"%swatch add that would take it back; change that and send it.", m.prefix(), m.prefix())
	}
	said := c.Name + " needs one of " + or(names) + " after it."
	if near := nearest(word, names, lower); near != "" {
		p, _ := find(Catalog(), c.Name+" "+near)
		return path{}, invalid("There is no command %s %s. Did you mean %s? Write: %s", c.Name, cut(word, 40), p.Name, m.usage(p))
	}
	p, _ := find(Catalog(), c.Name+" "+c.Subs[0].Name)
	return path{}, invalid("%s Write for example: %s", said, m.example(p))
}

// wrongWord answers a word that is no command with the nearest right one.
func wrongWord(catalog []Command, word string, m manner) error {
	names := make([]string, len(catalog))
	var within []string // commands that have the word as their second one
	var usage string
	for i, c := range catalog {
		names[i] = c.Name
		for _, sub := range c.Subs {
			if sub.Name == word {
				within = append(within, c.Name+" "+sub.Name)
				usage = m.usage(path{c.Name + " " + sub.Name, sub})
			}
		}
	}
	near := nearest(word, names, lower)
	word = cut(word, 40)
	switch {
	case len(within) == 1:
		return invalid("There is no command %s. Did you mean %s? Write: %s", word, within[0], usage)
	case len(within) > 1:
		return invalid("There is no command %s by itself. Did you mean %s?", word, or(within))
	case near == "":
		return invalid("There is no command %s. Write %shelp for all of them, or one of %s.", word, m.prefix(), or(names))
	}
	if p, ok := find(catalog, near); ok {
		return invalid("There is no command %s. Did you mean %s? Write: %s", word, near, m.usage(p))
	}
	var subs []string
	for _, p := range paths(catalog) {
		if strings.HasPrefix(p.Name, near+" ") {
			subs = append(subs, m.prefix()+p.Name)
		}
	}
	return invalid("There is no command %s. Did you mean %s? Write %s.", word, near, or(subs))
}

// arguments reads what follows the command's words.
func (s *scanner) arguments(p path, m manner) (map[string]string, error) {
	args := map[string]string{}
	var loose []word // by position
	for !s.done() {
		o, named, err := s.option(p, m)
		if err != nil {
			return nil, err
		}
		if !named {
			w, err := s.word()
			if err != nil {
				return nil, err
			}
			if len(loose) == 0 && asksHelp(w.raw) && s.done() && p.Name != "help" && len(args) == 0 {
				s.help = true
				return nil, nil
			}
			loose = append(loose, w)
			continue
		}
		if _, twice := args[o.Name]; twice {
			return nil, invalid("%s: is there twice. Write it once: %s", o.Name, m.usage(p))
		}
		if args[o.Name], err = s.value(p, o, m); err != nil {
			return nil, err
		}
	}
	if len(loose) == 0 {
		return args, nil
	}
	return args, settle(p, args, loose, m)
}

// settle gives the words without a name to the first option.
func settle(p path, args map[string]string, loose []word, m manner) error {
	if len(p.Options) == 0 {
		return unknownOption(p, loose[0].text, m)
	}
	first := p.Options[0]
	if _, given := args[first.Name]; !given && (first.Whole || len(loose) == 1) {
		args[first.Name] = together(loose)
		return nil
	}
	stray := loose[len(loose)-1].text
	return invalid("It is not clear what “%s” is. Put quotes around a value of several words: %s", cut(stray, 40), m.usage(p))
}
