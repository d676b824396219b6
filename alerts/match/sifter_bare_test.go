package match

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

func TestASurnameInAnotherScriptIsANearMiss(t *testing.T) {
	for _, c := range []struct {
		watch, title, text string
		want               string // the near miss's words, "" for none
	}{
		{"Vladimir Putin", "", "Вчера в столице Путин принял послов.", "Путин"},
		{"Vladimir Putin", "", "С этим к Путину обратились послы.", "Путину"},
		{"Vladimir Putin", "Путин принял послов", "Вчера Путин встретил послов.", "Путин"},
		{"Vladimir Putin", "Путин принял послов", "Встреча была в Кремле.", ""}, // it may be any word: it opens a sentence
		{"Vladimir Putin", "", "Путин принял послов.", ""},
		{"Vladimir Putin", "", "В Кремле Путин принял послов.", "Путин"},
		{"Vladimir Putin", "", "Президент России Путин принял послов.", "Путин"},
		{"Vladimir Putin", "", "Вчера Людмила Путина приняла послов.", ""}, // another bearer
		{"Vladimir Putin", "", "Он видел Путина, а путин было много.", "Путина"},
		{"Vladimir Putin", "", "Сегодня Путин, завтра путин.", ""}, // a word of the language
		{"Vladimir Putin", "", "プーチン大統領は述べた。", "プーチン"},
		{"Vladimir Putin", "", "プーチンは述べた。", "プーチン"},
		{"Vladimir Putin", "", "قال الرئيس الروسي بوتين اليوم", "بوتين"},
		{"Vladimir Putin", "", "قال بوتين اليوم", ""}, // nothing tells it from another word
		{"Vladimir Putin", "", "푸틴 대통령은 말했다", "푸틴"},
		{"Vladimir Putin", "", "Ο Πούτιν είπε.", "Πούτιν"},
		{"Vladimir Putin", "", "There was Poutine as well.", ""}, // the watch's own script
		{"Владимир Путин", "", "There was Putin as well.", "Putin"},
		{"Владимир Путин", "Kremlin Says Putin Will Come Today", "It said so.", ""},
		{"Vladimir Putin", "", "Вчера в столице Путилов принял послов.", ""},
	} {
		d := Doc{Title: c.title, Text: c.text}
		p, err := Compile(Spec{Kind: Person, Name: c.watch})
		require.NoError(t, err)
		x := NewIndex()
		x.Put("w", p)
		want := byForce(map[string]*Pattern{"w": p}, d)
		got := x.Find(d)
		require.Empty(t, cmp.Diff(want, got), c.text)
		require.Empty(t, got.Matches, c.text)
		if c.want == "" {
			require.Empty(t, got.NearMisses, c.title+" "+c.text)
			continue
		}
		require.Len(t, got.NearMisses, 1, c.text)
		m := got.NearMisses[0]
		field := c.text
		if m.Evidence.Field == Title {
			field = c.title
		}
		require.Equal(t, c.want, string([]rune(field)[m.Evidence.Start:m.Evidence.End]), c.text)
		require.Equal(t, SoundsLike, m.Evidence.Rule)
		require.Equal(t, sayHeard, m.Reason)
		exact, err := Compile(Spec{Kind: Person, Name: c.watch, Exact: true})
		require.NoError(t, err)
		x.Put("w", exact)
		require.Empty(t, x.Find(d), "exact listens to nothing")
	}
}

func TestBesideACatalogueASurnameByItsSoundIsNoNearMiss(t *testing.T) {
	x := NewIndex()
	p, err := Compile(Spec{Kind: Person, Name: "Vladimir Putin"})
	require.NoError(t, err)
	x.Put("w", p)
	d := Doc{Text: "Вчера в столице Путин принял послов."}
	require.Len(t, x.Find(d).NearMisses, 1)
	own := x.heard.Load()
	require.Positive(t, own)
	x.heard.Store(MaxBareNames) // as if so many were filed
	require.Len(t, x.Find(d).NearMisses, 1)
	x.heard.Store(MaxBareNames + 1)
	require.Empty(t, x.Find(d).NearMisses)
	x.heard.Store(own)
	x.Remove("w")
	require.Zero(t, x.heard.Load())
}

func TestWhatIsRememberedOfBareSurnamesIsBounded(t *testing.T) {
	x := NewIndex()
	for i, name := range []string{"Vladimir Putin", "Dmitri Putin", "Anna Putin", "Ivan Putin"} {
		p, err := Compile(Spec{Kind: Person, Name: name})
		require.NoError(t, err)
		x.Put(fmt.Sprint(i), p)
	}
	s := x.sifter()
	s.candidates(Doc{Text: "Вчера в столице Путин."})
	require.Len(t, s.pairing.bare.units, bareUnits)
	s.pairing.bare.refs = append(s.pairing.bare.refs, make([]uint32, maxBareRefs)...)
	s.candidates(Doc{Text: "Вчера сказали Путину."})
	require.Len(t, s.pairing.bare.refs, 4, "all was forgotten, and the new word is remembered")
}
