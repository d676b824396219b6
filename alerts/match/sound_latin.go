package match

import (
	"strings"
	"unicode/utf8"
)

// spellLatin knows what Latin letters stand for in English and the languages that romanise after their own fashion:
// French, German, Spanish, Italian, Portuguese, Polish, Czech, Croatian, Hungarian, Turkish, Dutch, the Nordic and Baltic
// languages, Pinyin and Wade-Giles, and the romanisations of Arabic, Korean and Russian.
func spellLatin(fold string, i int) (int, string) {
	s := fold[i:]
	if n, spec := latinGroupIn(fold, i); n > 0 {
		return n, spec
	}
	if s[0] >= utf8.RuneSelf || s[0] == 'd' && len(s) > 1 && s[1] >= utf8.RuneSelf {
		if n, spec := spellMarked(s); n > 0 || s[0] != 'd' {
			return n, spec
		}
	}
	for n := min(7, len(s)); n > 1; n-- {
		if spec := latinGroup(s[:n]); spec != "" {
			return n, spec
		}
	}
	if n, spec := latinPlace(fold, i); n > 0 {
		return n, spec
	}
	if spec := latinLetter(rune(s[0])); spec != "" {
		return 1, spec
	}
	return 0, ""
}

// latinPlace knows letters whose sound hangs on what stands beside them.
func latinPlace(fold string, i int) (int, string) {
	s, last := fold[i:], i == len(fold)-1
	next := byte(0)
	if !last {
		next = fold[i+1]
	}
	soft := next == 'e' || next == 'i' || next == 'y'
	vowelNext := soft || next == 'a' || next == 'o' || next == 'u'
	switch {
	case s[0] == 'x' && i == 0 && isPinyin(fold):
		return 1, "sSxz/kh"
	case s[0] == 'x' && i == 0:
		return 1, "kg? sSxz/kh"
	case s[0] == 'c' && soft:
		return 1, "scC/kJ"
	case s[0] == 'g' && soft:
		return 1, "gJ/Zhxyk"
	case strings.HasPrefix(s, "cc") && len(s) > 2 && (s[2] == 'e' || s[2] == 'i'):
		return 2, "Ck/s"
	case strings.HasPrefix(s, "sc") && len(s) > 2 && (s[2] == 'e' || s[2] == 'i'):
		return 2, "Ss kcC?"
	case strings.HasPrefix(s, "gu") && len(s) > 2 && (s[2] == 'e' || s[2] == 'i'):
		return 2, "g/JZ w?"
	case strings.HasPrefix(s, "kn") && i == 0:
		return 2, "k? n"
	case s == "mb":
		return 2, "m b?"
	case s[0] == 'e' && last && i > 1:
		return 1, "e/ia?"
	case s == "es" && i > 2:
		return 2, "e/ia sz/SZ" // Portuguese says sh
	case s == "h" && i > 1 && strings.IndexByte("aeiou", fold[i-1]) >= 0:
		return 1, "h/xg?"
	case s == "ao" && i > 1 && !isPinyin(fold):
		return 2, "a/eo ou/a n?" // Portuguese ão
	case (s[0] == 'o' || s[0] == 'e') && (next == 'v' || next == 'w' || next == 'f') && sibilantBefore(fold[:i]):
		return 1, "eo" // Gorbachev, Gorbatschow: the Russian letter is one
	case s[0] == 'a' && len(s) > 2 && strings.IndexByte("aeiouy", s[1]) < 0 && i > 0 && (s[2:] == "e" || s[2:] == "ey"):
		return 1, "a/eoi y?" // Blake
	case s[0] == 'a' && len(s) > 2 && strings.IndexByte("aeiouy", s[1]) < 0 && strings.IndexByte("eiy", s[2]) >= 0:
		return 1, "a/eoi" // Amy
	case s[0] == 't' && len(s) > 2 && s[1] == 'i' && strings.IndexByte("aeou", s[2]) >= 0:
		return 1, "t/SCcdT"
	case s == "t" && i > 2 && strings.IndexByte("aeiou", fold[i-1]) >= 0:
		return 1, "t/dT"
	case s == "j" && i > 1 && strings.IndexByte("aeou", fold[i-1]) >= 0:
		return 1, "yJ/iZ"
	case s[0] == 'y' && vowelNext:
		return 1, "y/iJ"
	case s[0] == 'i' && vowelNext:
		return 1, "iy/ea"
	}
	return 0, ""
}

// sibilantBefore tells that sh, ch, cz and their like come before.
func sibilantBefore(s string) bool {
	n := len(s)
	return n > 1 && strings.IndexByte("hz", s[n-1]) >= 0 && strings.IndexByte("csz", s[n-2]) >= 0
}

