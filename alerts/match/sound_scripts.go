package match

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A speller tells which letters at byte i of a folded word belong together, and what they sound like; 0 where it
// does not know the letter.
type speller func(fold string, i int) (width int, spec string)

func scriptOf(r rune) (*unicode.RangeTable, writing, speller) {
	switch {
	case r < 0x250:
		if r >= 'a' && r <= 'z' || r >= 0xC0 {
			return unicode.Latin, latin, spellLatin
		}
	case r < 0x370:
	case r < 0x400:
		return unicode.Greek, alphabet, byLetters(greekPair, greekLetter)
	case r < 0x530:
		return unicode.Cyrillic, alphabet, byLetters(cyrillicPair, cyrillicLetter)
	case r < 0x590:
		return unicode.Armenian, alphabet, byLetters(armenianPair, armenianLetter)
	case r < 0x600:
		return unicode.Hebrew, abjad, spellHebrew
	case r < 0x700:
		return unicode.Arabic, abjad, spellArabic
	case r >= 0x900 && r < 0xD80:
		return unicode.Devanagari, abugida, spellIndic
	case r >= 0x10D0 && r < 0x1100:
		return unicode.Georgian, alphabet, byLetters(noPair, georgianLetter)
	case r >= 0x3041 && r < 0x3100:
		return unicode.Katakana, syllabic, spellKana
	case r >= 0xAC00 && r < 0xD7A4:
		return unicode.Hangul, syllabic, spellHangul
	}
	return nil, silent, nil
}

// byLetters reads two letters where they make one sound, else one.
func byLetters(pair func(two, behind string) string, letter func(rune) string) speller {
	return func(fold string, i int) (int, string) {
		r, n := utf8.DecodeRuneInString(fold[i:])
		if m := i + n; m < len(fold) {
			_, k := utf8.DecodeRuneInString(fold[m:])
			if spec := pair(fold[i:m+k], fold[m+k:]); spec != "" {
				return n + k, spec
			}
		}
		spec := letter(r)
		if spec == "" {
			return 0, ""
		}
		return n, spec
	}
}

func noPair(_, _ string) string { return "" }

// soundEndings are what languages put behind names, and transcriptions bring along.
func soundEndings(script *unicode.RangeTable) []string {
	switch script {
	case unicode.Cyrillic:
		return []string{"а", "я", "у", "ю", "ом", "ем", "єм", "ым", "им", "ім", "е", "і", "и", "ой", "ого", "ому", "ої", "ою", "ей", "ові", "еві", "ів"}
	case unicode.Greek:
		return []string{"σ", "οσ", "ησ", "ασ", "ου"}
	case unicode.Georgian:
		return []string{"ი", "ს", "მა", "ის", "ით", "მ"}
	case unicode.Armenian:
		return []string{"ի", "ը", "ին", "ից", "ով", "ն"}
	case unicode.Latin:
		return []string{"s", "is", "as", "us", "ius", "a", "u", "em", "om", "ova", "ove", "owi", "ovi"}
	}
	return nil
}

func cyrillicPair(s, behind string) string {
	switch s {
	case "дж":
		return "d? J/Zy"
	case "дз":
		if strings.ContainsRune("іеьюяиё", firstRune(behind)) {
			return "zJd/cs" // a soft d in Belarusian
		}
		return "d? zJ/cs"
	case "ці":
		return "ct/sz i/eyu" // a soft t in Belarusian
	case "цз":
		return "J/cz" // as Russian writes Chinese
	case "чж":
		return "ZJ/C"
	case "тц":
		return "t? c/sz"
	case "тс":
		return "t? sc/z"
	case "кх":
		return "k h?"
	case "тх":
		return "tT h?"
	case "пх":
		return "p h?"
	case "дх":
		return "d h?"
	case "бх":
		return "b h?"
	case "тч":
		return "C"
	case "кс":
		return "k s"
	case "сч", "зч":
		return "S/C"
	case "нг":
		return "nN g?"
	case "ье", "ъе":
		return "y? e/i"
	case "ьо", "йо":
		return "y? o/ei"
	}
	return ""
}

