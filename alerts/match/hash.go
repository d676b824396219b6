package match

import (
	"encoding/binary"
	"math/bits"
)

// Hashes of words are 64 bits wide. They only choose candidates: what a hash lets pass is compared in full. What a sifter
// remembers of a word it remembers by the hash alone; two words of one hash could make it pass over one of them, once in
// some 2^64 pairs.
const (
	hashA = 0x9E3779B97F4A7C15
	hashB = 0xD6E8FEB86659FD93

	smallLetters = 0x2020202020202020 // makes the ASCII letters of eight bytes small, and leaves the digits
)

// maxHashed is how many bytes a word has at most that is hashed without taking memory.
const maxHashed = 64

// hashPad is how many bytes must follow a word that is hashed in place.
const hashPad = 16

// mix folds the 128 bits of a product, as wyhash does (https://github.com/wangyi-fudan/wyhash).
func mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a^hashA, b^hashB)
	return hi ^ lo
}

// firstBytes keeps the first n bytes of eight.
func firstBytes(x uint64, n int) uint64 { return x << (64 - 8*n) >> (64 - 8*n) }

// hashBytes hashes p[from:to], behind which hashPad bytes more must stand. What or holds is set in each byte first.
func hashBytes(p []byte, from, to int, or uint64) uint64 {
	q := p[from : to+hashPad]
	size := to - from
	if size <= 8 {
		return mix(firstBytes(binary.LittleEndian.Uint64(q)|or, size), uint64(size)) //nolint:gosec // a length
	}
	a := binary.LittleEndian.Uint64(q) | or
	if size <= 16 {
		return mix(a, firstBytes(binary.LittleEndian.Uint64(q[8:])|or, size-8)+uint64(size))
	}
	h := uint64(size)
	k := 0
	for ; k+8 <= size; k += 8 {
		h = mix(h, binary.LittleEndian.Uint64(q[k:])|or)
	}
	if k < size {
		h = mix(h, binary.LittleEndian.Uint64(q[size-8:])|or)
	}
	return h
}

// hashWord hashes a folded word, as hashBytes does with an ASCII word of a text.
func hashWord[S string | []byte](word S) uint64 { return hashOf(word, smallLetters) }

// hashWritten hashes a word as it is written.
func hashWritten[S string | []byte](word S) uint64 { return hashOf(word, 0) }

func hashOf[S string | []byte](word S, or uint64) uint64 {
	var small [maxHashed + hashPad]byte
	if len(word) <= maxHashed {
		copy(small[:], word)
		return hashBytes(small[:], 0, len(word), or)
	}
	p := make([]byte, len(word)+hashPad)
	copy(p, word)
	return hashBytes(p, 0, len(word), or)
}
