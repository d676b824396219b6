package match

import "strings"

// Names in Pinyin differ by a letter because people do: Li Qiang, Li Qian and Li Qing are three. So whoever is written in Pinyin is found
// in Pinyin by the letters alone, and by sound in every other romanisation.

// isPinyin tells a Chinese name in Pinyin: all its words are made of whole syllables, and the first or the last is a usual family name. Of
// Latin names some are such by chance, and lose little by it.
func (n *name) isPinyin() bool {
	last := &n.surname.joined
	if len(n.particles) > 0 || !isChineseFamily(n.given[0].joined.fold) && !isChineseFamily(last.fold) {
		return false
	}
	for i := range n.given {
		if !n.given[i].isPinyin() {
			return false
		}
	}
	return n.surname.isPinyin()
}

func (w *word) isPinyin() bool {
	for i := range w.parts {
		if !isPinyin(w.parts[i].fold) {
			return false
		}
	}
	return true
}

// inPinyin tells that all words from an atom to another are.
func (f *field) inPinyin(first, next int) bool {
	for i := first; i < next; i++ {
		if !f.isInitial(i) && !isPinyin(f.atom(i).fold) {
			return false
		}
	}
	return true
}

// isPinyin tells a folded word that is made of whole syllables. In front of one that begins with a vowel stands an apostrophe.
func isPinyin(fold string) bool {
	if len(fold) > maxPhones {
		return false
	}
	for n := min(longestSyllable, len(fold)); n > 0; n-- {
		switch {
		case !isSyllable(fold[:n]):
		case n == len(fold), strings.IndexByte("aeo", fold[n]) < 0 && isPinyin(fold[n:]):
			return true
		}
	}
	return false
}

const longestSyllable = 6 // zhuang

func isSyllable(s string) bool {
	at := strings.IndexAny(s, "aeiou")
	if at < 0 {
		return false
	}
	return listsWord(pinyinFinals(s[:at]), s[at:])
}

// listsWord tells that a word stands in a list, between spaces.
func listsWord(list, word string) bool { return marker{words: list}.has(word) }

// pinyinFinals are what may follow an initial (GB/T 16159; ü without its dots).
func pinyinFinals(initial string) string {
	switch initial {
	case "":
		return " a ai an ang ao e ei en eng er o ou "
	case "b", "p", "m", "f":
		return " a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u "
	case "d", "t":
		return " a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo "
	case "n", "l":
		return " a ai an ang ao e ei en eng i ia ian iang iao ie in ing iu ong ou u uan ue un uo "
	case "g", "k", "h", "zh", "ch", "sh":
		return " a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo "
	case "j", "q", "x":
		return " i ia ian iang iao ie in ing iong iu u uan ue un "
	case "z", "c", "s", "r":
		return " a ai an ang ao e ei en eng i ong ou u uan ui un uo "
	case "y":
		return " a an ang ao e i in ing o ong ou u uan ue un "
	case "w":
		return " a ai an ang ei en eng o u "
	}
	return "  "
}

// isChineseFamily tells the usual Chinese family names in Pinyin, folded.
func isChineseFamily(fold string) bool {
	return fold != "" && fold[0] < 0x80 && listsWord(chineseFamilies, fold)
}

const chineseFamilies = " ai an bai bao bi bian cai cao cen chai chang chen cheng chi chu cui dai deng ding dong dou du duan fan fang fei feng fu" +
	" gan gao ge geng gong gu guan guo han hao he hong hou hu hua huang huo ji jia jian jiang jiao jin jing ju kang ke kong lai lan lei leng" +
	" li lian liang liao lin ling liu long lou lu luo ma mao mei meng mi miao mo mou mu ni nie ning niu ou ouyang pan pang pei peng pu qi qian" +
	" qiao qin qiu qu quan ran rao ren rong ruan shang shao shen sheng shi shu si sima song su sun tan tang tao teng tian tong wan wang wei" +
	" wen weng wu xi xia xian xiang xiao xie xin xing xiong xu xue yan yang yao ye yi yin ying you yu yuan yue yun zang zeng zha zhai zhan" +
	" zhang zhao zheng zhong zhou zhu zhuang zou zuo "