func cyrillicLetter(r rune) string {
	switch r {
	case 'а':
		return "a/eo"
	case 'б':
		return "b/p"
	case 'в':
		return "vw/f"
	case 'г', 'ғ':
		return "gh/kx"
	case 'д':
		return "d/tT"
	case 'е':
		return "e/ia"
	case 'є':
		return "y? e/i"
	case 'ж':
		return "ZJ/S"
	case 'җ', 'ҷ', 'џ', 'ӂ':
		return "J/ZCy"
	case 'з':
		return "z/sT"
	case 'ѕ':
		return "zc/s"
	case 'и', 'і', 'ы', 'ї':
		return "i/eyu"
	case 'й', 'ј':
		return "y/iJ"
	case 'к', 'қ', 'ҡ':
		return "k/gx"
	case 'л':
		return "l"
	case 'љ':
		return "l y?"
	case 'м':
		return "m"
	case 'н':
		return "n/N"
	case 'њ':
		return "n y?"
	case 'ң', 'ҥ':
		return "N/ng"
	case 'о':
		return "o/aeu"
	case 'ө':
		return "oeu"
	case 'п':
		return "p/b"
	case 'р':
		return "r"
	case 'с', 'ҫ':
		return "s/czT"
	case 'т':
		return "tT/d"
	case 'ћ', 'ќ', 'ч', 'ҹ':
		return "C/Jck"
	case 'ђ', 'ѓ':
		return "J/dgy"
	case 'у', 'ў', 'ұ':
		return "u/wov"
	case 'ү':
		return "u/i"
	case 'ф', 'ѳ':
		return "f/Tvp"
	case 'х', 'ҳ', 'һ':
		return "hx/kg"
	case 'ц':
		return "c/szt"
	case 'ш':
		return "S/sZ"
	case 'щ':
		return "S/Cs"
	case 'ь':
		return "y?"
	case 'ъ':
		return "aeou?"
	case 'э', 'ә':
		return "ea/i"
	case 'ю':
		return "y? u/io"
	case 'я':
		return "y? a/e"
	}
	return ""
}

func greekPair(s, _ string) string {
	switch s {
	case "μπ":
		return "m? b/p"
	case "ντ":
		return "n? d/t"
	case "γκ", "γγ":
		return "n? g/kJ"
	case "γχ":
		return "n x"
	case "τζ":
		return "J/cCZz"
	case "τσ":
		return "Cc/SsJ"
	case "ου":
		return "u/wo"
	case "αι":
		return "ae i?"
	case "ει", "οι", "υι":
		return "i/eo"
	case "αυ":
		return "a/o vf/u"
	case "ευ":
		return "e/i vf/u"
	case "γι":
		return "y/gJ i?"
	}
	return ""
}

func greekLetter(r rune) string {
	switch r {
	case 'α':
		return "a/eo"
	case 'β':
		return "v/bw"
	case 'γ':
		return "g/yhxwJ"
	case 'δ':
		return "dT"
	case 'ε':
		return "e/ai"
	case 'ζ':
		return "z/ZsTJ"
	case 'η', 'ι':
		return "i/eya"
	case 'υ':
		return "i/uy"
	case 'θ':
		return "Tt"
	case 'κ':
		return "k/gx"
	case 'λ':
		return "l"
	case 'μ':
		return "m"
	case 'ν':
		return "n"
	case 'ξ':
		return "k s"
	case 'ο', 'ω':
		return "o/aue"
	case 'π':
		return "p/b"
	case 'ρ':
		return "r"
	case 'σ':
		return "sS/zcZC"
	case 'τ':
		return "t/dT"
	case 'φ':
		return "f/vp"
	case 'χ':
		return "hx/kg"
	case 'ψ':
		return "p s"
	}
	return ""
}

func armenianPair(s, _ string) string {
	if s == "ու" {
		return "u/ow"
	}
	return ""
}

