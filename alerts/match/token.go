package match

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// A gap is what stands between an atom and the one before it.
type gap uint8

const (
	gapBreak      gap = iota // the field's start, a sentence's end, brackets, quotes, an empty line
	gapSpace                 // white space
	gapNone                  // nothing: characters of a script without spaces, or a change of script
	gapHyphen                // a hyphen, dash or middle dot without spaces
	gapApostrophe            // an apostrophe without spaces
	gapDot                   // a full stop without spaces: В.В.Путин
	gapDotSpace              // a full stop and space
	gapComma                 // a comma
)

// A shape is how a word is capitalised.
type shape uint8

const (
	uncased shape = iota // no letter that has case
	lower
	capital // the first letter is a capital
	upper   // two letters or more, all capitals
)

// An atom is a run of letters and digits, or one character of a script that writes no spaces.
type atom struct {
	fold       string
	start, end int // runes
	from, to   int // bytes
	gap        gap // before it
	shape      shape
	char       bool // one character of a script without spaces
}

// A class keeps runs of different kinds apart.
type class uint8

const (
	classNone   class = iota // no part of a word
	classWord                // letters, digits and marks
	classKana                // Katakana, written in runs
	classChar                // each character alone
	classIgnore              // invisible: part of the word it stands in
)

//nolint:gocyclo // a table of scripts
func classOf(r rune) class {
	switch {
	case r < utf8.RuneSelf:
		if r == '_' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' {
			return classWord
		}
		return classNone
	case isApostrophe(r):
		return classNone
	case unicode.Is(unicode.Cf, r):
		return classIgnore
	case r == 'ー' || r == 'ｰ' || r == 'ﾞ' || r == 'ﾟ' || unicode.Is(unicode.Katakana, r):
		return classKana
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return classChar
		}
		if unicode.IsMark(r) {
			return classIgnore
		}
		return classNone
	case unicode.IsMark(r):
		return classIgnore
	case unicode.IsLetter(r), unicode.IsNumber(r):
		return classWord
	}
	return classNone
}

// atomise splits text. Every atom's fold has at least one letter or digit.
func atomise(s string) []atom {
	z := scanner{src: s, atoms: make([]atom, 0, len(s)/6+1)}
	z.run()
	return z.atoms
}

type scanner struct {
	src      string
	atoms    []atom
	open     bool  // an atom is being read
	class    class // of the open atom
	from     int   // the open atom's or the gap's first byte
	start    int   // its first rune
	to, end  int   // behind the open atom's last visible rune
	gapFrom  int
	lastRune rune
}

func (z *scanner) run() {
	pos := 0
	for i, r := range z.src {
		width := utf8.RuneLen(r)
		if r == utf8.RuneError {
			_, width = utf8.DecodeRuneInString(z.src[i:])
		}
		z.step(i, width, pos, r)
		pos++
	}
	z.close()
}

func (z *scanner) step(i, width, pos int, r rune) {
	c := classOf(r)
	switch {
	case c == classIgnore:
		if z.open && unicode.IsMark(r) {
			z.to, z.end = i+width, pos+1
		}
		return
	case c == classNone:
		if z.open && z.joins(i, width, r) {
			return // an apostrophe that is part of the word
		}
		z.close()
		return
	case z.open && (c != z.class || c == classChar):
		z.close()
	}
	if !z.open {
		z.open, z.class, z.from, z.start = true, c, i, pos
	}
	z.to, z.end, z.lastRune = i+width, pos+1, r
}

// joins tells an apostrophe inside a Cyrillic word or an abbreviation mark inside a Hebrew one.
func (z *scanner) joins(i, width int, r rune) bool {
	next, _ := utf8.DecodeRuneInString(z.src[i+width:])
	if isApostrophe(r) {
		return unicode.Is(unicode.Cyrillic, z.lastRune) && unicode.Is(unicode.Cyrillic, next) ||
			unicode.Is(unicode.Hebrew, z.lastRune) && unicode.Is(unicode.Hebrew, next)
	}
	return (r == '"' || r == '״') && unicode.Is(unicode.Hebrew, z.lastRune) && unicode.Is(unicode.Hebrew, next)
}

func (z *scanner) close() {
	if !z.open {
		return
	}
	z.open = false
	raw := z.src[z.from:z.to]
	fold := wordFold(raw)
	if fold == "" {
		return
	}
	g := gapBreak
	if len(z.atoms) > 0 {
		g = gapAfter(z.src[:z.gapFrom], z.src[z.gapFrom:z.from])
	}
	z.atoms = append(z.atoms, atom{
		fold: fold, start: z.start, end: z.end, from: z.from, to: z.to,
		gap: g, shape: shapeOf(raw), char: z.class == classChar,
	})
	z.gapFrom = z.to
}

