package match

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Some names sound alike, and yet what they are made of, or what stands at them, says that they are two people's.

// isAnother tells that a name which was found by its sound, from an atom to another, is somebody else's, however close it sounds.
func (w *nameWalk) isAnother(first, next int) bool {
	switch {
	case !isLatin(w.f.atom(first).fold):
		return w.n.romanises() && w.otherHangul(first, next)
	case !isLatin(w.n.surname.joined.fold):
		return false
	case w.own && w.n.letters() < fewLetters, w.isHers(w.f.atom(next - 1).fold):
		return true
	}
	return w.f.inPinyin(first, next) && w.n.isPinyin()
}

// isHers tells the surname of a woman whose father or husband has the watch's: Novotná, Novotný.
func (w *nameWalk) isHers(surname string) bool {
	his := w.n.surname.joined.fold
	base, ok := strings.CutSuffix(surname, "a")
	return ok && len(base)+1 == len(his) && strings.HasPrefix(his, base) && strings.ContainsAny(his[len(base):], "yi")
}

// fewLetters is from how many letters on, first name and surname together, a name in Latin letters may be spelt in several ways:
// To Lam is not To Lamb.
const fewLetters = 6

func isLatin(fold string) bool { return unicode.Is(unicode.Latin, firstRune(fold)) }

// letters counts those of the name's words.
func (n *name) letters() int {
	count := utf8.RuneCountInString(n.surname.joined.fold)
	for i := range n.given {
		count += utf8.RuneCountInString(n.given[i].joined.fold)
	}
	return count
}

// conjoined tells a surname that begins with the and of Arabic or Hebrew, written onto it, where the watch's does not begin with
// a sound that the letter may stand for: فلاديمير وبوتين is two people, كيت ويليام one.
func (w *nameWalk) conjoined(i int) bool {
	fold := w.f.atom(i).fold
	if r, n := utf8.DecodeRuneInString(fold); r != 'و' && r != 'ו' || utf8.RuneCountInString(fold[n:]) < 3 {
		return false
	}
	h := w.n.surname.parts[0].ear
	if h == nil || h.writing == abjad {
		return false
	}
	p := &h.phones[0]
	return !p.vowel() && !p.weak() && !p.free && (p.is|p.like)&(soundV|soundW) == 0
}

// fathers tells a father's name at an atom: as Slavic languages form it, and beside a watch that has one as others write it too. Whose
// it is says whether the word of the watch fits it.
func (w *nameWalk) fathers(i int) bool {
	return w.f.calls(i, callsPatronymic) || w.n.hasPatronymic() && isFather(w.f.atom(i).fold)
}

// isFather tells a word that ends as a father's name does in other languages than Russian, Ukrainian and English, folded. Many of
// those are surnames elsewhere.
func isFather(s string) bool {
	for ending := range strings.SplitSeq("vic vica vicu vicem vics witsch witsj vitch vitsj wicz wicza віч віча вічу вічам вић вића вићу вићем", " ") {
		if strings.HasSuffix(s, ending) && len(s) > len(ending)+3 {
			return true
		}
	}
	return false
}

// ofSon tells a watch whose surname says whose son or daughter somebody is: bin Salman.
func (n *name) ofSon() bool {
	for _, p := range n.particles {
		if isSon(p) {
			return true
		}
	}
	return false
}

// isSon tells a particle that says so, folded.
func isSon(s string) bool {
	switch s {
	case "ben", "бин", "ибн", "бен", "бін", "ібн", "بن", "ابن", "بنت", "בן", "בת", "אבן":
		return true
	}
	return isKinship(s)
}

// hasSon tells that such a particle stands at an atom, or what sounds like the watch's.
func (w *nameWalk) hasSon(i int) bool {
	return i >= 0 && i < len(w.f.atoms) && (isSon(w.f.atom(i).fold) || w.n.soundsParticle(w.t, w.f.unit(i)))
}

// sonless tells that the watch has a bin in front of its surname, and the text, whose surname stands at an atom, none.
func (w *nameWalk) sonless(surname int) bool {
	if !w.n.ofSon() {
		return false
	}
	for i := surname - 1; i >= 0 && w.particle(i); i-- {
		if w.hasSon(i) {
			return false
		}
	}
	return true
}
