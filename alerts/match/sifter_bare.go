package match

import (
	"slices"
	"strings"
	"unicode"
)

// A surname that stands alone in another script is never announced, but a reader may want to know of it: Путин for Vladimir
// Putin. Any word sounds like somebody's surname once enough names are listened to, so this is done for a desk's own
// watches, not beside a catalogue.

// MaxBareNames is how many names an index listens to at most while a surname that is known by its sound alone makes a near
// miss. A person's aliases and short first names count as names of their own.
const MaxBareNames = 10_000

// A bareMemo remembers which patterns have a surname that a unit sounds like, while the index is as seen.
type bareMemo struct {
	units []bareUnit // nil until one is looked up
	refs  []uint32   // patterns, of units
}

// A bareUnit says where in bareMemo.refs the patterns of a unit are.
type bareUnit struct {
	tag   uint64
	at, n uint32
}

const (
	bareUnits   = 1 << 14 // 256 KiB
	maxBareRefs = 1 << 16 // 256 KiB
)

func (m *bareMemo) forget() {
	clear(m.units)
	m.refs = m.refs[:0]
}

// lookUpBare takes the patterns that have a surname which a unit sounds like.
func (s *sifter) lookUpBare() {
	if n := s.x.heard.Load(); n == 0 || n > MaxBareNames {
		return
	}
	for i := range s.pairing.units {
		u := &s.pairing.units[i]
		for _, ref := range s.bareOf(u) {
			s.stands.list = append(s.stands.list, stand{ref, u.first})
			s.take(ref)
		}
	}
}

// bareOf are the patterns that have a surname which a unit sounds like.
func (s *sifter) bareOf(u *soundingUnit) []uint32 {
	m := &s.pairing.bare
	if m.units == nil {
		m.units = make([]bareUnit, bareUnits)
	}
	tag := max(1, u.hash^s.tongue.salt)
	at := &m.units[tag>>9&(bareUnits-1)]
	if at.tag != tag {
		if len(m.refs) > maxBareRefs {
			m.forget()
		}
		*at = bareUnit{tag: tag, at: uint32(len(m.refs))} //nolint:gosec // see maxBareRefs
		s.findBare(u)
		at.n = uint32(len(m.refs)) - at.at //nolint:gosec // fewer than patterns
	}
	return m.refs[at.at : at.at+at.n]
}

// findBare adds to bareMemo.refs the patterns that have a surname which a unit sounds like in another script.
func (s *sifter) findBare(u *soundingUnit) {
	m, e := &s.pairing.bare, &s.x.ears
	from := len(m.refs)
	unit := s.unitOf(u.sweptUnit)
	for _, b := range s.tongue.text.bones(&unit) {
		key := surnameKey(b)
		if !e.surnames.mayHold(key) {
			continue
		}
		e.surnames.each(key, func(listed uint32) {
			f := s.fitSurname(u, listed>>1)
			loose := f&fitLoose != 0
			if f&(fitByEar|fitLoose) == 0 || f&fitOwn != 0 || !loose && f.steps() > stepsOfBareName || loose && s.isOfScript(&unit, listed>>1) {
				return
			}
			e.bearers.each(bearerKey(listed>>1), func(given uint32) {
				s.x.pairs.each(pairOf(given, listed>>1), func(ref uint32) { m.refs = append(m.refs, ref) })
			})
		})
	}
	found := m.refs[from:]
	slices.Sort(found)
	m.refs = m.refs[:from+len(slices.Compact(found))]
}

// isOfScript tells a unit that is heard in the script of a word of ears.
func (s *sifter) isOfScript(u *unit, ear uint32) bool {
	kept, _ := s.x.ears.words.get(ear)
	first, _, _ := strings.Cut(kept.written, " ")
	word, ok := spellOut(first)
	heard := s.tongue.text.heard(u.reads[0])
	return ok && heard != nil && heard.script == word.script
}

// foreign tells an agreement by the sound of a word in another script.
func (c cases) foreign() bool { return c&byEar != 0 && c&(ownScript|transcribed) == 0 }

const (
	stepsOfLone      = 20 // how close a surname must be that has neither a name nor an office beside it
	stepsOfLoneShort = 5  // and one of fewer than three consonants
)

// tellsAlone tells that a word which is so many steps from the surname is it rather than another name: Киев is not Chow.
func (w *word) tellsAlone(steps int) bool {
	h := w.joined.ear
	if h == nil || len(h.phones) < 4 {
		return false
	}
	n := 0
	for i := range h.phones {
		if p := &h.phones[i]; !p.free && !p.vowel() && !p.weak() {
			n++
		}
	}
	return steps <= stepsOfLoneShort || n >= 3 && steps <= stepsOfLone
}

// surelyName tells that the word at atoms i to end can hardly be anything but a name: Katakana, a word beside an office, or
// one with a capital where a small word would have none, which stands nowhere small.
func (f *field) surelyName(t *text, i, end int) bool {
	a := f.atom(i)
	switch {
	case a.char:
		return false
	case f.besideOffice(i, end), unicode.Is(unicode.Katakana, firstRune(a.fold)):
		return true
	case a.shape != capital || t.isLowered(a.fold) || t.opensSentence(a.fold):
		return false
	case f.name == Title: // what opens a headline is a name where the text has it too
		return f.linked(i) && !f.headline() || t.isCapital(a.fold)
	}
	return f.linked(i)
}

// besideOffice tells that an office stands beside atoms i to end, or with a word between before them: الرئيس الروسي بوتين.
func (f *field) besideOffice(i, end int) bool {
	if end < len(f.atoms) && f.linked(end) && f.calls(end, callsOffice) {
		return true
	}
	for k := i; k > max(0, i-2) && f.linked(k); k-- {
		if f.calls(k-1, callsOffice) {
			return true
		}
	}
	return false
}

// isOfficeBeside tells an office beside a name, also in scripts that have no capitals, whose names the other rules do not
// need it for: Korean, Georgian and Hindi, with what is written onto it.
func isOfficeBeside(fold string) bool {
	if isTitle(fold) {
		return true
	}
	if fold == "" || fold[0] < 0xE0 {
		return false // none of those scripts
	}
	for _, base := range []string{
		"대통령", "총리", "장관", "외무장관", "외교장관", "국방장관", "국무장관", "재무장관", "의원", "주석", "위원장", "대사", "특사", "사무총장", "교황", "국왕", "왕세자",
		"პრეზიდენტ", "პრემიერ", "მინისტრ", "კანცლერ", "სენატორ", "ელჩ", "राष्ट्रपति", "प्रधानमंत्री", "मंत्री", "विदेशमंत्री", "राजदूत",
	} {
		if strings.HasPrefix(fold, base) {
			return true
		}
	}
	return false
}