// wordFold folds one atom and leaves only letters, digits and the marks that are letters.
func wordFold(raw string) string {
	fold := oneAlphabet(Fold(raw))
	for i, r := range fold {
		if !wordRune(r) {
			kept := []rune(fold[:i])
			for _, r := range fold[i:] {
				if wordRune(r) {
					kept = append(kept, r)
				}
			}
			return string(kept)
		}
	}
	return fold
}

// The letters that Latin and Cyrillic share by looks, folded, in the same order.
const (
	latinLooks    = "aceopxykmthbi"
	cyrillicLooks = "асеорхукмтнві"
)

// oneAlphabet writes a folded word that mixes Latin and Cyrillic letters of the same looks, by mistake or to slip through,
// in the alphabet of its other letters.
func oneAlphabet(fold string) string {
	latin, cyrillic := 0, 0
	for _, r := range fold {
		switch {
		case 'a' <= r && r <= 'z':
			latin++
		case r >= 0x400 && r < 0x530:
			cyrillic++
		}
	}
	if latin == 0 || cyrillic == 0 {
		return fold
	}
	from, to := []rune(latinLooks), []rune(cyrillicLooks)
	if latin > cyrillic {
		from, to = to, from
	}
	runes := []rune(fold)
	for i, r := range runes {
		if k := slices.Index(from, r); k >= 0 {
			runes[i] = to[k]
			continue
		}
		if alien := (r < utf8.RuneSelf) == (latin <= cyrillic); alien && unicode.IsLetter(r) {
			return fold // NATOвский
		}
	}
	return string(runes)
}

func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return '0' <= r && r <= '9' || 'a' <= r && r <= 'z'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
}

// gapAfter is gapOf what stands behind a word. A geresh belongs to its Hebrew letter (UAX 29, WB7a): ג'ורג' בוש are two words with a space.
func gapAfter(word, s string) gap {
	if mark, size := utf8.DecodeRuneInString(s); len(s) > size && isApostrophe(mark) {
		if last, _ := utf8.DecodeLastRuneInString(word); unicode.Is(unicode.Hebrew, last) {
			s = s[size:]
		}
	}
	return gapOf(s)
}

// gapOf says what the text between two atoms is.
func gapOf(s string) gap {
	switch s {
	case " ":
		return gapSpace
	case ", ":
		return gapComma
	case ". ":
		return gapDotSpace
	}
	var spaces, lines, marks int
	var mark rune
	for _, r := range s {
		switch {
		case r == '\n':
			lines++
			spaces++
		case unicode.IsSpace(r):
			spaces++
		case unicode.Is(unicode.Cf, r), unicode.IsMark(r), mark == '.' && isHyphen(r): // J.-C.
		default:
			marks++
			mark = r
		}
	}
	switch {
	case lines > 1 || marks > 1:
		return gapBreak
	case marks == 1:
		return gapBy(mark, spaces > 0)
	case spaces > 0:
		return gapSpace
	}
	return gapNone
}

// gapBy is the gap of one mark, with or without white space.
func gapBy(mark rune, spaced bool) gap {
	switch {
	case mark == ',' || mark == '،' || mark == '、':
		return gapComma
	case mark == '.' && spaced:
		return gapDotSpace
	case mark == '.':
		return gapDot
	case !spaced && isHyphen(mark):
		return gapHyphen
	case !spaced && isApostrophe(mark):
		return gapApostrophe
	}
	return gapBreak
}

func isHyphen(r rune) bool {
	switch r {
	case '-', '‐', '‑', '‒', '–', '−', '־', '・', '·', '･', '‧', '•', '＝', '゠':
		return true
	}
	return false
}

func shapeOf(raw string) shape {
	first, letters, uppers := uncased, 0, 0
	for _, r := range raw {
		switch {
		case unicode.IsUpper(r) || unicode.IsTitle(r):
			uppers++
			letters++
			if first == uncased {
				first = capital
			}
		case unicode.Is(unicode.Georgian, r):
			// Its letters are lower case to Unicode, but are written alone.
		case unicode.IsLower(r):
			letters++
			if first == uncased {
				first = lower
			}
		}
	}
	if letters > 1 && uppers == letters {
		return upper
	}
	return first
}

// capitalised tells a word that could be a name: begun with a capital, or of a script without case.
func (s shape) capitalised() bool { return s != lower }
