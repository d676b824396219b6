package match

import (
	"strings"
	"unicode/utf8"
)

// spellKana reads a syllable: キャ, ファ, トゥ. Katakana puts vowels between the consonants of foreign words; those are free.
func spellKana(fold string, i int) (int, string) {
	r, n := utf8.DecodeRuneInString(fold[i:])
	small, k := utf8.DecodeRuneInString(fold[i+n:])
	if row := kanaRow(small); r == 'ン' && (row == "m" || row == "n") {
		return n, row + "?" // a doubled m or n
	}
	consonant, vowel := kanaSyllable(r)
	if consonant == "" && vowel == "" {
		return 0, ""
	}
	glide, own := kanaSmall(small)
	switch {
	case own == "":
	case r == 'ウ':
		consonant = "wv/u"
	case r == 'イ':
		consonant = "y/iJ"
	}
	if own != "" && vowel != "" {
		return n + k, join(join(consonant, glide), own)
	}
	return n, join(consonant, vowel)
}

func join(a, b string) string {
	switch {
	case a == "":
		return b
	case b == "":
		return a
	}
	return a + " " + b
}

// kanaSmall is what a small letter makes of the syllable before it.
func kanaSmall(r rune) (glide, vowel string) {
	switch r {
	case 'ァ':
		return "", "a/eo"
	case 'ィ':
		return "", "i/ey"
	case 'ゥ':
		return "", "u/o?"
	case 'ェ':
		return "", "e/ai"
	case 'ォ':
		return "", "o/aue"
	case 'ャ':
		return "y?", "a/eo"
	case 'ュ':
		return "y?", "u/ieo"
	case 'ョ':
		return "y?", "o/aue"
	case 'ヮ':
		return "w?", "a"
	}
	return "", ""
}

// kanaSyllable gives consonant and vowel.
func kanaSyllable(r rune) (consonant, vowel string) {
	if r >= 'ぁ' && r <= 'ゖ' {
		r += 'ァ' - 'ぁ'
	}
	switch r {
	case 'ー':
		return "y?", ""
	case 'ッ':
		return "y?", ""
	case 'ン':
		return "nmN", ""
	case 'ァ', 'ィ', 'ゥ', 'ェ', 'ォ', 'ャ', 'ュ', 'ョ', 'ヮ':
		glide, vowel := kanaSmall(r)
		return glide, vowel
	case 'ヴ':
		return "v/bw", "u?"
	case 'シ':
		return "Ss/zT", "i/e?"
	case 'ジ', 'ヂ':
		return "JZzd/gyT", "i/e?"
	case 'チ':
		return "Ct/Jc", "i/e?"
	case 'ツ':
		return "ct/szC", "u?"
	case 'ズ', 'ヅ':
		return "zTc/sJZ", "u?"
	case 'フ':
		return "hf/px", "u?"
	case 'ヤ', 'ユ', 'ヨ', 'ワ', 'ヲ':
		return kanaGlide(r)
	}
	row := kanaRow(r)
	if row == "" && !strings.ContainsRune("アイウエオ", r) {
		return "", ""
	}
	return row, kanaVowel(r)
}

func kanaGlide(r rune) (consonant, vowel string) {
	switch r {
	case 'ヤ':
		return "y/iJ", "a/eo"
	case 'ユ':
		return "y?", "u/ieo"
	case 'ヨ':
		return "y/iJ", "o/aue"
	case 'ワ':
		return "w/uov", "a/eo"
	}
	return "w?", "o/aue"
}

// kanaRow is the consonant of a syllable by the row of the table it stands in.
func kanaRow(r rune) string {
	switch {
	case strings.ContainsRune("カキクケコ", r):
		return "k/gxh"
	case strings.ContainsRune("ガギグゲゴ", r):
		return "g/kJh"
	case strings.ContainsRune("サスセソ", r):
		return "sT/Sz"
	case strings.ContainsRune("ザゼゾ", r):
		return "zTc/Js"
	case strings.ContainsRune("タテト", r):
		return "t/dT"
	case strings.ContainsRune("ダデド", r):
		return "d/tT"
	case strings.ContainsRune("ナニヌネノ", r):
		return "n"
	case strings.ContainsRune("ハヒヘホ", r):
		return "hx/fg"
	case strings.ContainsRune("バビブベボ", r):
		return "bv/w"
	case strings.ContainsRune("パピプペポ", r):
		return "p/f"
	case strings.ContainsRune("マミムメモ", r):
		return "m"
	case strings.ContainsRune("ラリルレロ", r):
		return "lr"
	}
	return ""
}

func kanaVowel(r rune) string {
	switch {
	case strings.ContainsRune("アカガサザタダナハバパマラ", r):
		return "a/eou"
	case strings.ContainsRune("イキギニヒビピミリ", r):
		return "i/eya"
	case strings.ContainsRune("クグスヌブプムル", r):
		return "u/o?"
	case r == 'ウ':
		return "u/owv"
	case strings.ContainsRune("エケゲセゼテデネヘベペメレ", r):
		return "e/aio"
	case r == 'ト' || r == 'ド':
		return "o/au?"
	}
	return "o/aue"
}

