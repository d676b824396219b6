package feeds

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

const sayForbidden = "The feed has characters that XML forbids; they were dropped."

// TestReferencesToForbiddenCharacters: one of them, wherever it stands, costs its character and nothing else.
func TestReferencesToForbiddenCharacters(t *testing.T) {
	places := map[string]string{
		"RSS":       `<rss><channel><title>a%sb</title><item><title>One</title></item></channel></rss>`,
		"Atom":      `<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">a%sb</title><entry><title>One</title></entry></feed>`,
		"attribute": `<rss><channel x="%[1]s"><title y='%[1]s'>ab</title><item><title>One</title></item></channel></rss>`,
		"entity":    `<!DOCTYPE rss [<!ENTITY e "%s">]><rss><channel><title>a&e;b</title><item><title e="&e;">One</title></item></channel></rss>`,
	}
	for place, feed := range places {
		for _, ref := range []string{
			"&#0;", "&#1;", "&#8;", "&#11;", "&#12;", "&#x1F;", "&#x1f;", "&#X1F;", "&#27;", "&#xD800;", "&#xFFFE;", "&#xFFFF;", "&#65535;", "&#1114112;",
		} {
			t.Run(place+ref, func(t *testing.T) {
				doc, err := Read(fmt.Appendf(nil, feed, ref), "", "")
				require.NoError(t, err)
				require.Equal(t, "ab", doc.Feed.Title)
				require.Len(t, doc.Items, 1)
				require.Equal(t, []string{sayForbidden}, doc.Warnings)
			})
		}
		for ref, want := range map[string]string{
			"&#128;": "a€b", "&#146;": "a’b", "&#150;": "a–b", "&#x9F;": "aŸb", "&#129;": "ab", "&#x41;": "aAb", "&#X41;": "aAb",
			"&#38;amp;": "a&b", "&#xE9;": "aéb",
		} {
			if place == "attribute" {
				continue
			}
			t.Run(place+ref, func(t *testing.T) {
				doc, err := Read(fmt.Appendf(nil, feed, ref), "", "")
				require.NoError(t, err)
				require.Equal(t, want, doc.Feed.Title)
				require.Empty(t, doc.Warnings)
			})
		}
	}
}
