package match

import (
	"slices"
)

// lookUp takes the patterns that are filed under the text's keys. Nearly all words end at the memory that nothing comes
// of them.
func (s *sifter) lookUp() {
	if now := s.x.changes.Load(); now != s.seen || s.idle == nil {
		if s.idle == nil {
			s.idle = make([]uint64, minIdle)
		}
		clear(s.idle)
		s.cues.forget()
		s.fertile.forget()
		s.strangers.forget()
		s.nextEpoch(&s.epoch)
		s.seen, s.woken = now, 0
	}
	for !s.lookUpTokens() {
		s.dropEmpty()
	}
	for _, i := range s.close {
		a, b := s.sweep.tokens[i], s.sweep.tokens[i+1]
		if !a.char() || !b.char() {
			s.eachJoined(int(i), func(u sweptUnit, hash uint64) {
				if !s.isIdle(hash) {
					s.tried = s.keysOfJoined(u, hash, s.tried[:0])
					s.lookUpUnit(u, hash, s.tried)
				}
			})
			continue
		}
		key := s.keyOfTwo(i)
		if !s.x.table.mayHold(key) && !s.x.cues.table.mayHold(key) {
			continue // there are too many pairs of characters to remember them
		}
		if hash := mix(a.hash, b.hash); !s.isIdle(hash) {
			s.tried = append(s.tried[:0], key)
			s.lookUpUnit(sweptUnit{i, i}, hash, s.tried)
		}
	}
	s.takeSmall()
}

// lookUpUnit takes the patterns that are filed under the keys of a unit which is more than a token.
func (s *sifter) lookUpUnit(u sweptUnit, hash uint64, keys []uint64) {
	met := len(s.meetCues(u, keys)) > 0
	switch fertile := s.try(u, hash, keys); {
	case fertile:
		s.takeFitting(s.fertile.draw(), u)
	case !met:
		s.idles(hash)
	}
}

// lookUpTokens is false where it met a token that is no word.
func (s *sifter) lookUpTokens() bool {
	s.cues.clear()
	s.stands.list, s.smalls, s.fertile.drawn = s.stands.list[:0], s.smalls[:0], s.fertile.drawn[:0]
	s.twos = s.twos[:0]
	s.forgetBearers()
	tokens := s.sweep.tokens
	for _, i := range s.pick(tokens) {
		t := tokens[i]
		if s.isIdle(t.hash) {
			s.idlesAtSight(i)
			continue
		}
		if s.recall(i, t) || s.takeFertile(i, t) {
			continue
		}
		keys, ok := s.keysOf(t, s.tried[:0])
		if !ok {
			return false
		}
		s.tried = keys
		u := sweptUnit{i, i}
		met := s.meetCues(u, keys)
		switch fertile := s.try(u, t.hash, keys); {
		case fertile && len(met) == 0:
			s.takeFitting(s.fertile.keep(t.hash^s.tongue.salt), u)
		case fertile:
			s.takeFitting(s.fertile.draw(), u)
		case len(met) > 0:
			s.remember(t, met)
		default:
			s.idles(t.hash)
			s.idlesAtSight(i)
		}
	}
	return true
}

// pick returns which tokens are not idle at first sight. Nothing else is done meanwhile: so the memory, which is large, is asked
// for many of them side by side.
func (s *sifter) pick(tokens []token) []uint32 {
	if cap(s.live) < len(tokens) {
		s.live, s.close, s.odd = make([]uint32, 2*len(tokens)), make([]uint32, 2*len(tokens)), make([]uint32, 2*len(tokens))
	}
	s.classify(tokens)
	live, n := s.live[:len(tokens)], 0
	idle, salt := s.idle, s.tongue.salt
	if s.sweep.wides == 0 {
		for i := range tokens {
			hash := tokens[i].hash
			live[n] = uint32(i)
			if (idle[hash>>9&uint64(len(idle)-1)]^hash^salt)&^idleBits != 0 { //nolint:gosec // a length
				n++
			}
		}
		return live[:n]
	}
	stamp := s.stampOf(s.epoch)
	for i := range tokens {
		t := tokens[i]
		live[n] = uint32(i)
		if t.wide() && !t.char() {
			if e := s.glances.at(s.sweep.places[i], t.hash); e == nil || e.idle != stamp {
				n++
			}
		} else if (idle[t.hash>>9&uint64(len(idle)-1)]^t.hash^salt)&^idleBits != 0 { //nolint:gosec // a length
			n++
		}
	}
	return live[:n]
}

// idlesAtSight remembers that nothing comes of a token that is not ASCII alone.
func (s *sifter) idlesAtSight(i uint32) {
	if e := s.glanced(i); e != nil {
		e.idle = s.stampOf(s.epoch)
	}
}

