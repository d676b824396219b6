package match

import "unicode"

// What leaving a sound out costs.
const (
	dropFree        = 4
	dropBesides     = 12 // a vowel beside another
	dropWithin      = 45 // a vowel between consonants
	dropLast        = 38 // a vowel at the end
	dropFirst       = 55
	dropFinalA      = 110 // which makes the name a woman's
	dropBesidesSame = 20
	dropGlide       = 20
	dropConsonant   = 100
)

// What a sound adds to a word's weight.
const (
	weightConsonant = 100
	weightVowel     = 40
	weightHidden    = 15 // of a vowel that the other script may not write
)

func (u *utterance) weigh() {
	n := len(u.phones)
	for i := range u.phones {
		p := &u.phones[i]
		beside := i > 0 && (u.phones[i-1].vowel() || u.phones[i-1].is&(soundY|soundW) != 0) ||
			i+1 < n && (u.phones[i+1].vowel() || u.phones[i+1].is&(soundY|soundW) != 0)
		switch {
		case p.free && !p.vowel():
		case p.vowel() || p.weak():
			u.weight += weightVowel
		default:
			u.weight += weightConsonant
		}
		switch {
		case p.free:
			p.drop = dropFree
		case p.vowel() && i == n-1 && (p.code == 'a' || p.code == 'o'):
			p.drop = dropLast
		case p.vowel() && beside:
			p.drop = dropBesides
		case p.vowel() && i == n-1:
			p.drop = dropLast
		case p.vowel() && i == 0:
			p.drop = dropFirst
		case p.vowel():
			p.drop = dropWithin
		case p.weak():
			p.drop = dropGlide
		default:
			p.drop = dropConsonant
		}
	}
}

const cutCost = 14

// hushed tells a last consonant that French does not speak, and Greek leaves out in other cases.
func (u *utterance) hushed(i int) bool {
	return u.writing == latin && i > 1 && u.phones[i].is&silentLast != 0 && u.phones[i-1].vowel()
}

// dropFor is what leaving p out costs where the other word is written so.
func (u *utterance) dropFor(i int, o *utterance) int {
	p, other := &u.phones[i], o.writing
	switch {
	case p.is&soundA != 0 && i == len(u.phones)-1 && !p.free && !o.phones[len(o.phones)-1].vowel():
		return dropFinalA
	case p.vowel() && i == 0 && u.script == o.script && p.drop == dropFirst:
		return dropConsonant // O'Connor is not Connor
	case p.vowel() && p.drop == dropBesides && u.script == o.script:
		return dropBesidesSame
	case other == abjad && p.vowel():
		switch {
		case i == 0:
			return min(p.drop, 35)
		case p.is&soundsA != 0:
			return min(p.drop, 3)
		default:
			return min(p.drop, 14)
		}
	case other != latin && i == len(u.phones)-1 && u.hushed(i):
		if o.script == unicode.Greek {
			return min(p.drop, dropGlide)
		}
		return min(p.drop, dropWithin)
	case other == syllabic && p.is == soundR && (i+1 == len(u.phones) || !u.phones[i+1].vowel()):
		return 8
	}
	return p.drop
}

// What holding one sound for another costs.
const (
	subLetter = 5 // another letter for the same sound, within one script
	subLike   = 12
	subLoose  = 25
	subVowel  = 30
	// Within one script another letter rather means another name: Hansen, Hanson.
	sameVowel = 90
	sameClose = 42 // e and i, a and o
	sameMixed = 28 // a and e
	sameBack  = 48 // o and u: Mohammed, Muhammad
	sameLike  = 20
	subGender = 85
	subNear   = 50
	subFar    = 140
)

func (p *phone) against(q *phone, sameScript bool) int {
	if p.is&q.is != 0 {
		if sameScript && p.code != q.code {
			return subLetter
		}
		return 0
	}
	if sameScript {
		return p.besideLatin(q)
	}
	switch {
	case p.is&q.like != 0 || p.like&q.is != 0:
		return subLike
	case p.like&q.like != 0:
		return subLoose
	case p.vowel() && q.vowel():
		return subVowel
	case p.vowel() && glides(p.is, q.is) || q.vowel() && glides(q.is, p.is):
		return subLike
	case p.vowel() || q.vowel():
		return subFar
	case nearSounds(p.is)&q.is != 0:
		return subNear
	}
	return subFar
}

// longVowel is the cost of a vowel that an abjad has written: it is long, and not easily another.
func longVowel(sub int) int {
	switch sub {
	case subLoose:
		return subNear
	case subVowel:
		return subGender
	}
	return sub
}

// genders tells last vowels that tell men's names from women's: Mario, Maria.
func genders(p, q *phone) bool {
	if !p.vowel() || !q.vowel() || p.free || q.free {
		return false
	}
	return p.code == 'a' && q.code == 'o' || q.code == 'a' && p.code != 'a' && p.code != 'e'
}

