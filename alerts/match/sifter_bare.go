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
	refs  []uint32   // patterns, of units, some with bareAlone
	bones []skeleton // of the unit that is looked up
}

// bareAlone is the bit of a pattern whose surname sounds so much like the unit that no office need stand beside it, as far as known.
const bareAlone = 1 << 31

// A bareUnit says where in bareMemo.refs the patterns of a unit are.
type bareUnit struct {
	tag   uint64
	at, n uint32
}

const (
	bareUnits   = 1 << 14 // 256 KiB
	maxBareRefs = 1 << 16 // 256 KiB
)

// of is where a unit is remembered, or may be in place of another.
func (m *bareMemo) of(tag uint64) *bareUnit {
	few := m.units[tag>>9&(bareUnits-ways):][:ways]
	for i := range few {
		if few[i].tag == tag || few[i].tag == 0 {
			return &few[i]
		}
	}
	return &few[tag>>40&(ways-1)]
}

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
		s.takeBare(&s.pairing.units[i])
	}
}

// takeBare takes the patterns of a unit that may be known by it where it stands. Where no capital marks a name nearly every word sounds
// like somebody: there it is asked first where it stands.
func (s *sifter) takeBare(u *soundingUnit) {
	var surely, office bool
	if u.uncased {
		if surely, office = s.standsSurely(u); !surely {
			return
		}
	}
	refs := s.bareOf(u)
	if len(refs) == 0 {
		return
	}
	if !u.uncased {
		if surely, office = s.standsSurely(u); !surely {
			return
		}
	}
	for _, r := range refs {
		if ref := r &^ bareAlone; office || r&bareAlone != 0 {
			s.stands.list = append(s.stands.list, stand{ref, u.first})
			s.take(ref)
		}
	}
}

// standsSurely tells that a surname which begins with a unit may be known by its sound alone where it stands, and that an office stands
// beside it: see field.surelyName.
func (s *sifter) standsSurely(u *soundingUnit) (surely, office bool) {
	t := s.textOf(s.doc)
	f, _, i := s.placeOf(t, int(u.first))
	next := i + int(u.last-u.first) + 1
	for end := next; end <= min(next+int(s.x.parts.Load()), len(f.atoms)) && !office; end++ { // it may have more parts
		office = f.besideOffice(i, end)
	}
	return office || f.surelyName(t, i, next), office
}

// bareOf are the patterns that have a surname which a unit sounds like.
func (s *sifter) bareOf(u *soundingUnit) []uint32 {
	m := &s.pairing.bare
	if m.units == nil {
		m.units = make([]bareUnit, bareUnits)
	}
	tag := max(1, u.hash^s.tongue.salt)
	at := m.of(tag)
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
	m.bones = s.tongue.text.addBones(&unit, m.bones[:0])
	for _, b := range m.bones {
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
			alone := uint32(0)
			if loose || s.tellsAlone(listed>>1, f.steps()) {
				alone = bareAlone
			}
			e.bearers.each(bearerKey(listed>>1), func(given uint32) {
				s.x.pairs.each(pairOf(given, listed>>1), func(ref uint32) { m.refs = append(m.refs, ref|alone) })
			})
		})
	}
	found := m.refs[from:]
	slices.Sort(found)
	m.refs = m.refs[:from+len(slices.Compact(found))]
}

// tellsAlone is word.tellsAlone of a word of ears.
func (s *sifter) tellsAlone(ear uint32, steps int) bool {
	kept, ok := s.x.ears.words.get(ear)
	if !ok {
		return true // removed meanwhile
	}
	w := s.x.ears.kept.of(kept)
	return w == nil || w.tellsAlone(steps)
}

// isOfScript tells a unit that is heard in the script of a word of ears.
func (s *sifter) isOfScript(u *unit, ear uint32) bool {
	kept, ok := s.x.ears.words.get(ear)
	heard := s.tongue.text.heard(u.reads[0])
	return ok && heard != nil && unicode.Is(heard.script, firstRune(kept.written))
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
	if end < len(f.atoms) && f.calls(end, callsOffice) && f.linked(end) {
		return true
	}
	if i > 0 && f.calls(i-1, callsOffice) && f.linked(i) {
		return true
	}
	return i > 1 && f.calls(i-2, callsOffice) && f.linked(i) && f.linked(i-1)
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
