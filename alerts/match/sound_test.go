package match

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

type soundCase struct {
	line              int
	watch, text, want string
}

func readSounds(t *testing.T) []soundCase {
	t.Helper()
	raw, err := os.ReadFile("testdata/sounds.tsv")
	require.NoError(t, err)
	var cases []soundCase
	for i, line := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		cols := strings.Split(line, "\t")
		require.Len(t, cols, 3, "line %d", i+1)
		cases = append(cases, soundCase{i + 1, cols[0], cols[1], cols[2]})
	}
	return cases
}

// outcomeBySound is + for a name known by its sound, = by its letters, - not.
func outcomeBySound(r Result) string {
	if len(r.Matches) == 0 {
		return "-"
	}
	if e := r.Matches[0].Evidence[0]; e.Rule != SoundsLike {
		return "="
	}
	return "+"
}

func TestNamesByTheirSound(t *testing.T) {
	positive, negative := 0, 0
	for _, c := range readSounds(t) {
		if c.want == "-" {
			negative++
		} else {
			positive++
		}
		d := Doc{Text: c.text + "."}
		r := find(t, Spec{Kind: Person, Name: c.watch}, d)
		if got := outcomeBySound(r); got != c.want {
			t.Errorf("line %d: %q in %q: want %s, got %s", c.line, c.watch, c.text, c.want, got)
		}
		p, err := Compile(Spec{Kind: Person, Name: c.watch})
		require.NoError(t, err)
		checkResult(t, p, d, r)
		if c.want == "+" {
			exact := find(t, Spec{Kind: Person, Name: c.watch, Exact: true}, d)
			require.Empty(t, exact.Matches, "line %d: exact forbids the sound", c.line)
		}
	}
	require.Greater(t, positive, 150)
	require.Greater(t, negative, 150)
}

func TestSoundIsAFunctionOfTheWord(t *testing.T) {
	for _, word := range []string{"putin", "путин", "بوتين", "プーチン", "푸틴", "πουτιν", "פוטין", "պուտին", "პუტინ", "पुतिन", "ー", "ン", "ь", "ng", "x"} {
		a, _ := utter(word)
		b, _ := utter(word)
		require.Equal(t, a, b, word)
		require.LessOrEqual(t, len(a.heardKeys()), maxHeardKeys*(1+len(a.cuts)), word)
		require.LessOrEqual(t, len(a.watchKeys()), maxSoundKeys, word)
	}
}

func TestNearlyTheSoundIsANearMiss(t *testing.T) {
	r := find(t, Spec{Kind: Person, Name: "Martin Schulz"}, Doc{Text: "Martin Scholz spoke."})
	require.Empty(t, r.Matches)
	require.Len(t, r.NearMisses, 1)
	require.Equal(t, sayAlmost, r.NearMisses[0].Reason)
}

func FuzzUtter(f *testing.F) {
	for _, c := range readSounds(&testing.T{}) {
		f.Add(c.watch, c.text)
	}
	f.Fuzz(func(t *testing.T, watch, text string) {
		d := Doc{Text: text}
		p, err := Compile(Spec{Kind: Person, Name: watch})
		if err != nil {
			return
		}
		x := NewIndex()
		x.Put("w", p)
		checkResult(t, p, d, x.Find(d))
	})
}

// TestWordsWithoutASoundAreFar compares letters that are none: the distance of two words goes by what they weigh.
func TestWordsWithoutASoundAreFar(t *testing.T) {
	text := &text{}
	text.speak("")
	silent := []string{"ь", "ъ", "ー", "ـ", "'"}
	compared := 0
	for _, a := range silent {
		for _, b := range append(silent, "a", "и", "putin", "путин") {
			h, heard := text.heard(a), text.heard(b)
			if h == nil || heard == nil {
				continue
			}
			compared++
			require.NotPanics(t, func() {
				steps, _ := h.steps(&heard.utterance, b)
				require.GreaterOrEqual(t, steps, 0)
				back, _ := heard.steps(&h.utterance, a)
				require.GreaterOrEqual(t, back, 0)
			}, "%s %s", a, b)
		}
	}
	require.Positive(t, compared)
}
