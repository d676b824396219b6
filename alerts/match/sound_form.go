package match

import "strings"

// takenFor is what a text's name is read as: in Latin letters by its sound, or the watch's name where it has those.
func (t *text) takenFor(f *field, first, next int, term string) string {
	var form string
	if f.sifted != nil {
		form = f.sifted.inLatin(t, f, first, next)
	} else {
		form = t.inLatin(f.some(first, next))
	}
	if form == "" {
		return term
	}
	return form
}

// inLatin writes a name by its sound; "" where it is in Latin letters, or cannot be read.
func (t *text) inLatin(name []atom) string {
	var b strings.Builder
	for i := range name {
		if _, how, _ := writtenIn(firstRune(name[i].fold)); how == latin || how == silent {
			return ""
		}
		h := t.heard(name[i].fold)
		if h == nil {
			return ""
		}
		if b.Len() == 0 {
			b.Grow(64)
		} else {
			b.WriteByte(' ')
		}
		for i := range h.phones {
			b.WriteString(soundLatin(h.phones[i].code))
		}
	}
	return b.String()
}

// soundLatin writes one of soundLetters as English does.
func soundLatin(code byte) string {
	switch code {
	case 'N':
		return "n"
	case 'T':
		return "th"
	case 'S':
		return "sh"
	case 'Z':
		return "zh"
	case 'C':
		return "ch"
	case 'J':
		return "j"
	case 'c':
		return "ts"
	case 'x':
		return "kh"
	}
	return string(code)
}

// spokenForms remember what inLatin makes of names.
type spokenForms []spokenForm

type spokenForm struct {
	tag  uint64 // a hash of the name
	form string
}

const maxSpoken = 1 << 12 // 96 KiB, and what they are written as

// inLatin is text.inLatin of some atoms, from memory where it is there.
func (s *sifter) inLatin(t *text, f *field, first, next int) string {
	if s.forms == nil {
		s.forms = make(spokenForms, maxSpoken)
	}
	tag := uint64(0)
	for i := first; i < next; i++ {
		tag = mix(tag, f.tokens[i].hash)
	}
	at := &s.forms[tag>>9&(maxSpoken-1)]
	if at.tag != tag {
		*at = spokenForm{tag, t.inLatin(f.some(first, next))}
	}
	return at.form
}
