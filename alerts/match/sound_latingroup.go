package match

import "strings"

// latinGroupIn knows letters that make one sound together where others stand beside them.
func latinGroupIn(fold string, i int) (int, string) {
	s := fold[i:]
	if len(s) < 2 {
		return 0, ""
	}
	third := byte(0)
	if len(s) > 2 {
		third = s[2]
	}
	vowel := third != 0 && strings.IndexByte("aeiou", third) >= 0
	switch s[:2] {
	case "ng":
		if third == 'e' || third == 'i' {
			return 1, "n/N" // the g is soft, or hard, but not swallowed
		}
	case "aw":
		if vowel {
			return 1, "a/eo" // Nawaz
		}
	case "ey":
		if third == 0 {
			return 2, "ei/ay"
		}
	case "mc":
		if i == 0 && len(s) > 3 {
			return 2, "m ae/i? k/cCJs"
		}
	case "ck":
		if len(s) == 3 && (third == 'i' || third == 'a') {
			return 2, "cC? k" // Polish: Morawiecki
		}
	case "sc":
		if third == 'h' && len(s) > 3 && strings.IndexByte("lmnrw", s[3]) >= 0 {
			return 3, "S/sZ"
		}
	case "ky":
		if vowel {
			return 2, "kC/J y?" // Burmese
		}
	case "gy":
		if (vowel || third == 0) && (i == 0 || fold[i-1] != 'g') {
			return 2, "gdJ/Z y?" // Hungarian and Burmese
		}
	}
	return 0, ""
}
