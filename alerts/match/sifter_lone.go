package match

import "strings"

// A surname beside which no first name of a bearerGroup stands is another's, or the near miss of all the group. To tell, no
// name is made of a first name and the surname: the surname alone does, and mostly what is remembered of it.

// tell finds out what a group's surname is in the Doc, with none of its first names beside it. It is false where the word
// was removed meanwhile.
func (s *sifter) tell(t *text, g *bearerGroup) bool {
	for n, at := range s.stands.at {
		f, k, i := s.placeOf(t, at)
		b, ok := bareSurname{}, false
		if set, fits, known := s.agreementOf(g, f, i); known {
			if fits && f.capitalAt(i) && f.wholeTo(i+1) {
				b, ok = s.lone.bareFrom(t, f, k, i, i+1, set)
			}
		} else {
			if !s.readySurname(g) {
				return false
			}
			s.keepAgreement(t, g, f, i)
			b, ok = s.lone.bareAt(t, f, k, i)
		}
		s.keepStanding(g, &s.bornes[s.borneAt[n]], &b, ok)
		if ok && !g.found && b.heard.ear() <= stepsOfBareName {
			g.miss, g.found = b.missAlone()
		}
	}
	return true
}

// readySurname makes the surname of sifter.lone a group's; false where no name has the word any more.
func (s *sifter) readySurname(g *bearerGroup) bool {
	r := s.x.records.get(g.bearers[0].ref & refMask)
	if r == nil {
		return false
	}
	_, surname, _ := strings.Cut(r.written.name(), " ")
	w := s.readyWord(earWord{written: surname, surname: true})
	if w == nil {
		return false
	}
	s.lone.surname = *w.plain
	if g.bearers[0].ref&modeMask == fileEased {
		s.lone.surname = w.word
	}
	return true
}

// placeOf is where a token of the Doc stands in its text.
func (s *sifter) placeOf(t *text, at int) (f *field, number, i int) {
	if at < s.sweep.titled {
		return t.fields[titleField], titleField, at
	}
	return t.fields[textField], textField, at - s.sweep.titled
}

// agreementOf is how an atom agrees with a group's surname, where that is remembered and nothing more of the surname is needed.
func (s *sifter) agreementOf(g *bearerGroup, f *field, i int) (set cases, fits, known bool) {
	if len(f.joinedAt(i)) > 0 {
		return 0, false, false
	}
	set, fits, known = s.agreements.of(s.agreementKey(g, f, i))
	return set, fits, known && !set.foreign()
}

// keepAgreement remembers how an atom agrees with the surname of sifter.lone.
func (s *sifter) keepAgreement(t *text, g *bearerGroup, f *field, i int) {
	set, fits := s.lone.surname.joined.fitsAtom(t, f, i)
	s.agreements.keep(s.agreementKey(g, f, i), set, fits)
}

func (s *sifter) agreementKey(g *bearerGroup, f *field, i int) uint64 {
	key := mix(f.tokens[i].hash^s.tongue.salt, g.key)
	if f.atom(i).shape == lower {
		key ^= hashA // which is not listened to
	}
	return key
}

// evidenceFor is that of the near miss of one of the group's names.
func (g *bearerGroup) evidenceFor(t *text, name string) Evidence {
	g.evidence.Term, g.miss.term = name, name
	if g.evidence.Text == "" || g.miss.rule == SoundsLike { // which says what it was taken for
		g.evidence = t.evidence(g.miss.hit)
	}
	return g.evidence
}

// missAlone is the near miss that a bare surname is in a text that has nothing else of the person.
func (b *bareSurname) missAlone() (miss, bool) {
	if b.heard&byEar == 0 {
		return miss{hit{b.span, b.name.written, Surname}, b.reason(false)}, true
	}
	return miss{hit{b.span, b.name.written, SoundsLike}, sayHeard}, b.surely
}