// latinGroup are letters that make one sound together.
func latinGroup(s string) string {
	switch s {
	case "tsch", "tzsch", "tsj":
		return "C/J"
	case "dsch", "dzsc", "dzh", "dzs", "dsj":
		return "J/C"
	case "schtsch", "shch", "szcz", "chtch", "sjtsj", "stsj":
		return "S/C C?"
	case "zsch":
		return "C"
	case "sch":
		return "Ss/Z k?"
	case "tch":
		return "C"
	case "cques":
		return "k e? s?"
	case "rzh":
		return "r ZJ/zC"
	case "fv":
		return "vf"
	case "cch": // Czech for what is breathed in Korean and Chinese; k in Italian
		return "Ck"
	case "hsz": // Hungarian for hs in Chinese
		return "h/xg? Ss"
	case "tsh":
		return "C"
	case "sh":
		return "S/s h/x?"
	case "sj":
		return "S/s y?"
	case "sz":
		return "Ss/c"
	case "cz", "cs":
		return "Cc/S"
	case "rz":
		return "Zr/S zc/sTS?"
	case "xh":
		return "J/ZC"
	case "zh":
		return "ZJ/zC"
	case "zs":
		return "Zc/s sz?"
	case "drz":
		return "J/dZC z?"
	case "kj":
		return "kCx/Sh y?"
	case "ault":
		return "oa/u u? l? t?"
	case "eaux", "aux":
		return "o k? s?"
	case "oi":
		return "ou/w ai/ey?"
	case "ch":
		return "Cxk/ShJ"
	case "tj":
		return "Ct y?"
	case "dj":
		return "Jd/Z y?"
	case "dz":
		return "zJc"
	case "kh":
		return "xhk/g"
	case "gh":
		return "g/hkx?"
	case "th":
		return "tT/dszf"
	case "dh":
		return "dT/z"
	case "ph":
		return "fp/v"
	case "bh":
		return "b/v"
	case "dt":
		return "t/d"
	case "ck", "cq", "kk":
		return "k"
	case "qu":
		return "k w?"
	case "ts", "tz":
		return "c/szC"
	case "zz":
		return "cz/CJ"
	case "ng":
		return "nN g?"
	case "gn":
		return "g? n y?"
	case "nh":
		return "n y? h/x?"
	case "nj":
		return "n yJ/ZC?"
	case "ny":
		return "n y?"
	case "lj":
		return "l y?"
	case "lh":
		return "l y? h/x?"
	case "ll":
		return "l/y"
	case "gli":
		return "g? l i"
	case "wh":
		return "wh/v"
	case "wr":
		return "r"
	case "hs":
		return "h/xg? Ss"
	case "eau":
		return "o u?"
	case "igh":
		return "a? i"
	case "oo":
		return "uo"
	case "ee":
		return "ie"
	case "ea":
		return "ie a?"
	case "ai", "ay":
		return "ae i?"
	case "ei", "ey":
		return "ea/i i?"
	case "au", "aw":
		return "oa/u u?"
	case "ou":
		return "uoa u?"
	case "eu":
		return "eo/i u?"
	case "oe":
		return "oeu e?"
	case "ue":
		return "u/e e?"
	case "ae":
		return "ae e?"
	case "ie":
		return "ie e?"
	}
	return ""
}

func latinLetter(r rune) string {
	switch r {
	case 'a':
		return "a/eo"
	case 'b':
		return "b/pv"
	case 'c':
		return "k/cCJs"
	case 'd':
		return "d/tT"
	case 'e':
		return "e/ia"
	case 'f':
		return "f/v"
	case 'g':
		return "g/khxJ"
	case 'h':
		return "h/xg"
	case 'i':
		return "i/ea"
	case 'j':
		return "JyZ/hxCc"
	case 'k':
		return "k/g"
	case 'l':
		return "l/w"
	case 'm':
		return "m"
	case 'n':
		return "n/N"
	case 'o':
		return "o/aue"
	case 'p':
		return "p/b"
	case 'q':
		return "k/gxC"
	case 'r':
		return "r"
	case 's':
		return "sz/SZ"
	case 't':
		return "t/dT"
	case 'u':
		return "u/aoiy"
	case 'v':
		return "vf/wb"
	case 'w':
		return "wv/uf"
	case 'x':
		return "kxS/zshg s?"
	case 'y':
		return "i/yua"
	case 'z':
		return "zsc/ZTS"
	}
	return ""
}