// classify leaves in close the tokens that may be close to the next, and in odd those that are neither numbers nor Han characters nor
// surely written small; without a branch, for nothing foretells it.
func (s *sifter) classify(tokens []token) {
	near, odd, n, m := s.close[:len(tokens)], s.odd[:len(tokens)], 0, 0
	swept, bytes := s.sweep.swept, &s.bytes
	for i, t := range tokens {
		near[n], odd[m] = uint32(i), uint32(i)
		before, first, behind := bytes[swept[max(t.from, 1)-1]], bytes[swept[t.from]], bytes[swept[t.to()]]
		n += int((behind | behind>>1&byteTraits(t.info)) & 1) //nolint:gosec // the lowest bit
		m += int((first>>4 | first>>5&(behind>>2|before>>3)) & 1)
	}
	if n > 0 && int(near[n-1]) == len(tokens)-1 {
		n--
	}
	s.close, s.odd = near[:n], odd[:m]
}

func (s *sifter) dropEmpty() {
	n, titled := 0, 0
	for i, t := range s.sweep.tokens {
		if s.fold(t) == "" {
			continue
		}
		if i < s.sweep.titled {
			titled++
		}
		s.sweep.tokens[n], s.sweep.places[n] = t, s.sweep.places[i]
		n++
	}
	s.sweep.tokens, s.sweep.titled = s.sweep.tokens[:n], titled
}

// isIdle tells a unit of which nothing comes, as far as remembered. Next time it is found at once.
func (s *sifter) isIdle(hash uint64) bool {
	at := hash >> 9 & uint64(len(s.idle)-1) //nolint:gosec // a length
	for k := range uint64(idleWays) {
		if (s.idle[at^k]^hash^s.tongue.salt)&^idleBits == 0 {
			s.idle[at], s.idle[at^k] = s.idle[at^k], s.idle[at]
			return true
		}
	}
	return false
}

// idleNameless is the bit of an idle unit that sounds like no first name of a watch, as far as known.
const idleNameless = 1

// idleBits are the bits of an idle unit that are not its hash's.
const idleBits = idleNameless

// isNameless tells that of a unit which lookUp met, where it is remembered at first sight.
func (s *sifter) isNameless(hash uint64) bool {
	return s.pairing.seen == s.seen && s.idle[hash>>9&uint64(len(s.idle)-1)] == (hash^s.tongue.salt)|idleNameless //nolint:gosec // a length
}

// keepNameless remembers that of a unit.
func (s *sifter) keepNameless(hash uint64) {
	if s.pairing.seen == s.seen && s.isIdle(hash) {
		s.idle[hash>>9&uint64(len(s.idle)-1)] |= idleNameless //nolint:gosec // a length
	}
}

// idles remembers a unit of which nothing comes, where lookUpTokens looks first.
func (s *sifter) idles(hash uint64) {
	at := hash >> 9 & uint64(len(s.idle)-1) //nolint:gosec // a length
	free := uint64(0)
	for free < idleWays-1 && s.idle[at^free] != 0 {
		free++
	}
	for k := free; k > 0; k-- {
		s.idle[at^k] = s.idle[at^(k-1)]
	}
	s.idle[at] = (hash ^ s.tongue.salt) &^ idleBits
	if s.pairing.heardNameless(max(1, hash^s.tongue.salt), s.seen) {
		s.idle[at] |= idleNameless
	}
}

// try leaves in fertile.now the patterns of a unit's keys, in order. It is false where nothing comes of them in any text.
func (s *sifter) try(u sweptUnit, hash uint64, keys []uint64) bool {
	s.fertile.now = s.fertile.now[:0]
	for _, key := range keys {
		if !s.x.table.mayHold(key) {
			continue
		}
		if shard, first := s.x.table.first(key); first != 0 {
			s.postings(shard, first, u, hash)
		}
	}
	if len(s.fertile.now) > 0 {
		slices.SortFunc(s.fertile.now, fertilePost.compare)
		s.fertile.now = slices.Compact(s.fertile.now)
		return true
	}
	s.woken++
	if s.woken > len(s.idle) && len(s.idle) < maxIdle {
		s.idle, s.woken = make([]uint64, min(maxIdle, 8*len(s.idle))), 0
	}
	return false
}

// postings adds to fertile.now the patterns of one key, which a unit has, unless the unit fits none of their words.
func (s *sifter) postings(list *shard, first uint32, u sweptUnit, hash uint64) {
	var word uint32
	var fits bool
	for n := first; n != 0; {
		p := &list.posts[n-1]
		n = p.next.Load()
		if p.ref&modeMask != fileAny && p.word != word {
			r := s.x.records.get(p.ref & refMask)
			if r == nil {
				continue // removed meanwhile
			}
			word = p.word
			fits = s.fit(u, hash, p.word, r)&(fitOK|fitByEar) == fitOK
		}
		if p.ref&modeMask == fileAny || fits {
			s.fertile.now = append(s.fertile.now, fertilePost{p.ref, p.word, p.need})
		}
	}
}

// take makes a pattern a candidate, once.
func (s *sifter) take(ref uint32) {
	if !s.refs.add(ref) {
		return
	}
	if r := s.x.records.get(ref); r != nil {
		s.found = append(s.found, candidate{record: r, ref: ref})
	}
}

func (s *sifter) takeAll() {
	chunks := s.x.records.chunks.Load()
	if chunks == nil {
		return
	}
	for i := range len(*chunks) << numberedBits {
		s.take(uint32(i))
	}
}

const (
	minIdle = 1 << 9
	maxIdle = 1 << 17 // 1 MiB
)
