package commands

import (
	"slices"
	"strings"
	"unicode"
)

// A scanner reads a cleaned line from left to right.
type scanner struct {
	text []rune
	pos  int
	help bool // the line asks for a command's usage
}

// A word is a run without blanks, or what is in quotes.
type word struct {
	raw  string // as typed
	text string // without its quotes
}

// together is the value that several words make. Only around a single word are quotes not part of it.
func together(words []word) string {
	if len(words) == 1 {
		return words[0].text
	}
	raw := make([]string, len(words))
	for i, w := range words {
		raw[i] = w.raw
	}
	return strings.Join(raw, " ")
}

// done skips blanks and tells whether nothing is left.
func (s *scanner) done() bool {
	for s.pos < len(s.text) && s.text[s.pos] == ' ' {
		s.pos++
	}
	return s.pos == len(s.text)
}

// name reads a command's word, in lower case and without a slash.
func (s *scanner) name() string {
	if s.done() {
		return ""
	}
	start := s.pos
	for s.pos < len(s.text) && s.text[s.pos] != ' ' {
		s.pos++
	}
	bare := strings.TrimRight(strings.TrimLeft(string(s.text[start:s.pos]), "/@"), ":,")
	if bare == "" {
		return s.name()
	}
	return strings.ToLower(bare)
}

// word reads one word.
func (s *scanner) word() (word, error) {
	start := s.pos
	if s.text[start] == '<' { // Slack's links may hold blanks
		rest := s.text[start+1:]
		end := slices.IndexFunc(rest, func(r rune) bool { return r == '<' || r == '>' })
		if end >= 0 && rest[end] == '>' && slackLink.MatchString(string(s.text[start:start+end+2])) {
			s.pos += end + 2
		}
	}
	if f := family(s.text[start]); f != "" {
		if end := closing(s.text, start); end > 0 {
			s.pos = end + 1
			raw := string(s.text[start:s.pos])
			return word{raw, strings.TrimSpace(string(s.text[start+1 : end]))}, nil
		} else if f == doubleMarks {
			return word{}, invalid("The quotes before “%s” are not closed. Write them at the end of the value too.",
				cut(strings.TrimSpace(string(s.text[start+1:])), 40))
		}
	}
	for s.pos < len(s.text) && s.text[s.pos] != ' ' {
		s.pos++
	}
	raw := string(s.text[start:s.pos])
	return word{raw, raw}, nil
}

// option reads "name:" or "--name" if one stands here. A name that the command does not have is an *alerts.Invalid where
// it can hardly be a value.
func (s *scanner) option(p path, m manner) (o Option, named bool, err error) {
	name, after, dashed, sep := s.ahead()
	o, ok := p.option(name)
	switch {
	case name == "" || !dashed && !sep:
		return Option{}, false, nil
	case ok:
		s.pos = after
		return o, true, nil
	case asksHelp(name) || !dashed && (len(p.Options) < 2 || after < len(s.text) && s.text[after] == '/'):
		return Option{}, false, nil
	}
	return Option{}, false, unknownOption(p, name, m)
}

// atOption tells whether the name of one of the command's options stands here.
func (s *scanner) atOption(p path, m manner) bool {
	mark := s.pos
	_, named, _ := s.option(p, m)
	s.pos = mark
	return named
}

// ahead looks for an option's name at the scanner's place: after is where its value would begin, dashed that dashes stand
// before it, sep that a colon or equals sign follows.
func (s *scanner) ahead() (name string, after int, dashed, sep bool) {
	i := s.pos
	for i < len(s.text) && strings.ContainsRune("-–—", s.text[i]) {
		i++
	}
	dashes := string(s.text[s.pos:i])
	dashed = dashes != "" && dashes != "-"
	start := i
	for i < len(s.text) && s.text[i] < unicode.MaxASCII && unicode.IsLetter(s.text[i]) {
		i++
	}
	if i == start || dashes == "-" {
		return "", 0, false, false
	}
	name = string(s.text[start:i])
	if i < len(s.text) && strings.ContainsRune(":=：", s.text[i]) {
		return name, i + 1, dashed, true
	}
	if dashed && (i == len(s.text) || s.text[i] == ' ') {
		return name, i, true, false
	}
	return "", 0, false, false
}

// value reads an option's value: one word, or for a Whole option all up to the next option.
func (s *scanner) value(p path, o Option, m manner) (string, error) {
	if s.done() || s.text[s.pos-1] == ' ' && s.atOption(p, m) {
		return "", invalid("There is no value after %s:. Write: %s", o.Name, m.usage(p))
	}
	if o.Query {
		return s.query(p), nil
	}
	var words []word
	for !s.done() {
		if len(words) > 0 {
			mark := s.pos
			if _, named, err := s.option(p, m); named || err != nil {
				s.pos = mark
				break
			}
		}
		w, err := s.word()
		if err != nil {
			return "", err
		}
		words = append(words, w)
		if !o.Whole {
			break
		}
	}
	if o.List && len(words) == 1 {
		return words[0].raw, nil // whose quotes may be those of its one value
	}
	return together(words), nil
}

// query reads up to the next option outside quotes, all marks kept.
func (s *scanner) query(p path) string {
	start, quoted := s.pos, false
	for ; s.pos < len(s.text); s.pos++ {
		if strings.ContainsRune(doubleMarks, s.text[s.pos]) {
			quoted = !quoted
		}
		if quoted || s.pos == start || s.text[s.pos-1] != ' ' {
			continue
		}
		name, _, dashed, sep := s.ahead()
		if _, ok := p.option(name); ok && (dashed || sep) {
			break
		}
	}
	return string(s.text[start:s.pos])
}
