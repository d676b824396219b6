package match

import "strings"

// spellGreek reads a letter, two, or the three that stand for w.
func spellGreek(fold string, i int) (int, string) {
	const w = "γου"
	if rest, ok := strings.CutPrefix(fold[i:], w); ok && strings.ContainsRune("αειοηυω", firstRune(rest)) {
		return len(w), "wv/gu u?" // Γουόρεν
	}
	return byLetters(greekPair, greekLetter)(fold, i)
}

func greekPair(s, behind string) string {
	if s == "ντ" && behind != "σ" && strings.ContainsRune("σζ", firstRune(behind)) {
		return "" // Σάντσεθ
	}
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
	case "γε":
		return "yg/J e/ai"
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
