package match

import (
	"math/bits"
	"slices"
	"strings"
)

// A skeleton is the classes of a word's first consonants, the last in the lowest bits, four bits each; none of them is 0.
// Its classes are finer than those of a soundKey: two words are heard for one another only where they share a skeleton too,
// and a name is filed under the skeletons of its first name and surname together.
type skeleton uint32

const (
	maxSkeleton   = 6  // classes
	maxSkeletons  = 20 // of a watch's word
	heardSkeleton = 24 // of a text's word, and of it without each ending
)

const fullSkeleton skeleton = 1 << (4 * (maxSkeleton - 1)) // a skeleton that large has all its classes

// A boneSet is a set of classes of consonants; the first bit is none.
type boneSet uint16

const (
	boneNone boneSet = 1 << iota
	boneP
	boneF
	boneT
	boneK
	boneS
	boneC
	boneM
	boneN
	boneL
	boneR
	bones = 11
)

func bonesOf(s sounds) boneSet {
	var set boneSet
	for i := 0; s != 0; i, s = i+1, s>>1 {
		if s&1 == 0 {
			continue
		}
		set |= boneOf(soundLetters[i])
	}
	return set
}

func boneOf(sound byte) boneSet {
	switch sound {
	case 'p', 'b':
		return boneP
	case 'f', 'v':
		return boneF
	case 't', 'd':
		return boneT
	case 'T':
		return boneT | boneS
	case 'k', 'g', 'x':
		return boneK
	case 's', 'z', 'c':
		return boneS
	case 'S', 'Z', 'C', 'J':
		return boneC
	case 'm':
		return boneM
	case 'n', 'N':
		return boneN
	case 'l':
		return boneL
	case 'r':
		return boneR
	}
	return boneNone
}

// watchSkeletons are those of a watch's word: first sure ones, of every class of its sounds, then those that have at one
// place what the sound is like.
func (u *utterance) watchSkeletons() (list []skeleton, sure int) {
	var set boneList
	set.combine(maxSkeletons, len(u.phones), func(i int) (is, like boneSet) {
		p := &u.phones[i]
		is, like = bonesOf(p.is), bonesOf(p.like&^soundT)
		if p.vowel() {
			if i == len(u.phones)-1 && p.is&soundU != 0 {
				like |= boneF // Jarosław
			}
			return is, like
		}
		r := p.is == soundR && (i+1 == len(u.phones) || !u.phones[i+1].vowel()) // not spoken in much of English
		if p.free || p.is&(soundV|soundW) != 0 || r || i == len(u.phones)-1 && u.hushed(i) {
			is |= boneNone
		}
		return is, like
	})
	return slices.Clone(set.list), set.sure
}

// heardSkeletons are those of a text's word, with and without its ending.
func (u *utterance) heardSkeletons() []skeleton {
	choose := func(i int) (is, like boneSet) {
		p := &u.phones[i]
		switch {
		case p.vowel():
			return bonesOf(p.is), 0 // Hebrew and Arabic write o and v alike
		case p.free, u.writing != abjad && i > 0 && bonesOf(p.is)&bonesOf(u.phones[i-1].is)&^boneNone != 0: // dt, as one
			return boneNone | bonesOf(p.is), 0
		}
		is = bonesOf(p.is &^ (soundT | soundH | soundW))
		switch {
		case is == 0:
			return bonesOf(p.is), 0
		case p.is&(soundH|soundW) != 0:
			is |= boneNone
		}
		return is, 0
	}
	var set boneList
	set.combine(heardSkeleton, len(u.phones), choose)
	for _, c := range u.cuts {
		set.combine(len(set.list)+heardSkeleton, c.phones, choose)
	}
	return slices.Clip(set.list)
}

// A boneList is a set of skeletons.
type boneList struct {
	list []skeleton
	sure int // of list, the first ones: made without what sounds are like
	open [2][]openSkeleton
}

type openSkeleton struct {
	bones skeleton
	liked bool // one of its classes is only like the sound
}

func (b *boneList) add(k skeleton, limit int) {
	if len(b.list) < limit && !slices.Contains(b.list, k) {
		b.list = append(b.list, k)
	}
}

// maxOpen bounds the skeletons that are combined further.
const maxOpen = 64

// combine adds what can be made of the classes of the first n phones, up to limit skeletons.
func (b *boneList) combine(limit, n int, classes func(int) (is, like boneSet)) {
	open, next := append(b.open[0][:0], openSkeleton{}), b.open[1]
	for i := range n {
		is, like := classes(i)
		if is|like == boneNone {
			continue
		}
		next = next[:0]
		for _, o := range open {
			if o.bones >= fullSkeleton {
				next = append(next, o)
				continue
			}
			for rest := uint32(is|like)&^1 | uint32((is|like)&boneNone)<<bones; rest != 0; rest &= rest - 1 { // none last
				bit := bits.TrailingZeros32(rest)
				class, longer := boneSet(1)<<(bit%bones), o
				if bit < bones {
					longer.bones = o.bones<<4 | skeleton(bit) //nolint:gosec // below bones
				}
				switch {
				case is&class != 0:
				case !o.liked:
					longer.liked = true
				default:
					continue
				}
				if len(next) < maxOpen && !slices.Contains(next, longer) {
					next = append(next, longer)
				}
			}
		}
		open, next = next, open
	}
	for _, o := range open {
		if !o.liked {
			b.add(o.bones, limit)
		}
	}
	b.sure = len(b.list)
	for _, o := range open {
		b.add(o.bones, limit)
	}
	b.open = [2][]openSkeleton{open, next}
}

func (k skeleton) String() string {
	var b strings.Builder
	for i := maxSkeleton - 1; i >= 0; i-- {
		if c := k >> (4 * i) & 15; c != 0 {
			b.WriteByte("0pftksCmnlr"[c])
		}
	}
	return b.String()
}

// shares tells that a watch's word and a text's have a skeleton in common, and whether the watch's is a sure one.
func (h *hearer) shares(heard []skeleton) (sure, ok bool) {
	for i, b := range h.bones {
		if slices.Contains(heard, b) {
			return i < h.sure, true
		}
	}
	return false, false
}
