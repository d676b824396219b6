package match

import (
	"strings"
	"unicode/utf8"
)

// spellCyrillic reads a letter or two. A first е may have a y before it, and be a ё.
func spellCyrillic(fold string, i int) (int, string) {
	if r, n := utf8.DecodeRuneInString(fold); i == 0 && r == 'е' {
		return n, "y? e/oia"
	}
	return byLetters(cyrillicPair, cyrillicLetter)(fold, i)
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
	case "дт":
		return "d? tT"
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
		return "S/Cs t?" // sht in Bulgarian
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
