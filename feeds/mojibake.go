package feeds

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// undouble mends text that was UTF-8, was taken for Windows-1252, and was made UTF-8 once more ("Ã©" for "é"). It acts
// only where at least three such sequences stand and hardly any letter of Latin-1 stands outside of one: honest text
// of any language has such pairs once in a book.
func undouble(s string) (mended string, done bool) {
	double, single := 0, 0
	walkDouble(s, func(plain string, raw string) {
		switch {
		case plain != "":
			double++
		case isLatin1(raw):
			single++
		}
	})
	if double < 3 || single*10 > double {
		return s, false
	}
	var out strings.Builder
	out.Grow(len(s))
	walkDouble(s, func(plain, raw string) {
		if plain != "" {
			raw = plain
		}
		out.WriteString(raw)
	})
	return out.String(), true
}

func isLatin1(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r >= 0xC0 && r <= 0xFF
}

// walkDouble calls f for each stretch of s: with the character that a doubly encoded sequence stands for, or with ""
// for anything else.
func walkDouble(s string, f func(plain, raw string)) {
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			n := i + 1
			for n < len(s) && s[n] < utf8.RuneSelf {
				n++
			}
			f("", s[i:n])
			i = n
			continue
		}
		var bytes [utf8.UTFMax]byte
		n, end := 0, i
		want := 1
		for n < want && end < len(s) {
			r, size := utf8.DecodeRuneInString(s[end:])
			b, ok := latinByte(r)
			if !ok || n > 0 && b&0xC0 != 0x80 {
				break
			}
			if n == 0 {
				want = sequence(b)
			}
			bytes[n] = b
			n++
			end += size
		}
		if want > 1 && n == want && utf8.Valid(bytes[:n]) {
			f(string(bytes[:n]), s[i:end])
			i = end
			continue
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		f("", s[i:i+size])
		i += size
	}
}

// sequence returns how many bytes a UTF-8 sequence has that begins with b; 1 if none does.
func sequence(b byte) int {
	switch {
	case b >= 0xC2 && b <= 0xDF:
		return 2
	case b >= 0xE0 && b <= 0xEF:
		return 3
	case b >= 0xF0 && b <= 0xF4:
		return 4
	}
	return 1
}

// latinByte returns the byte that Windows-1252 or Latin-1 writes r as.
func latinByte(r rune) (byte, bool) {
	if r >= 0x80 && r <= 0xFF {
		return byte(r), true
	}
	b, ok := charmap.Windows1252.EncodeRune(r)
	return b, ok && b >= 0x80
}
