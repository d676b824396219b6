package match

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPinyinIsWholeSyllables(t *testing.T) {
	for word, want := range map[string]bool{
		"li": true, "qiang": true, "lifeng": true, "zhuang": true, "jinping": true, "er": true, "xian": true, "ouyang": true,
		"lam": false, "tsinpin": false, "yee": false, "chin": false, "hsi": false, "putin": false, "": false, "ng": false, "ли": false,
	} {
		require.Equal(t, want, isPinyin(word), word)
	}
	for name, want := range map[string]bool{
		"Li Qiang": true, "Qiang Li": true, "Xi Jin-ping": true, "Ouyang Xiu": true,
		"Ben Dan": false, "To Lam": false, "Lee Kuan Yew": false, "Li Ka-shing": false, "Ho Chi Minh": false,
	} {
		n, _ := newName(name)
		require.Equal(t, want, n.isPinyin(), name)
	}
}

func TestKoreanVowelsAreWrittenSo(t *testing.T) {
	for _, c := range []struct {
		name, hangul string
		other        bool
	}{
		{"Kim Yo-jong", "김여정", false},
		{"Kim Yo-jong", "김요종", false},
		{"Kim Yo-jong", "김유정", true},
		{"Kim Jong-un", "김정은", false},
		{"Kim Jong-un", "김종운", false},
		{"Kim Jong-un", "김정언", true},
		{"Lee Jun-seok", "이준석", false},
		{"Park Geun-hye", "박근혜", false},
		{"Choe Ryong-hae", "최룡해", false},
		{"Joe Biden", "조바이든", false},
		{"Lee Hsien Loong", "리셴룽", false},
		{"Li Qiang", "리창", false}, // no Korean names
	} {
		n, _ := newName(c.name)
		n.audible()
		n.listenWhole()
		require.Equal(t, c.other, n.otherWhole(c.hangul), "%s, %s", c.name, c.hangul)
	}
}
