package match

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLatinForms(t *testing.T) {
	for given, form := range map[string]string{
		"john": "ioannes", "hans": "iohannes", "mark": "marcus", "heinz": "henricus", "tim": "timotheus", "susan": "susanna", "alan": "alanus",
		"lech": "lechus", "mario": "marius", "geraldine": "geraldina", "gabrielle": "gabriella", "joseph": "iosephus", "timothy": "timotheus",
	} {
		assert.Contains(t, latinForms(given), form, given)
	}
	for given, form := range map[string]string{"john": "iacobus", "gerald": "geraldina", "maria": "marius", "иван": "ioannes", "ed": "edus"} {
		assert.NotContains(t, latinForms(given), form, given)
	}
}

// TestLatinFormsAreFound holds the forms to the keys: by those that inflection cuts off, or by keys of their own.
func TestLatinFormsAreFound(t *testing.T) {
	for _, given := range []string{"John", "Mark", "Alan", "Geraldine", "Gabrielle", "Joseph", "Nancy", "Jean-Marc", "Timothy"} {
		p, err := Compile(Spec{Kind: Person, Name: given + " Bolton"})
		require.NoError(t, err)
		x := NewIndex()
		x.Put("w", p)
		for _, part := range splitWords(given, asName)[0].parts {
			for _, form := range latinForms(part.fold) {
				d := Doc{Language: "la", Text: titled(form) + " Bolton legatus fuit."}
				if len(splitWords(given, asName)[0].parts) > 1 {
					d.Text = "Ioannes Marcus Bolton legatus fuit."
				}
				r := x.Find(d)
				require.NotEmpty(t, r.Matches, d.Text)
				checkResult(t, p, d, r)
				if given == "John" {
					require.Empty(t, x.Find(Doc{Language: "en", Text: d.Text}).Matches, d.Text)
				}
			}
		}
	}
}

func TestWhatSaysInWhichLanguageATextIs(t *testing.T) {
	for _, c := range []struct {
		doc      Doc
		unplaced bool
		base     string
	}{
		{Doc{Text: "Ioannes Bolton"}, true, "en"},
		{Doc{Language: "und", Text: "Ioannes Bolton"}, true, "en"},
		{Doc{Language: "en", Text: "Ioannes Bolton"}, false, "en"},
		{Doc{Text: "The Ioannes Bolton of the town"}, false, "en"},
		{Doc{Text: "Dövlət Baxçalı"}, false, "az"},
		{Doc{Text: "Džūlija Gilarde"}, false, "lv"},
		{Doc{Text: "Ingrida Šimonytė"}, false, "lt"},
		{Doc{Text: "Māori leaders of the north met in the city of Auckland"}, false, "en"},
	} {
		text := read(c.doc)
		assert.Equal(t, c.base, text.base, c.doc.Text)
		assert.Equal(t, c.unplaced, text.isUnplaced(), c.doc.Text)
		s := newSifter(NewIndex())
		s.candidates(c.doc)
		assert.Equal(t, c.unplaced, s.text(c.doc).isUnplaced(), "as the index reads it: %s", c.doc.Text)
	}
}