// besideLatin is against for two words of one script.
func (p *phone) besideLatin(q *phone) int {
	switch {
	case p.vowel() && q.vowel():
		switch both := (p.is | q.is) & vowels; {
		case both&^soundsA == 0:
			return sameMixed
		case both&^soundsO == 0:
			return sameBack
		case both&^soundsFront == 0, both&^soundsOpen == 0:
			return sameClose
		}
		return sameVowel
	case p.is&q.like != 0 || p.like&q.is != 0:
		return sameLike
	case p.vowel() && glides(p.is, q.is) || q.vowel() && glides(q.is, p.is):
		return subLike
	case p.vowel() || q.vowel():
		return subFar
	case nearSounds(p.is)&q.is != 0 || p.like&q.like != 0:
		return subNear
	}
	return subFar
}

// glides tells that a consonant is the vowel spoken short.
func glides(vowel, consonant sounds) bool {
	switch {
	case consonant&soundY != 0 && vowel&soundsI != 0, consonant&soundV != 0 && vowel&soundU != 0:
		return true
	case consonant&soundV != 0:
		return false
	}
	return consonant&soundW != 0 && vowel&soundsU != 0
}

// nearSounds are those that languages and scripts exchange for one another most easily.
func nearSounds(s sounds) sounds {
	var near sounds
	for i := 0; s != 0; i, s = i+1, s>>1 {
		if s&1 == 0 {
			continue
		}
		switch soundLetters[i] {
		case 'p':
			near |= soundsOf("bf")
		case 'b':
			near |= soundsOf("pv")
		case 'f':
			near |= soundsOf("vp")
		case 'v':
			near |= soundsOf("bfw")
		case 'w':
			near |= soundsOf("v")
		case 'm', 'N':
			near |= soundsOf("n")
		case 'n':
			near |= soundsOf("mN")
		case 't':
			near |= soundsOf("dTc")
		case 'd':
			near |= soundsOf("tT")
		case 'T':
			near |= soundsOf("tdsz")
		case 's':
			near |= soundsOf("zScT")
		case 'z':
			near |= soundsOf("sZcT")
		case 'S':
			near |= soundsOf("sZC")
		case 'Z':
			near |= soundsOf("zSJ")
		case 'C':
			near |= soundsOf("SJc")
		case 'J':
			near |= soundsOf("ZCy")
		case 'c':
			near |= soundsOf("szCt")
		case 'k':
			near |= soundsOf("gx")
		case 'g':
			near |= soundsOf("kxh")
		case 'x':
			near |= soundsOf("khg")
		case 'h':
			near |= soundsOf("xg")
		case 'l':
			near |= soundsOf("r")
		case 'r':
			near |= soundsOf("l")
		case 'y':
			near |= soundsOf("J")
		}
	}
	return near
}

// weightFor is the weight of what a word in the other's writing could show.
func (u *utterance) weightFor(other writing) int {
	if other != abjad && u.writing != abjad {
		return u.weight
	}
	weight := 0
	for i := range u.phones {
		switch p := &u.phones[i]; {
		case p.free && !p.vowel():
		case p.vowel():
			weight += weightHidden
		case p.weak():
			weight += weightVowel
		default:
			weight += weightConsonant
		}
	}
	return weight
}

// distance is what it costs to hear the one word as the other, and the ending that was left out of the heard one, -1 for none.
func (u *utterance) distance(heard *utterance) (cost, ending int) {
	var rows [2][maxPhones + 1]int
	same := u.script == heard.script
	prev, next := &rows[0], &rows[1]
	n := len(heard.phones)
	for j := range n {
		prev[j+1] = prev[j] + heard.dropFor(j, u)
	}
	for i := range u.phones {
		gone := u.dropFor(i, heard)
		next[0] = prev[0] + gone
		for j := range n {
			sub := u.phones[i].against(&heard.phones[j], same)
			if u.writing != heard.writing && (u.writing == abjad || heard.writing == abjad) && u.phones[i].vowel() && heard.phones[j].vowel() {
				sub = longVowel(sub)
			}
			if sub == sameLike && i == len(u.phones)-1 {
				sub = subLike // David, Dawit: at the end many languages do not tell d from t
			}
			if i == len(u.phones)-1 && j == n-1 && genders(&u.phones[i], &heard.phones[j]) {
				sub = max(sub, subGender)
			}
			best := prev[j] + sub
			best = min(best, prev[j+1]+gone, next[j]+heard.dropFor(j, u))
			next[j+1] = best
		}
		prev, next = next, prev
	}
	best, ending := prev[n], -1
	for k, c := range heard.cuts {
		d := prev[c.phones] + c.cost
		if u.phones[len(u.phones)-1].code == 'o' && heard.phones[n-1].code == 'a' {
			d += subGender // Silvio is not inflected to Silvia
		}
		if d < best {
			best, ending = d, k
		}
	}
	return best, ending
}
