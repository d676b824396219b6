package match

import "slices"

// Keys by sound are the classes of a word's first consonants, so coarse that two words which are heard for one another
// share one: vowels, h, y, w and whatever is often silent are left out. They are a function of one folded word.

// soundMark begins every key, so that none is a word that somebody writes. It is a letter (U+01C0), as the full-text index
// wants.
const soundMark = "ǀ"

const (
	maxSoundKey  = 4  // classes of a key
	maxSoundKeys = 24 // keys of a watch's word
	maxHeardKeys = 6  // of a text's word
)

// A classSet is a set of classes of consonants; the first bit is none.
type classSet uint8

const classLetters = "0ptksml"

const gutturals classSet = 1 << 3

func classesOf(s sounds) classSet {
	var set classSet
	for i := 0; s != 0; i, s = i+1, s>>1 {
		if s&1 == 0 {
			continue
		}
		switch soundLetters[i] {
		case 'p', 'b', 'f', 'v':
			set |= 1 << 1
		case 't', 'd':
			set |= 1 << 2
		case 'T':
			set |= 1<<2 | 1<<4
		case 'k', 'g', 'x':
			set |= 1 << 3
		case 's', 'z', 'S', 'Z', 'C', 'J', 'c':
			set |= 1 << 4
		case 'm', 'n', 'N':
			set |= 1 << 5
		case 'l', 'r':
			set |= 1 << 6
		default:
			set |= 1
		}
	}
	return set
}

// watchKeys are the keys of a watch's word: every class its sounds may belong to.
func (u *utterance) watchKeys() []soundKey {
	return u.keys(maxSoundKeys, len(u.phones), func(i int) classSet {
		p := &u.phones[i]
		set := classesOf(p.is) | classesOf(p.like&^soundT)
		if p.vowel() && i == len(u.phones)-1 && p.is&soundU != 0 {
			set |= classesOf(soundV) // Jarosław
		}
		if p.free || p.is&(soundV|soundW) != 0 {
			set |= 1
		}
		if p.is == soundR && (i+1 == len(u.phones) || !u.phones[i+1].vowel()) {
			set |= 1 // not spoken in much of English
		}
		if i == len(u.phones)-1 && u.hushed(i) {
			set |= 1
		}
		return set
	})
}

// heardKeys are the keys of a text's word, with and without its ending.
func (u *utterance) heardKeys() []soundKey {
	choose := func(i int) classSet {
		p := &u.phones[i]
		switch {
		case p.vowel():
			return classesOf(p.is) // Hebrew and Arabic write o and v alike
		case p.free:
			return 1 | classesOf(p.is)
		}
		set := classesOf(p.is &^ (soundT | soundH | soundW))
		switch {
		case set == 0:
			return classesOf(p.is)
		case p.is&soundH != 0 && set != gutturals:
			set |= 1
		}
		return set
	}
	keys := u.keys(maxHeardKeys, len(u.phones), choose)
	for _, c := range u.cuts {
		keys = append(keys, u.keys(maxHeardKeys, c.phones, choose)...)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// A soundKey is up to maxSoundKey classes, the last in the lowest bits, three bits each; none of them is 0.
type soundKey uint16

const maxedKey soundKey = 1 << (3 * (maxSoundKey - 1)) // a key that large has all its classes

func (k soundKey) String() string {
	var classes [maxSoundKey]byte
	at := maxSoundKey
	for ; k > 0; k >>= 3 {
		at--
		classes[at] = classLetters[k&7]
	}
	return soundMark + string(classes[at:])
}

// hash is the key as the index knows it.
func (k soundKey) hash() uint64 { return salted(uint64(k), saltSound) }

// A keySet is a set of keys with a bound.
type keySet struct {
	keys [2 * maxSoundKeys]soundKey
	n    int
}

func (s *keySet) add(k soundKey, limit int) {
	if s.n < limit && !slices.Contains(s.keys[:s.n], k) {
		s.keys[s.n] = k
		s.n++
	}
}

// keys combines the classes of the first n phones, at most limit keys.
func (u *utterance) keys(limit, n int, classes func(int) classSet) []soundKey {
	var open, next, done keySet
	open.n = 1
	for i := range n {
		set := classes(i)
		if set == 1 {
			continue
		}
		next.n = 0
		for _, key := range open.keys[:open.n] {
			if set&1 != 0 {
				next.add(key, limit)
			}
			for bit := 1; bit < len(classLetters); bit++ {
				if set&(1<<bit) == 0 {
					continue
				}
				if longer := key<<3 | soundKey(bit); longer >= maxedKey {
					done.add(longer, limit)
				} else {
					next.add(longer, limit)
				}
			}
		}
		open, next = next, open
	}
	for _, key := range open.keys[:open.n] {
		done.add(key, limit)
	}
	list := slices.Clone(done.keys[:done.n])
	slices.Sort(list)
	return list
}