func armenianLetter(r rune) string {
	switch r {
	case 'ա':
		return "a/eo"
	case 'բ':
		return "b/p"
	case 'գ':
		return "g/k"
	case 'դ':
		return "d/t"
	case 'ե':
		return "e/iy"
	case 'զ':
		return "z/s"
	case 'է':
		return "e/ai"
	case 'ը':
		return "aeiou?"
	case 'թ', 'տ':
		return "tT/d"
	case 'ժ':
		return "Z/J"
	case 'ի':
		return "i/ey"
	case 'լ':
		return "l"
	case 'խ':
		return "x/hk"
	case 'ծ', 'ց':
		return "c/sz"
	case 'կ', 'ք':
		return "k/g"
	case 'հ':
		return "h/x"
	case 'ձ':
		return "zc/J"
	case 'ղ':
		return "gl/xr"
	case 'ճ', 'չ':
		return "C/J"
	case 'մ':
		return "m"
	case 'յ':
		return "y/ih"
	case 'ն':
		return "n"
	case 'շ':
		return "S"
	case 'ո':
		return "o/vua"
	case 'օ':
		return "o/a"
	case 'պ', 'փ':
		return "p/b"
	case 'ջ':
		return "J/C"
	case 'ռ', 'ր':
		return "r"
	case 'ս':
		return "s/z"
	case 'վ', 'ւ':
		return "vw/u"
	case 'ֆ':
		return "f"
	case 'և':
		return "e v/w"
	}
	return ""
}

func georgianLetter(r rune) string {
	switch r {
	case 'ა':
		return "a/eo"
	case 'ბ':
		return "b"
	case 'გ':
		return "g/h"
	case 'დ':
		return "d"
	case 'ე':
		return "e/ai"
	case 'ვ':
		return "vw/u"
	case 'ზ':
		return "z"
	case 'თ', 'ტ':
		return "tT"
	case 'ი':
		return "i/ey"
	case 'კ', 'ქ', 'ყ':
		return "k/gx"
	case 'ლ':
		return "l"
	case 'მ':
		return "m"
	case 'ნ':
		return "n"
	case 'ო':
		return "o/aue"
	case 'პ':
		return "p"
	case 'ფ':
		return "fp"
	case 'ჟ':
		return "Z/J"
	case 'რ':
		return "r"
	case 'ს':
		return "s/z"
	case 'უ':
		return "u/owi"
	case 'ღ':
		return "gx"
	case 'შ':
		return "S"
	case 'ჩ', 'ჭ':
		return "C"
	case 'ც', 'წ':
		return "c/s"
	case 'ძ':
		return "zc/J"
	case 'ხ':
		return "xh/k"
	case 'ჯ':
		return "J"
	case 'ჰ':
		return "h"
	}
	return ""
}

func spellHebrew(fold string, i int) (int, string) {
	r, n := utf8.DecodeRuneInString(fold[i:])
	rest := fold[i+n:]
	two := func(next, spec string) (int, string) { return n + len(next), spec }
	switch {
	case strings.HasPrefix(rest, "וו") && false:
		return two("וו", "v")
	case r == 'ו' && strings.HasPrefix(rest, "ו"):
		return two("ו", "vw/u")
	case r == 'י' && strings.HasPrefix(rest, "י"):
		return two("י", "ie a? y?")
	case r == 'ט' && strings.HasPrefix(rest, "ש"):
		return two("ש", "C")
	case r == 'ז' && strings.HasPrefix(rest, "ש"):
		return two("ש", "ZJ")
	case r == 'ד' && strings.HasPrefix(rest, "זש"):
		return two("זש", "J")
	case r == 'כ' && strings.HasPrefix(rest, "ס"), r == 'ק' && strings.HasPrefix(rest, "ס"):
		return two("ס", "k s")
	}
	spec := hebrewLetter(r)
	if spec == "" {
		return 0, ""
	}
	return n, spec
}

