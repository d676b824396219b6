package match

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Łódź": "lodz", "Đuro": "duro", "Ørsted": "orsted", "STRAẞE": "strasse", "Straße": "strasse", "Ærø": "aero", "œuvre": "oeuvre",
		"DIYARBAKIR": "diyarbakir", "Dıyarbakır": "diyarbakir", "İstanbul": "istanbul", "Ёлка": "елка", "Йод": "йод", "и\u0306од": "йод",
		"Київ": "киів", "Ґудзь": "гудзь", "O’Brien": "o'brien", "O'Brien": "o'brien", "co\u00adoperate": "cooperate", "Pu\u200btin": "putin",
		"ﬁne": "fine", "Ｐｕｔｉｎ": "putin", "Σίσυφος": "σισυφοσ", "أحمد": "احمد", "مُحَمَّد": "محمد", "محمـد": "محمد", "ガザ": "ガザ", "ｶﾞｻﾞ": "ガザ",
		"हिन्दी": "हिन्दी", "Þór": "thor", "Əliyev": "aliyev", "שָׁלוֹם": "שלום", "٢٠٢٦": "2026", "": "",
	} {
		require.Equal(t, want, Fold(in), in)
		require.Equal(t, Fold(in), Fold(Fold(in)), in)
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Łódź Ёлка й", "ﷺ İ ǅ ΐ", "가\u11a8", "か\u3099", "\u0344", "ẞ\u0301", "`´’", "\xff", "ſt"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Fatalf("%q folds to %q, then to %q", s, once, twice)
		}
	})
}

// TestEndingsAreTrimmed holds what trimKey promises: every inflection of a name has the key of its base.
func TestEndingsAreTrimmed(t *testing.T) {
	for _, name := range strings.Fields("путин зеленский толстой захарова порошенко мария илья сергей игорь павел ли кац меркель гутерриш штаты объединенные " +
		"путін сергій ющенко putin trump sisi obama kaczynski fico juncker kowalska zelensky modi xi pe uno πούτινа abeο") {
		for _, d := range decline(name) {
			for _, e := range d.endings {
				require.Equal(t, trimKey(d.base), trimKey(d.base+e.suffix), "%s: %s+%s", name, d.base, e.suffix)
			}
		}
	}
}
