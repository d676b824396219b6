package match

import (
	"strings"
	"unicode/utf8"
)

// respells tells that a word of the watch's own script may be another spelling of the watch's word, as far as letters can
// tell: Zelenskyy and Selenskyj, Putin and Poutine. Within one script a vowel more at the end is another person (Petr,
// Petra; Macron, Macroni; Emmanuel, Emmanuelle; Daniele, Danielle), and so is a syllable more in a short word (Mark, Marieke).
func respells(watch, text string) bool {
	w, t := withoutMuteE(watch), withoutMuteE(text)
	switch {
	case w == t:
		bothMute := strings.HasSuffix(watch, "e") && strings.HasSuffix(text, "e") // Lasse, Lase
		return watch == text || bothMute && strings.IndexByte("ln", w[len(w)-1]) < 0
	case vowelAtEnd(t) && !vowelAtEnd(w):
		return false
	}
	differ := syllables(w) - syllables(t)
	if min(utf8.RuneCountInString(w), utf8.RuneCountInString(t)) >= longEnough {
		return -1 <= differ && differ <= 1
	}
	return differ == 0
}

// longEnough is from how many letters on spellings may differ by a syllable: Alexander, Alexandre.
const longEnough = 6

// withoutMuteE takes off an e behind a consonant, and one of the two consonants before it.
func withoutMuteE(s string) string {
	stem, ok := strings.CutSuffix(s, "e")
	if !ok || len(stem) < 3 || vowelAtEnd(stem) {
		return s
	}
	if n := len(stem); stem[n-1] == stem[n-2] {
		return stem[:n-1]
	}
	return stem
}

func vowelAtEnd(s string) bool {
	return s != "" && strings.ContainsRune("aeiouyj", rune(s[len(s)-1]))
}

// syllables counts groups of vowels; a y before a vowel is a consonant.
func syllables(s string) (n int) {
	inside := false
	for i := range len(s) {
		vowel := strings.IndexByte("aeiou", s[i]) >= 0 ||
			s[i] == 'y' && (i+1 == len(s) || strings.IndexByte("aeiou", s[i+1]) < 0)
		if vowel && !inside {
			n++
		}
		inside = vowel
	}
	return n
}
