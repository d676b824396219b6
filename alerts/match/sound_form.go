package match

import "strings"

// takenFor is what a text's name is read as: in Latin letters by its sound, or the watch's name where it has those.
func (t *text) takenFor(name []atom, term string) string {
	var b strings.Builder
	for i := range name {
		if _, how, _ := writtenIn(firstRune(name[i].fold)); how == latin || how == silent {
			return term
		}
		h := t.heard(name[i].fold)
		if h == nil {
			return term
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