// spellHangul takes a syllable apart (The Unicode Standard, section 3.12).
func spellHangul(fold string, i int) (int, string) {
	r, n := utf8.DecodeRuneInString(fold[i:])
	if r < 0xAC00 || r > 0xD7A3 {
		return 0, ""
	}
	const vowelCount, tailCount = 21, 28
	s := int(r - 0xAC00)
	lead, vowel := s/(vowelCount*tailCount), s/tailCount%vowelCount
	consonant := hangulLead(lead)
	if (lead == 9 || lead == 10) && softensHangul(vowel) {
		consonant = "sS/Tzc"
	}
	return n, join(join(consonant, hangulVowel(vowel)), hangulTail(s%tailCount))
}

// softensHangul tells a vowel before which ㅅ is spoken as sh, those with y and ㅣ, ㅟ.
func softensHangul(vowel int) bool {
	switch vowel {
	case 2, 3, 6, 7, 12, 16, 17, 20:
		return true
	}
	return false
}

func hangulLead(i int) string {
	return [...]string{
		"gk/J", "kg", "n", "d/tT", "td", "lr", "m", "bv/p", "p/b", "sT/Szc", "sT/Sz", "", "zJc/ZsyC", "cz/JC", "C/ctJ", "k/gx", "t/dT", "pf/bv",
		"hx/fg",
	}[i]
}

func hangulVowel(i int) string {
	return [...]string{
		"a/eo", "ea/i", "y? a/eo", "y? ea", "oeu/a", "e/ai", "y? oeu/ai", "y? e/ai", "o/aue", "w? a/o", "w? e/ao", "oe/iu", "y? o/ua", "u/oi", "w? oeau",
		"w? e/i", "w? i/uye", "y? u/io", "eu/oia?", "u? i/e", "i/eya",
	}[i]
}

func hangulTail(i int) string {
	return [...]string{
		"", "k/g", "k", "k s", "n/N", "n", "n", "t/dsTzcCJ", "lr", "l k", "l m", "l p", "l s", "l t", "l p", "l", "m/n", "pb/fv", "p s", "ts/dTzSCc", "t/s",
		"nN", "t/JdzZ", "t/CSc", "k", "t/dT", "pf/b", "h",
	}[i]
}

// spellIndic reads the scripts of India, whose blocks Unicode has laid out alike, 128 code points each.
func spellIndic(fold string, i int) (int, string) {
	const doubled = "റ്റ"
	if strings.HasPrefix(fold[i:], doubled) {
		return len(doubled), "t/d"
	}
	r, n := utf8.DecodeRuneInString(fold[i:])
	if last := malayalamLast(r); last != "" {
		return n, last
	}
	consonant, vowel := indicLetter((r - 0x900) % 0x80)
	if consonant == "" {
		if vowel == "" {
			return n, ""
		}
		return n, vowel
	}
	next, _ := utf8.DecodeRuneInString(fold[i+n:])
	if at := (next - 0x900) % 0x80; next < 0x900 || next >= 0xD80 || at < 0x3C || at > 0x4D {
		return n, join(consonant, "a/eo?") // the vowel that is not written
	}
	return n, consonant
}

// malayalamLast is a consonant that Malayalam writes without a vowel, in a letter of its own.
func malayalamLast(r rune) string {
	switch r {
	case 'ൺ', 'ൻ':
		return "n/N"
	case 'ർ':
		return "r"
	case 'ൽ', 'ൾ':
		return "l/r"
	case 'ൿ':
		return "k/g"
	}
	return ""
}

func indicLetter(at rune) (consonant, vowel string) {
	switch {
	case at <= 0x02:
		return "nmN", ""
	case at == 0x05, at == 0x06, at == 0x3E, at == 0x72:
		return "", "a/eo"
	case at == 0x07, at == 0x08, at == 0x3F, at == 0x40:
		return "", "i/eya"
	case at == 0x09, at == 0x0A, at == 0x41, at == 0x42:
		return "", "u/ow"
	case at >= 0x0D && at <= 0x10, at >= 0x45 && at <= 0x48:
		return "", "ea/i i?"
	case at >= 0x11 && at <= 0x14, at >= 0x49 && at <= 0x4C:
		return "", "oa/u u?"
	}
	switch at {
	case 0x15:
		return "k/gxh", ""
	case 0x16:
		return "kx/h", ""
	case 0x17, 0x18:
		return "g/k", ""
	case 0x19:
		return "nN", ""
	case 0x1A, 0x1B:
		return "Cs/JcSz", ""
	case 0x1C, 0x1D:
		return "Jz/ZC", ""
	case 0x1E, 0x23, 0x28, 0x29:
		return "n/N", ""
	case 0x1F, 0x20, 0x24, 0x25:
		return "tT/d", ""
	case 0x21, 0x22, 0x26, 0x27:
		return "dT/trl", ""
	case 0x2A:
		return "p/bf", ""
	case 0x2B:
		return "fp", ""
	case 0x2C, 0x2D:
		return "b/vp", ""
	case 0x2E:
		return "m", ""
	case 0x2F:
		return "y/J", ""
	case 0x30, 0x31:
		return "r", ""
	case 0x32, 0x33, 0x34:
		return "l/r", ""
	case 0x35:
		return "vw/b", ""
	case 0x36, 0x37:
		return "S/s", ""
	case 0x38:
		return "s/Sz", ""
	case 0x39:
		return "h/x", ""
	}
	return "", ""
}
