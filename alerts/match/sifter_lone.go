package match

// A surname beside which no first name of a bearerGroup stands is another's, or the near miss of all the group. To tell, no
// name is made of a first name and the surname: the surname alone does, and mostly what is remembered of it.

// maxCaps is how many letters a surname has at most that may have to be written in capitals: see word.caps.
const maxCaps = 3

// tell finds out what a group's surname is in the Doc, with none of its first names beside it. It is false where the word
// was removed meanwhile.
func (s *sifter) tell(t *text, v *verdict, ref uint32) bool {
	v.told, v.found = true, false
	s.standsOf(ref)
	for _, at := range s.stands.at {
		f, k, i := s.placeOf(t, at)
		b, ok := bareSurname{}, false
		if set, fits, known := s.agreementOf(v, f, i); known {
			if fits && f.capitalAt(i) && f.wholeTo(i+1) {
				b, ok = s.lone.bareFrom(t, f, k, i, i+1, set)
			}
		} else {
			w := s.readyWord(earWord{written: v.surname, surname: true})
			if w == nil {
				return false
			}
			s.lone.surname = *w.plain
			if v.eased {
				s.lone.surname = w.word
			}
			s.keepAgreement(t, v, f, i)
			b, ok = s.lone.bareAt(t, f, k, i)
		}
		if ok && b.heard.ear() <= stepsOfBareName {
			if v.miss, v.found = b.missAlone(); v.found {
				break // the others stand behind it
			}
		}
	}
	return true
}

// placeOf is where a token of the Doc stands in its text.
func (s *sifter) placeOf(t *text, at int) (f *field, number, i int) {
	if at < s.split {
		return t.fields[titleField], titleField, at
	}
	return t.fields[textField], textField, at - s.split
}

// agreementOf is how an atom agrees with a group's surname, where that is remembered and nothing more of the surname is needed.
func (s *sifter) agreementOf(v *verdict, f *field, i int) (set cases, fits, known bool) {
	if len(v.surname) <= maxCaps || len(f.joined[i]) > 0 {
		return 0, false, false
	}
	set, fits, known = s.agreements.of(s.agreementKey(v, f, i))
	return set, fits, known && !set.foreign()
}

// keepAgreement remembers how an atom agrees with the surname of sifter.lone.
func (s *sifter) keepAgreement(t *text, v *verdict, f *field, i int) {
	if len(v.surname) > maxCaps {
		set, fits := s.lone.surname.joined.fitsAtom(t, f, i)
		s.agreements.keep(s.agreementKey(v, f, i), set, fits)
	}
}

func (s *sifter) agreementKey(v *verdict, f *field, i int) uint64 {
	key := mix(f.tokens[i].hash^s.tongue.salt, v.key)
	if f.atom(i).shape == lower {
		key ^= hashA // which is not listened to
	}
	return key
}

// evidenceFor is that of the near miss of one of the group's names.
func (v *verdict) evidenceFor(t *text, name string) Evidence {
	v.evidence.Term, v.miss.term = name, name
	if v.evidence.Text == "" || v.miss.rule == SoundsLike { // which says what it was taken for
		v.evidence = t.evidence(v.miss.hit)
	}
	return v.evidence
}

// missAlone is the near miss that a bare surname is in a text that has nothing else of the person.
func (b *bareSurname) missAlone() (miss, bool) {
	if b.heard&byEar == 0 {
		return miss{hit{b.span, b.name.written, Surname}, b.reason(false)}, true
	}
	return miss{hit{b.span, b.name.written, SoundsLike}, sayHeard}, b.surely
}
