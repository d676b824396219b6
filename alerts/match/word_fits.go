package match

import (
	"strings"
	"unicode"
)

// fits tells whether a unit of text is this part, and in which cases.
func (p *part) fits(t *text, u *unit) (cases, bool) {
	for k, r := range u.reads {
		if set, ok := p.fitsRead(t, u.reads[0], r, u.cut(k)); ok {
			return set, true
		}
	}
	if set, ok := p.isCzechWoman(u); ok {
		return set, true
	}
	if p.isStemOf(t, u) {
		return anyCase, true
	}
	if p.ear == nil {
		return 0, false
	}
	if set, ok := p.translated(t, u); ok {
		return set, true
	}
	return p.ear.hears(t, u)
}

// fitsRead is fits of one of a unit's readings, for which cut was left out of the whole. Words of languages with a stemmer have stems.
func (p *part) fitsRead(t *text, whole, r string, cut cases) (cases, bool) {
	if cut&anyCase != 0 { // without an ending
		return cut, r == p.fold && (len(p.forms) > 0 || p.raw != "" && t.language == "" && !makesWords(whole[len(r):]))
	}
	var set cases
	for _, d := range p.declensions(t.base, r) {
		rest, ok := strings.CutPrefix(r, d.base)
		if !ok {
			continue
		}
		for _, e := range d.endings {
			if e.suffix == rest {
				set |= e.cases
			}
		}
	}
	if set != 0 {
		return set.in(t.base, r, p.fold) | cut, true
	}
	return anyCase | asIs | cut, r == p.fold
}

// makesWords tells Korean particles that make other words of words as often: 경기도 is a province.
func makesWords(particle string) bool { return particle == "도" || particle == "로" }

// isStemOf tells a word that has the stem of the unit, or what the unit has several of.
func (p *part) isStemOf(t *text, u *unit) bool {
	if p.raw == "" {
		return false
	}
	if p.many != "" && u.reads[0] == p.many && isManyOf(u.raw) {
		return true
	}
	s := t.stemOf(p.raw)
	return s != "" && u.hasStem(t, s)
}

// isNumbered tells what is told apart by a number behind a hyphen: F-16.
func isNumbered(atoms []atom) bool {
	last := atoms[len(atoms)-1].fold
	return len(atoms) > 1 && strings.Trim(last, "0123456789") == ""
}

// isManyOf tells capitals or digits with a small s: NGOs, 16s.
func isManyOf(raw string) bool {
	base, ok := strings.CutSuffix(raw, "s")
	return ok && base != "" && !strings.ContainsFunc(base, func(r rune) bool { return !unicode.IsUpper(r) && !unicode.IsDigit(r) })
}

// declensions are those by which a text in the language may have made the word r.
func (p *part) declensions(language, r string) []declension {
	rest, begins := strings.CutPrefix(r, p.fold)
	if (!begins || rest != "" && rest[0] != 's') && len(p.forms) == 1 && !declines(language) {
		return nil
	}
	return p.forms
}

// tokens is how many of a text's the word has at most.
func (w *word) tokens() int {
	if w.characters() {
		return len(w.parts)
	}
	return maxJoined * len(w.parts)
}

// fitsAt calls yield with the end of every way in which the word stands at atom i.
func (w *word) fitsAt(t *text, f *field, i int, yield func(next int, c cases) bool) bool {
	if i < 0 || i >= len(f.atoms) {
		return false
	}
	if w.fitsOne(t, f, i, yield) {
		return true
	}
	if len(w.parts) == 1 {
		return false
	}
	next, set := i, cases(0)
	for k := range w.parts {
		if next >= len(f.atoms) || k > 0 && !f.atom(next).within() {
			return false
		}
		c, ok := w.parts[k].fitsAtom(t, f, next)
		if !ok {
			return false
		}
		set = c.heardWith(set)
		next++
	}
	return yield(next, set)
}

// fitsOne is fitsAt of one unit.
func (w *word) fitsOne(t *text, f *field, i int, yield func(next int, c cases) bool) bool {
	if !w.caps || w.isWrittenSo(f.atom(i), f) {
		if c, ok := w.joined.fitsAtom(t, f, i); ok && yield(i+1, c) {
			return true
		}
	}
	for _, j := range f.joinedAt(i) {
		u := f.unit(j.unit)
		if w.caps && u.shape != upper {
			continue
		}
		if c, ok := w.joined.fits(t, u); ok && yield(u.last+1, c) {
			return true
		}
	}
	return false
}

// isWrittenSo tells an atom in capitals, but for the s of several.
func (w *word) isWrittenSo(a *atom, f *field) bool {
	return a.shape == upper && a.fold == w.joined.fold || w.joined.many != "" && isManyOf(f.src[a.from:a.to])
}

// within tells that an atom may be a further part of the word before it.
func (a *atom) within() bool {
	switch a.gap {
	case gapHyphen, gapApostrophe, gapSpace, gapDot:
		return !a.char
	}
	return a.gap == gapNone
}
