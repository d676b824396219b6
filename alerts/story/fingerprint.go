package story

import (
	"crypto/sha256"
	"encoding/hex"
	"math"
	"slices"
	"strconv"
)

// leadWords is how many words of the text count as its lead: about two sentences of a news agency.
const leadWords = 60

// Of returns the article's fingerprint.
func Of(it Item) Fingerprint {
	headline, text := words(it.Title), words(it.Text)
	text = text[:min(len(text), leadWords)]
	f := Fingerprint{
		Canonical: it.Canonical,
		Headline:  hashes(headline),
		Lead:      hashes(text),
		Numbers:   hashes(numbers(headline)),
	}
	f.Keys = keys(f)
	return f
}

// Bands of MinHash (Broder 1997, "On the resemblance and containment of documents"; banding as in Leskovec, Rajaraman,
// Ullman, "Mining of Massive Datasets", section 3.4): two articles whose word sets overlap by s share a band with
// probability 1-(1-s^rows)^bands, 0.97 for s = 0.6 and 0.9997 for s = 0.8.
const (
	bands = 8
	rows  = 2
)

// keys are the traits by which the fingerprint is found again.
func keys(f Fingerprint) []Key {
	var out []Key
	if f.Canonical != "" {
		sum := sha256.Sum256([]byte(f.Canonical))
		out = append(out, Key("u"+hex.EncodeToString(sum[:8])))
	}
	if len(f.Headline) > 0 {
		out = append(out, Key("h"+strconv.FormatUint(mix(f.Headline, 0), 36)))
	}
	set := slices.Concat(f.Headline, f.Lead)
	if len(set) == 0 {
		return out
	}
	for b := range uint64(bands) {
		var least [rows]uint64
		for r := range uint64(rows) {
			least[r] = minHash(set, b*rows+r+1)
		}
		out = append(out, Key("m"+strconv.FormatUint(b, 36)+strconv.FormatUint(least[0]^scramble(least[1]), 36)))
	}
	return out
}

func minHash(set []uint32, seed uint64) uint64 {
	least := uint64(math.MaxUint64)
	for _, h := range set {
		least = min(least, scramble(uint64(h)^seed<<40))
	}
	return least
}

func mix(set []uint32, seed uint64) uint64 {
	for _, h := range set {
		seed = scramble(seed ^ uint64(h))
	}
	return seed
}

// scramble is the finaliser of SplitMix64 (Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators").
func scramble(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
