package match

import "bytes"

// strangers remember, while the index is as seen, what none who bears a surname has: a first name beside it. They grow up to a bound;
// then one makes room for another.
type strangers struct {
	tags   []uint64
	missed int // since tags grew
}

const (
	minStrangers = 1 << 10
	maxStrangers = 1 << 16 // 512 KiB
)

// forget forgets all.
func (l *strangers) forget() { clear(l.tags) }

// four are the places of a tag.
func (l *strangers) four(tag uint64) []uint64 {
	at := tag >> 9 & uint64(len(l.tags)-ways) //nolint:gosec // a length
	return l.tags[at : at+ways]
}

// has tells a tag that was kept.
func (l *strangers) has(tag uint64) bool {
	if len(l.tags) == 0 {
		return false
	}
	four := l.four(tag)
	return four[0] == tag || four[1] == tag || four[2] == tag || four[3] == tag
}

// keep keeps a tag.
func (l *strangers) keep(tag uint64) {
	if l.missed++; l.missed > len(l.tags)/4 && len(l.tags) < maxStrangers {
		old := l.tags
		l.tags, l.missed = make([]uint64, min(maxStrangers, max(minStrangers, 8*len(old)))), 0
		for _, t := range old {
			if t != 0 {
				l.put(t)
			}
		}
	}
	l.put(tag)
}

func (l *strangers) put(tag uint64) {
	four := l.four(tag)
	at := int(tag >> 60 & (ways - 1))
	for k := range four {
		if four[k] == 0 {
			at = k
			break
		}
	}
	four[at] = tag
}

// A standing is what a surname that is borne stands for in its place, with none of the first names beside it.
type standing uint8

const (
	standsUnknown    standing = iota // the whole text tells
	standsForAnother                 // or in no way that agrees with the name
	standsBare                       // a near miss
	standsTitled                     // one behind a title
)

// The lowest bits of a contextTag, which are free for what is remembered under it.
const standingBits = 3

// contextTag is by what is remembered what a surname at a token stands for: the word before it, and as much around the two as may
// belong to their name. 0 is none: the whole text tells.
func (s *sifter) contextTag(at uint32, key uint64) uint64 {
	if at < 2 {
		return 0
	}
	before, surname := s.sweep.tokens[at-1], s.sweep.tokens[at]
	left := uint64(1)
	switch {
	case int(before.from) <= s.sweep.body, s.joins(before, surname):
		return 0
	case s.parts(before), s.isUncased(before) && s.sweep.swept[before.from-1] == ' ':
	case s.beginsCapital(before) && !s.isParticle(before): // else it would hang on the word before that
		left = s.leftOf(at - 1)
	default:
		return 0
	}
	name, right := s.written(int(before.from), surname.to()), s.rightOf(at)
	if left == 0 || name == 0 || right == 0 {
		return 0
	}
	return mix(mix(left^s.tongue.salt, name), mix(right, key)) &^ standingBits
}

// standingOf is what is remembered of a context, whose surname stands at a token.
func (s *sifter) standingOf(tag uint64, at uint32) standing {
	if tag == 0 || len(s.strangers.tags) == 0 {
		return standsUnknown
	}
	for _, t := range s.strangers.four(tag) {
		if t&^standingBits != tag {
			continue
		}
		is := standing(t & standingBits)
		if before := s.sweep.tokens[at-1]; is == standsForAnother && s.beginsCapital(before) && s.mayStandSmall(before) {
			return standsUnknown // it is rather no first name
		}
		return is
	}
	return standsUnknown
}

// keepStanding remembers what a group's surname stands for in a place, where no other words than those beside it tell.
func (s *sifter) keepStanding(g *bearerGroup, place *bornePlace, b *bareSurname, bare bool) {
	if place.tag == 0 || place.is != standsUnknown || !g.strange {
		return
	}
	is := standsForAnother
	if bare {
		if b.heard&byEar != 0 || b.next != b.first+1 || s.beginsCapital(s.sweep.tokens[place.first-1]) {
			return
		}
		if is = standsBare; b.titled {
			is = standsTitled
		}
	}
	s.strangers.keep(place.tag | uint64(is))
}

