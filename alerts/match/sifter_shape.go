package match

import "bytes"

// foldSet has a bit for some bits of the hash of a fold.
type foldSet struct {
	ready bool
	asked int // folds that were looked for without
	bits  [1 << (foldSetBits - 6)]uint64
}

const foldSetBits = 12

func (b *foldSet) put(fold uint16) { b.bits[fold>>6%uint16(len(b.bits))] |= 1 << (fold & 63) }

func (b *foldSet) has(fold uint16) bool { return b.bits[fold>>6%uint16(len(b.bits))]>>(fold&63)&1 != 0 }

// mayBeLowered is false for a fold that no word of the Doc has which is written small.
func (s *sifter) mayBeLowered(fold string) bool {
	hash := hashWritten(fold)
	if !s.lowered.ready {
		if s.sweep.wides == 0 && s.lowered.asked < fewFolds {
			s.lowered.asked++
			return s.hasSmall(hash) || bytes.IndexByte(s.sweep.swept, '_') >= 0
		}
		s.gatherLowered()
	}
	return s.lowered.has(foldBits(hash))
}

// fewFolds are looked for one by one in a Doc whose words are ASCII, before a set is made of them.
const fewFolds = 3

// hasSmall tells a hash that a token has which is ASCII alone and begins with no capital.
func (s *sifter) hasSmall(hash uint64) bool {
	for _, t := range s.sweep.tokens {
		if t.hash == hash && !t.wide() && (s.sweep.swept[t.from] < 'A' || s.sweep.swept[t.from] > 'Z') {
			return true
		}
	}
	return false
}

// foldAt are the bits of the fold of a token that is not ASCII alone.
func (s *sifter) foldAt(i uint32) uint16 {
	if e := s.glanced(i); e != nil {
		return e.fold
	}
	return foldBits(hashWritten(s.fold(s.sweep.tokens[i])))
}

// gatherLowered puts the words of the Doc that are written small, or may be, into a set.
func (s *sifter) gatherLowered() {
	set := &s.lowered
	*set = foldSet{ready: true}
	if bytes.IndexByte(s.sweep.swept, '_') >= 0 { // which no fold has
		for i := range set.bits {
			set.bits[i] = ^uint64(0)
		}
		return
	}
	for i, t := range s.sweep.tokens {
		if !t.wide() {
			if first := s.sweep.swept[t.from]; first < 'A' || first > 'Z' {
				set.put(foldBits(t.hash))
			}
			continue
		}
		if t.shape() == lower {
			set.put(s.foldAt(uint32(i)))
		}
	}
}

// hasWord is field.has.
func (s *sifter) hasWord(f *field, fold string, shape shape) bool {
	hash, parted := hashWritten(fold), bytes.IndexByte(s.sweep.swept, '_') >= 0
	first, _ := s.tokensOf(f)
	for i, t := range f.tokens {
		if t.wide() {
			if t.shape() != shape || s.foldAt(uint32(first+i)) != foldBits(hash) { //nolint:gosec // fewer than bytes
				continue
			}
		} else if t.hash != hash && !parted {
			continue
		}
		if a := f.atom(i); a.shape == shape && a.fold == fold {
			return true
		}
	}
	return false
}

// small tells a unit that is written small for certain: what a hyphen or apostrophe joins to it has no capital either.
func (s *sifter) small(u sweptUnit) bool {
	tokens := s.sweep.tokens
	for k := u.first; k <= u.first+maxJoined && (k <= u.last || s.hyphenates(k-1)); k++ {
		if !s.beginsSmall(tokens[k]) {
			return false // d'Estaing
		}
	}
	return u.first == 0 || !s.hyphenates(u.first-1) || s.beginsSmall(tokens[u.first-1]) // Mi-yong
}

// beginsSmall tells a token that field.capitalAt takes for one that is written small, by itself.
func (s *sifter) beginsSmall(t token) bool {
	first := s.sweep.swept[t.from]
	switch {
	case t.wide():
		return t.shape() == lower
	case first >= 'A':
		return first >= 'a'
	}
	return shapeOf(s.raw(t)) == lower
}

// hyphenates tells that a hyphen or apostrophe and nothing else stands between a token and the next.
func (s *sifter) hyphenates(i uint32) bool {
	tokens := s.sweep.tokens
	if int(i)+1 >= len(tokens) || partsBehind(s.sweep.swept[tokens[i].to()]) || int(i)+1 == s.sweep.titled {
		return false
	}
	g := s.gapBetween(tokens[i], tokens[i+1])
	return g == gapHyphen || g == gapApostrophe
}