func hebrewLetter(r rune) string {
	switch r {
	case 'א':
		return "aeo/iu?"
	case 'ב':
		return "bv"
	case 'ג':
		return "gJ/h"
	case 'ד':
		return "d/T"
	case 'ה':
		return "h a/e?"
	case 'ו':
		return "uov/w"
	case 'ז':
		return "zZ/Js"
	case 'ח':
		return "xh/kC"
	case 'ט':
		return "t/d"
	case 'י':
		return "iy/ea"
	case 'כ', 'ך':
		return "kx/h"
	case 'ל':
		return "l"
	case 'מ', 'ם':
		return "m"
	case 'נ', 'ן':
		return "n"
	case 'ס':
		return "s/zc"
	case 'ע':
		return "ae/oiu?"
	case 'פ', 'ף':
		return "pf"
	case 'צ', 'ץ':
		return "cC/sz"
	case 'ק':
		return "k/g"
	case 'ר':
		return "r"
	case 'ש':
		return "Ss/Z"
	case 'ת':
		return "tT"
	}
	return ""
}

func spellArabic(fold string, i int) (int, string) {
	r, n := utf8.DecodeRuneInString(fold[i:])
	rest := fold[i+n:]
	switch {
	case i == 0 && r == 'ا' && strings.HasPrefix(rest, "ل") && utf8.RuneCountInString(fold) > 4:
		return n + len("ل"), "ae/iou? l?"
	case r == 'د' && strings.HasPrefix(rest, "ج"), r == 'د' && strings.HasPrefix(rest, "ژ"):
		return n + len("ج"), "J"
	case r == 'ت' && strings.HasPrefix(rest, "ش"), r == 'ت' && strings.HasPrefix(rest, "چ"):
		return n + len("ش"), "C"
	case r == 'ت' && strings.HasPrefix(rest, "س"):
		return n + len("س"), "cs/z"
	case r == 'ك' && strings.HasPrefix(rest, "س"):
		return n + len("س"), "k s"
	}
	spec := arabicLetter(r)
	if spec == "" {
		return 0, ""
	}
	return n, spec
}

//nolint:gocyclo // a table of letters
func arabicLetter(r rune) string {
	switch r {
	case 'ا', 'أ', 'إ', 'آ':
		return "aeoiu?"
	case 'ء', 'ؤ':
		return "aeou?"
	case 'ب':
		return "bp/v"
	case 'پ':
		return "p/b"
	case 'ت', 'ط', 'ټ', 'ٹ':
		return "tT/d"
	case 'ث':
		return "Tst"
	case 'ج':
		return "Jg/ZCk"
	case 'چ':
		return "C/JgS"
	case 'ح':
		return "h/x"
	case 'خ':
		return "x/hk"
	case 'د', 'ڈ', 'ډ':
		return "d/tT"
	case 'ذ':
		return "Tdz"
	case 'ر', 'ڑ', 'ڕ':
		return "r"
	case 'ز', 'ظ':
		return "z/sT"
	case 'ژ':
		return "ZJ"
	case 'س', 'ص':
		return "s/czT"
	case 'ش':
		return "SC/s"
	case 'ض':
		return "dz"
	case 'ع':
		return "aeiou?"
	case 'غ':
		return "g/hxk"
	case 'ف':
		return "fv/p"
	case 'ڤ', 'ڥ':
		return "v"
	case 'ق':
		return "kg/J"
	case 'ك', 'ڪ':
		return "k/gx"
	case 'گ', 'ڭ', 'ݣ':
		return "g/k"
	case 'ل', 'ڵ':
		return "l"
	case 'م':
		return "m"
	case 'ن', 'ں':
		return "n"
	case 'ه', 'ھ', 'ہ', 'ۀ':
		return "h ae?"
	case 'و', 'ۆ', 'ۇ', 'ۈ', 'ۋ':
		return "uovw"
	case 'ي', 'ې', 'ێ', 'ے', 'ۓ':
		return "iy/e"
	case 'ە':
		return "ea/i"
	}
	return ""
}
