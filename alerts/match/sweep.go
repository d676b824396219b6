package match

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// A token is an atom as a sweep sees it: where it stands and a hash of how it is written.
type token struct {
	hash uint64 // of its bytes, ASCII letters made small
	from uint32 // bytes of the swept text
	info uint32 // its length in bytes, above tokenChar, tokenWide and what is known of it
}

const (
	tokenChar = 1 // one character of a script without spaces
	tokenWide = 2 // not ASCII alone, or touching what is not

	tokenShape = 2 // the bit at which a shape begins
	tokenFold  = 4 // that of a word that is its own fold, once known
	tokenSize  = 5 // that at which the length begins
)

func (t token) to() int    { return int(t.from + t.info>>tokenSize) }
func (t token) char() bool { return t.info&tokenChar != 0 }
func (t token) wide() bool { return t.info&tokenWide != 0 }

// folded tells a word that is known to be its own fold, behind sifter.look.
func (t token) folded() bool { return t.info>>tokenFold&1 != 0 }

// shape is that of a word that is not ASCII alone, behind sifter.look.
func (t token) shape() shape { return shape(t.info >> tokenShape & 3) }

// A sweep parts a title and a text into the tokens that atomise finds, without taking memory once it has enough. ASCII
// is read sixty-four bytes at a time, by bitmaps of the bytes that belong to words; what has another byte in it goes
// through the runes.
type sweep struct {
	classes *classes
	glances *glances // where what is read again is known by sight; nil for nowhere
	page    openPage // of what was read last
	swept   []byte   // title, a gap, text, a gap
	body    int      // where the text begins
	tokens  []token
	titled  int      // of them, those of the title
	places  []uint32 // in glances, of tokens that are not ASCII alone; what stands there of others is anything: see glances.at
	unseen  []uint32 // tokens that are not ASCII alone, and were not known by sight
	said    tally    // what those say that were, of the first guessAtoms of each field
	done    int      // bytes up to which runes have been read
	wides   int      // tokens that are not ASCII alone
	high    uint64   // 0 where all is ASCII
	broken  bool     // some bytes are no UTF-8
}

const (
	sweepBlock = 64
	sweepPad   = sweepBlock + 2*hashPad
	maxSwept   = 1 << 27 // bytes of a title and text; longer ones are not swept
)

// read sweeps a Doc.
func (z *sweep) read(title, text string) {
	z.swept = append(z.swept[:0], title...)
	z.swept = append(z.swept, make([]byte, sweepPad)...)
	z.body = len(z.swept)
	z.swept = append(z.swept, text...)
	z.swept = append(z.swept, make([]byte, sweepPad)...)
	if need := len(z.swept)/2 + 2; cap(z.tokens) < need {
		z.tokens = make([]token, 0, need+need/4)
		if z.glances != nil {
			z.places = make([]uint32, cap(z.tokens))
		}
	}
	z.tokens = z.tokens[:0]
	z.unseen = z.unseen[:0]
	if z.glances != nil {
		z.said = tally{}
	}
	z.done, z.wides, z.high, z.broken = 0, 0, 0, false
	if z.page.ascii == nil {
		z.page = z.classes.open()
	}
	z.run(0, len(title))
	z.titled = len(z.tokens)
	z.run(z.body, z.body+len(text))
}

// run finds where the words of a field begin and end: where the bitmap of word bytes differs from itself a byte later.
func (z *sweep) run(begin, end int) {
	p, tokens := z.swept, z.tokens
	before := len(tokens)
	var all, open, wide uint64 // bytes that are not ASCII; 1 where a word reaches into the block; its bytes before that which are not ASCII
	from := 0
	for base := begin; base <= end; base += sweepBlock {
		words, high := blockMasks(p[base : base+sweepBlock])
		all |= high
		edges := words ^ (words<<1 | open)
		for ; edges != 0; edges &= edges - 1 {
			bit := bits.TrailingZeros64(edges)
			at := base + bit
			if open == 0 {
				from, open, wide = at, 1, 0
				continue
			}
			open = 0
			if wide|high != 0 && wide|firstBits(high, bit)>>max(0, from-base) != 0 {
				if place, ok := z.recognise(from, at, len(tokens)-before); ok {
					z.places[len(tokens)] = place
					e := &z.glances.entries[place]
					tokens = append(tokens, token{e.tag, uint32(from), uint32(at-from)<<tokenSize | uint32(e.info)}) //nolint:gosec // below maxSwept
					continue
				}
				z.tokens = tokens
				z.runes(from)
				tokens = z.tokens
				continue
			}
			if from >= z.done {
				size := at - from
				var hash uint64
				if size <= 8 {
					hash = mix(firstBytes(binary.LittleEndian.Uint64(p[from:])|smallLetters, size), uint64(size)) //nolint:gosec // a length
				} else {
					hash = hashBytes(p, from, at, smallLetters)
				}
				tokens = append(tokens, token{hash, uint32(from), uint32(size) << tokenSize}) //nolint:gosec // below maxSwept
			}
		}
		if open = words >> 63; open != 0 {
			wide |= high >> max(0, from-base)
		}
	}
	z.tokens, z.high = tokens, z.high|all
}

// firstBits keeps the first n bits of 64, which are not all.
func firstBits(x uint64, n int) uint64 { return x & (1<<n - 1) }

const (
	everyByte = 0x0101010101010101
	highBits  = 0x80 * everyByte
	lowBits   = 0x7f * everyByte
)

