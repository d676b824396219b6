package match

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Names are carried between scripts and romanisations by ear. A word of any script is read into phones, each with the
// sounds its letters may stand for in some language; two words are held against one another by the cheapest way of
// turning the one into the other (an edit distance whose costs are given in phones' terms, in hundredths of a consonant),
// and the cost must stay under a bar that grows with their length.

// sounds is a set of sounds.
type sounds uint32

// soundLetters are the sounds as the tables write them: S as in she, Z as in measure, C as in church, J as in judge, c as in
// tsar, x as in loch, T as in thin, N as in sing.
const soundLetters = "pbfvwmnNtdTszSZCJckgxhlryaeiou"

const (
	soundP sounds = 1 << iota
	soundB
	soundF
	soundV
	soundW
	soundM
	soundN
	soundNg
	soundT0 // t
	soundD
	soundT // as in thin
	soundS
	soundZ
	soundSh
	soundZh
	soundCh
	soundJ
	soundTs
	soundK
	soundG
	soundX
	soundH
	soundL
	soundR
	soundY
	soundA
	soundE
	soundI
	soundO
	soundU
)

const (
	vowels      sounds = 31 << 25
	silentLast  sounds = 1<<9 | 1<<8 | 1<<11 | 1<<12 // t, d, s, z
	soundsA     sounds = 3 << 25                     // a and e, which scripts without vowels leave out first
	soundsFront sounds = 3 << 26                     // e and i
	soundsOpen  sounds = 1<<25 | 1<<28               // a and o
	soundsO     sounds = 3 << 28                     // o and u
	soundsI     sounds = 1<<27 | soundY
	soundsU     sounds = 3<<28 | soundW
)

func soundsOf(letters string) sounds {
	var set sounds
	for i := range len(letters) {
		set |= soundOf(letters[i])
	}
	return set
}

func soundOf(letter byte) sounds {
	if at := strings.IndexByte(soundLetters, letter); at >= 0 {
		return 1 << at
	}
	return 0
}

// A phone is one sound of a word as far as its spelling tells.
type phone struct {
	is    sounds // what its letters stand for in one convention or another
	like  sounds // what they may stand for besides
	drop  int    // the cost of leaving it out
	code  byte   // of soundLetters, the first of is
	free  bool   // often silent, or not written
	at    uint8  // the byte of the folded word at which it begins
	width uint8  // bytes of its spelling
}

func (p *phone) vowel() bool { return p.is&vowels != 0 }

// weak tells a sound that comes and goes between languages: h, y and w.
func (p *phone) weak() bool { return !p.vowel() && (p.code == 'h' || p.code == 'y' || p.code == 'w') }

// A writing is how a script shows sounds.
type writing uint8

const (
	silent   writing = iota // a script that is not read
	latin                   // and every other with letters for vowels
	alphabet                // Cyrillic, Greek, Armenian, Georgian
	abjad                   // Arabic and Hebrew: few vowels
	syllabic                // Kana and Hangul: vowels put in, r lost
	abugida                 // the scripts of India
)

// maxPhones bounds the words that are listened to.
const maxPhones = 24

// An utterance is a word by its sounds.
type utterance struct {
	writing writing
	script  *unicode.RangeTable
	phones  []phone
	cuts    []cut
	weight  int
	end     int       // the last phone but for free consonants
	hidden  int       // its weight where one of two words is in a script that hides vowels
	rows    *costRows // of a text's word while it is laid beside many; else nil
}

// A cut is a place behind which a word may end, what follows being an ending.
type cut struct {
	phones int // that remain
	cost   int
}

// utter reads a folded word; false where it cannot be read.
func utter(fold string) (utterance, bool) {
	u, ok := spellOut(fold)
	if ok {
		u.weigh()
		u.cut(fold)
	}
	return u, ok
}

// spellOut is utter without what phones and endings cost.
func spellOut(fold string) (utterance, bool) {
	script, how, spell := writtenIn(firstRune(fold))
	if how == silent || len(fold) > 120 {
		return utterance{}, false
	}
	u := utterance{writing: how, script: script, phones: make([]phone, 0, min(len(fold), maxPhones))}
	for i := 0; i < len(fold); {
		width, spec := spell(fold, i)
		if width == 0 {
			return utterance{}, false
		}
		u.say(spec, i, width)
		i += width
	}
	if len(u.phones) == 0 || len(u.phones) > maxPhones {
		return utterance{}, false
	}
	return u, true
}

// utterTogether reads the parts of one word, without taking letters of two parts for one sound: Jae-in is not Jaein.
func utterTogether(parts []part) (utterance, bool) {
	var all utterance
	for i := range parts {
		u, ok := utter(parts[i].heardAs())
		if !ok || i > 0 && u.script != all.script {
			return utterance{}, false
		}
		all.writing, all.script = u.writing, u.script
		if n := len(all.phones); n > 0 && len(u.phones) > 0 && all.phones[n-1].is == u.phones[0].is && !u.phones[0].vowel() && u.writing != abjad {
			all.phones[n-1].free = all.phones[n-1].free && u.phones[0].free // doubled, as within a word: Kim Min-su
			u.phones = u.phones[1:]
		}
		all.phones = append(all.phones, u.phones...)
	}
	if len(all.phones) == 0 || len(all.phones) > maxPhones {
		return utterance{}, false
	}
	all.weigh()
	return all, true
}

// say adds the phones of a table's entry: "y? u/o" is a y that may be silent, then an u that may be an o.
func (u *utterance) say(spec string, at, width int) {
	for i := 0; i < len(spec); {
		p := phone{at: uint8(min(at, 255)), width: uint8(width), code: spec[i]} //nolint:gosec // a spelling is a few bytes
		set := &p.is
		for ; i < len(spec) && spec[i] != ' '; i++ {
			switch c := spec[i]; c {
			case '?':
				p.free = true
			case '/':
				set = &p.like
			default:
				*set |= soundOf(c)
			}
		}
		i++
		if p.is|p.like == 0 {
			continue
		}
		if n := len(u.phones); n > 0 && u.phones[n-1].is == p.is && !p.vowel() {
			if u.writing != abjad {
				u.phones[n-1].free = u.phones[n-1].free && p.free
				continue // doubled
			}
			p.free = true // doubled, or with a vowel between that is not written
		}
		u.phones = append(u.phones, p)
	}
}

// cut finds the endings that languages put on names.
func (u *utterance) cut(fold string) {
	for e := range strings.FieldsSeq(soundEndings(u.script)) {
		base, ok := strings.CutSuffix(fold, e)
		if !ok || utf8.RuneCountInString(base) < 3 {
			continue
		}
		for i := range u.phones {
			if int(u.phones[i].at) == len(base) && i > 1 {
				u.cuts = append(u.cuts, cut{i, cutCost})
				break
			}
		}
	}
}
