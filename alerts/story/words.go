package story

import (
	"hash/fnv"
	"slices"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// words splits s into folded words; runs of a script without spaces become pairs of neighbouring characters.
func words(s string) []string {
	runes := []rune(cases.Fold().String(norm.NFKC.String(s)))
	var out []string
	for i := 0; i < len(runes); {
		switch {
		case unspaced(runes[i]):
			end := i + 1
			for end < len(runes) && unspaced(runes[end]) {
				end++
			}
			out = append(out, pairs(runes[i:end])...)
			i = end
		case wordRune(runes[i]):
			end := i + 1
			for end < len(runes) && wordRune(runes[end]) && !unspaced(runes[end]) {
				end++
			}
			out = append(out, string(runes[i:end]))
			i = end
		default:
			i++
		}
	}
	return out
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// unspaced tells whether r is of a script that is written without spaces between words.
func unspaced(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

func pairs(run []rune) []string {
	if len(run) == 1 {
		return []string{string(run)}
	}
	out := make([]string, 0, len(run)-1)
	for i := range len(run) - 1 {
		out = append(out, string(run[i:i+2]))
	}
	return out
}

// hashes returns the words' hashes, ascending, each once.
func hashes(words []string) []uint32 {
	out := make([]uint32, 0, len(words))
	for _, w := range words {
		out = append(out, hash(w))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// hash is 32-bit FNV-1a: stored, so it must never change (http://www.isthe.com/chongo/tech/comp/fnv/).
func hash(s string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(s)) // never fails
	return h.Sum32()
}

func numbers(words []string) []string {
	var out []string
	for _, w := range words {
		if unicode.IsDigit([]rune(w)[0]) {
			out = append(out, w)
		}
	}
	return out
}
