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
	dropSoft        = 30 // ğ
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
	for u.end = n - 1; u.end > 0 && u.phones[u.end].free && !u.phones[u.end].vowel(); u.end-- {
	}
	for i := range u.phones {
		p := &u.phones[i]
		beside := i > 0 && (u.phones[i-1].vowel() || u.phones[i-1].is&(soundY|soundW) != 0) ||
			i+1 < n && (u.phones[i+1].vowel() || u.phones[i+1].is&(soundY|soundW) != 0)
		switch {
		case p.free && !p.vowel():
		case p.vowel():
			u.weight, u.hidden = u.weight+weightVowel, u.hidden+weightHidden
		case p.weak():
			u.weight, u.hidden = u.weight+weightVowel, u.hidden+weightVowel
		default:
			u.weight, u.hidden = u.weight+weightConsonant, u.hidden+weightConsonant
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

// hushed tells a last consonant that French does not speak, and Greek leaves out in other cases: François, Laurent,
// Olivier.
func (u *utterance) hushed(i int) bool {
	if u.writing != latin || i < 2 {
		return false
	}
	before := &u.phones[i-1]
	if u.phones[i].is&silentLast == 0 {
		return u.phones[i].is == soundR && before.free && before.code == 'e' && u.phones[i-2].code == 'i' // ier
	}
	return before.vowel() || i > 2 && before.is&(soundN|soundR) != 0 && u.phones[i].is&(soundT0|soundD) != 0
}

// dropBeside is dropFor of a watch's word. The last vowel of Silvio is not left out beside Silvia.
func (u *utterance) dropBeside(i int, heard *utterance) int {
	if i == u.end && u.script != heard.script && u.phones[i].code == 'o' && u.iBeforeEnd() && heard.iBeforeEnd() && genders(&u.phones[i], &heard.phones[heard.end]) {
		return dropConsonant
	}
	return u.dropFor(i, heard)
}

// iBeforeEnd tells an i before the last phone.
func (u *utterance) iBeforeEnd() bool { return u.end > 0 && u.phones[u.end-1].is&soundsI != 0 }

// dropFor is what leaving p out costs where the other word is written so.
func (u *utterance) dropFor(i int, o *utterance) int {
	p, other := &u.phones[i], o.writing
	switch {
	case p.is&soundA != 0 && i == u.end && !p.free && !o.phones[o.end].vowel():
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
	case other != latin && i == len(u.phones)-1 && u.hushed(i) && (u.phones[i-1].vowel() || o.script != byEarScript()):
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
	subGender = 110
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
	for s &^= vowels; s != 0; s &= s - 1 {
		near |= nearSound(s & -s)
	}
	return near
}

func nearSound(s sounds) sounds {
	switch s {
	case soundP:
		return soundB | soundF
	case soundB:
		return soundP | soundV
	case soundF:
		return soundV | soundP
	case soundV:
		return soundB | soundF | soundW
	case soundW:
		return soundV
	case soundM, soundNg:
		return soundN
	case soundN:
		return soundM | soundNg
	case soundT0:
		return soundD | soundT | soundTs
	case soundD:
		return soundT0 | soundT
	case soundT:
		return soundT0 | soundD | soundS | soundZ
	case soundS:
		return soundZ | soundSh | soundTs | soundT
	case soundZ:
		return soundS | soundZh | soundTs | soundT
	case soundSh:
		return soundS | soundZh | soundCh
	case soundZh:
		return soundZ | soundSh | soundJ
	case soundCh:
		return soundSh | soundJ | soundTs
	case soundJ:
		return soundZh | soundCh | soundY
	case soundTs:
		return soundS | soundZ | soundCh | soundT0
	case soundK:
		return soundG | soundX
	case soundG:
		return soundK | soundX | soundH
	case soundX:
		return soundK | soundH | soundG
	case soundH:
		return soundX | soundG
	case soundL:
		return soundR
	case soundR:
		return soundL
	case soundY:
		return soundJ
	}
	return 0
}

// weightFor is the weight of what a word in the other's writing could show.
func (u *utterance) weightFor(other writing) int {
	if other != abjad && u.writing != abjad {
		return u.weight
	}
	return u.hidden
}
