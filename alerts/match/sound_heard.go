package match

import (
	"slices"
	"strings"
	"unicode"
)

// maxEars bounds the words whose sounds are remembered.
const maxEars = 1 << 14

// heard is a word of the text by its sound, nil where it cannot be read.
func (t *text) heard(fold string) *hearer {
	h, known := t.ears[fold]
	if !known {
		fold = strings.Clone(fold)
		if u, ok := utter(fold); ok && !isHiragana(fold) {
			h = &hearer{utterance: u, heft: u.heft(), fold: fold}
			if u.blurs(fold) {
				u.phones = slices.Clone(u.phones)
				u.phones[len(u.phones)-1].is |= soundT0
			}
			h.keys, h.bones = u.heardKeys(), u.heardSkeletons()
		}
		if len(t.ears) >= maxEars {
			clear(t.ears)
		}
		t.ears[fold] = h
	}
	return h
}

// casesHeard are those that an ending may tell which Cyrillic has put behind a name, in all of its languages.
func casesHeard(base, ending string) cases {
	switch {
	case ending == "ю" && (strings.HasSuffix(base, "о") || strings.HasSuffix(base, "е") || strings.HasSuffix(base, "є")): // Кулебою
		return dative | accusative | locative | instrumental
	case ending == "ом" && (strings.HasSuffix(base, "ск") || strings.HasSuffix(base, "цк")): // Serbian: Зеленском
		return dative | locative | instrumental
	}
	switch ending {
	case "а", "я":
		return nominative | genitive | accusative
	case "у", "ю":
		return dative | accusative | locative
	case "ом", "ем", "єм", "ою", "ею", "єю":
		return instrumental
	case "ым", "им":
		return instrumental | locative
	case "ого":
		return genitive | accusative
	case "ому", "ові", "еві":
		return dative | locative
	}
	return anyCase
}

// isHiragana tells a word that is written in it. In a text each of its syllables stands alone, and is no name.
func isHiragana(fold string) bool { return unicode.Is(unicode.Hiragana, firstRune(fold)) }

// heardOf is a unit's k-th reading by its sound.
func (t *text) heardOf(u *unit, k int) *hearer {
	if u.ears != nil {
		return u.ears[k]
	}
	return t.heard(u.reads[k])
}

// blurs tells a word in -ts, which may be a t with the -s of Latvian: Roberts, Ismets.
func (u *utterance) blurs(fold string) bool {
	return strings.HasSuffix(fold, "ts") && u.phones[len(u.phones)-1].width == 2
}