// blockMasks has a bit for each of 64 bytes: letters, digits, _ and what is not ASCII; and the latter alone.
func blockMasks(p []byte) (words, high uint64) {
	for k := 0; k < sweepBlock; k += 8 {
		x := binary.LittleEndian.Uint64(p[k:])
		h, y := x&highBits, x&lowBits
		l := y | smallLetters
		letters := (l + (0x80-'a')*everyByte) &^ (l + (0x7f-'z')*everyByte)
		digits := (y + (0x80-'0')*everyByte) &^ (y + (0x7f-'9')*everyByte)
		line := ^((y ^ '_'*everyByte) + lowBits)
		words |= gather((letters|digits|line)&highBits|h) << k
		high |= gather(h) << k
	}
	return words, high
}

// gather makes eight bits of the high bits of eight bytes.
func gather(x uint64) uint64 { return x >> 7 * 0x0102040810204080 >> 56 }

// recognise tells a run of bytes that was seen as a word and is one again, as nothing behind it goes on with a word, and gives its place
// in glances. What it says of the language counts, where its number among the field's tokens is not too high.
func (z *sweep) recognise(from, to, number int) (place uint32, ok bool) {
	p := z.swept
	if z.glances == nil || from < z.done || !partsBehind(p[to]) || isHanOrKana(p[from]) {
		return 0, false
	}
	if place, ok = z.glances.of(^hashBytes(p, from, to, 0)); !ok {
		return 0, false
	}
	z.wides++
	if number < guessAtoms {
		z.said.addSeen(&z.glances.entries[place])
	}
	return place, true
}

// isHanOrKana tells by the first byte that a run begins with a character of a script without spaces, or Katakana: most such runs are
// sentences, which are not seen again.
func isHanOrKana(first byte) bool { return first >= 0xE3 && first <= 0xE9 }

// runesIn counts the runes of UTF-8 that begin in p[from:to], behind which eight bytes more must stand.
func runesIn(p []byte, from, to int) int {
	runes := to - from
	for ; from+8 <= to; from += 8 {
		x := binary.LittleEndian.Uint64(p[from:])
		runes -= bits.OnesCount64(x &^ (x << 1) & highBits) // bytes that continue a rune
	}
	x := firstBytes(binary.LittleEndian.Uint64(p[from:]), to-from)
	return runes - bits.OnesCount64(x&^(x<<1)&highBits)
}

// hasTwoBytes tells a rune in UTF-8 that has as many, by both.
func hasTwoBytes(first rune, second byte) bool {
	return first >= 0xC2 && first < 0xE0 && second&0xC0 == 0x80
}

// decode is utf8.DecodeRune, and the rune's classOf, quick where it has three bytes. At least so many stand there.
func (z *sweep) decode(p []byte) (r rune, width int, c class) {
	if p[0] > 0xE0 && p[0] < 0xED && p[1]&0xC0 == 0x80 && p[2]&0xC0 == 0x80 {
		r = rune(p[0]&0x0F)<<12 | rune(p[1]&0x3F)<<6 | rune(p[2]&0x3F)
		return r, 3, z.page.ofThree(r)
	}
	r, width = utf8.DecodeRune(p)
	z.broken = z.broken || width == 1
	return r, width, z.classes.of(r)
}

// runes reads a run of bytes of which some are not ASCII, as scanner does, to where no word can go on.
func (z *sweep) runes(from int) {
	if from < z.done {
		return
	}
	var in class // of the open token
	var last rune
	start, end := from, from
	i, p := from, z.swept
	page := &z.page
	for {
		r, width := rune(p[i]), 1
		if areTwoPlainHan(p[i:]) {
			z.take(start, end, in)
			i = z.takeHan(i)
			in, last, start, end = classChar, 0, i, i+bytesOfHan // no letter that an apostrophe joins
			i = end
			continue
		}
		var c class
		switch {
		case r < utf8.RuneSelf:
			c = page.ascii[r]
		case hasTwoBytes(r, p[i+1]):
			r, width = r&0x1F<<6|rune(p[i+1]&0x3F), 2
			c = page.class(r)
		default:
			r, width, c = z.decode(p[i:])
		}
		switch {
		case c == classWord && in == classWord:
			i += width
			end, last = i, r
			continue
		case c == classIgnore:
			if in != classNone && isMark(r) {
				end = i + width
			}
			i += width
			continue
		case c == classNone:
			if in != classNone && r != 0 && joinsWord(last, r, z.swept[i+width:]) {
				i += width
				continue
			}
			z.take(start, end, in)
			in = classNone
			if r < utf8.RuneSelf {
				z.done = i
				return
			}
			i += width
			continue
		case c != in || c == classChar:
			z.take(start, end, in)
			in, start = c, i
		}
		i += width
		end, last = i, r
	}
}

// take keeps an open token.
func (z *sweep) take(from, to int, in class) {
	if in == classNone {
		return
	}
	info := uint32(to-from)<<tokenSize | tokenWide //nolint:gosec // below maxSwept
	if in == classChar {
		info |= tokenChar
	}
	t := token{0, uint32(from), info} //nolint:gosec // below maxSwept
	t.hash = ^hashBytes(z.swept, from, to, 0)
	z.unseen = append(z.unseen, uint32(len(z.tokens))) //nolint:gosec // fewer than bytes
	z.tokens = append(z.tokens, t)
	z.wides++
}
