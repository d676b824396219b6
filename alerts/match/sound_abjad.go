package match

import (
	"strings"
	"unicode/utf8"
)

func spellHebrew(fold string, i int) (int, string) {
	r, n := utf8.DecodeRuneInString(fold[i:])
	rest := fold[i+n:]
	two := func(next, spec string) (int, string) { return n + len(next), spec }
	switch {
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
	case r == 'ד' && strings.HasPrefix(rest, "ז"):
		return two("ז", "d? zJ/c")
	case r == 'ד' && strings.HasPrefix(rest, "ט"):
		return two("ט", "d? t")
	case r == 'ה' && rest == "" && i > 0:
		return n, "h? ae/io" // a vowel
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
	case r == 'ا' && rest == "" && i > 0:
		return n, "a/e"
	case r == 'ت' && strings.HasPrefix(rest, "ش"), r == 'ت' && strings.HasPrefix(rest, "چ"):
		return n + len("ش"), "C"
	case r == 'ت' && strings.HasPrefix(rest, "س"):
		return n + len("س"), "cs/z"
	case r == 'ك' && strings.HasPrefix(rest, "س"):
		return n + len("س"), "k s"
	case r == 'د' && strings.HasPrefix(rest, "ز"):
		return n + len("ز"), "d? zJ/c"
	}
	spec := arabicLetter(r)
	if spec == "" {
		return 0, ""
	}
	return n, spec
}

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