// recallBare gives the verdict on a group from memory, where it is known of all places that the surname stands alone there.
func (s *sifter) recallBare(t *text, g *bearerGroup) bool {
	s.stands.at = s.stands.at[:0]
	var first *bornePlace
	for n := g.last; n != 0; n = s.bornes[n-1].last {
		p := &s.bornes[n-1]
		if p.is == standsUnknown {
			return false
		}
		if first == nil || p.first < first.first {
			first = p
		}
		s.stands.at = append(s.stands.at, int(p.first))
	}
	_, k, i := s.placeOf(t, int(first.first))
	b := bareSurname{span: span{k, i, i + 1}, name: &s.lone, titled: first.is == standsTitled}
	g.miss, g.found = b.missAlone()
	return true
}

// maxLeft is how many words of a name are looked at, before its last two.
const maxLeft = 3

// leftOf is a hash of what stands before a token and may belong to its name; 0 where that is too much.
func (s *sifter) leftOf(at uint32) uint64 {
	tokens := s.sweep.tokens
	for k := at; k > 0 && k+maxLeft >= at; k-- {
		switch {
		case s.joins(tokens[k-1], tokens[k]):
			return 0 // to a word that may be a first name
		case s.parts(tokens[k-1]):
			return s.written(tokens[k-1].to(), int(tokens[at].from))
		}
	}
	return 0
}

// rightOf is a hash of what stands behind a surname and may belong to its name; 0 where that is too much. Where a small word stands
// there, what it is does not matter.
func (s *sifter) rightOf(at uint32) uint64 {
	tokens, swept := s.sweep.tokens, s.sweep.swept
	from, to := tokens[at].to(), len(swept)-sweepPad
	s.eachJoined(int(at), func(u sweptUnit, _ uint64) { at = u.last })
	for k := at; k < at+2 && int(k)+1 < len(tokens); k++ {
		if s.joins(tokens[k], tokens[k+1]) {
			return 0 // to a word that may be long
		}
	}
	if int(at)+1 < len(tokens) {
		switch next := tokens[at+1]; {
		case s.isSmall(next) && swept[next.from-1] == ' ' && swept[next.to()] == ' ':
			return s.written(from, int(next.from))
		case s.isUncased(next):
			return s.written(from, next.to()) // it may be a first name, and nothing else follows
		}
	}
	if int(at)+3 < len(tokens) {
		to = int(tokens[at+3].from)
	}
	return s.written(from, to)
}

// written is a hash of what stands in a place; 0 where that is long.
func (s *sifter) written(from, to int) uint64 {
	if to-from > maxHashed {
		return 0
	}
	return max(1, hashBytes(s.sweep.swept, from, to, 0))
}

// beginsCapital tells a word that begins with a capital for certain.
func (s *sifter) beginsCapital(t token) bool {
	if t.wide() {
		return t.shape() == capital
	}
	first := s.sweep.swept[t.from]
	return first >= 'A' && first <= 'Z'
}

// isSmall tells a word that is written small for certain.
func (s *sifter) isSmall(t token) bool {
	if t.wide() {
		return t.shape() == lower
	}
	first := s.sweep.swept[t.from]
	return first >= 'a' && first <= 'z'
}

// parts tells a word of its own that is written small and stands in no name.
func (s *sifter) parts(t token) bool {
	return s.isSmall(t) && t.from > 0 && s.sweep.swept[t.from-1] == ' ' && !s.isParticle(t)
}

// isUncased tells a word of a script without capitals which is neither an initial nor may stand in a name between others.
func (s *sifter) isUncased(t token) bool {
	return t.wide() && !t.char() && t.shape() == uncased && s.sweep.swept[t.to()] != '.' && !s.isParticle(t)
}

// mayStandSmall is false for a word of the text that stands nowhere in the Doc written small.
func (s *sifter) mayStandSmall(word token) bool {
	if word.wide() || s.sweep.wides > 0 || bytes.IndexByte(s.sweep.swept, '_') >= 0 {
		return s.mayBeLowered(s.fold(word))
	}
	return s.hasSmall(word.hash)
}
