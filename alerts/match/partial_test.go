package match

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWhatNewspapersMayLeaveOutIsSaid(t *testing.T) {
	for name, want := range map[string]string{
		"Joseph Robinette Biden":             "Joseph Biden",
		"Nicolás Maduro Moros":               "Nicolás Maduro",
		"José Luis Rodríguez Zapatero":       "José Luis Rodríguez",
		"Luiz Inácio Lula da Silva":          "Luiz Inácio Lula",
		"Annalena Charlotte Alma Baerbock":   "Annalena Baerbock",
		"Alexander Boris de Pfeffel Johnson": "Alexander Johnson",
		"Willem Jan van der Berg":            "Willem van der Berg",
		"Hon. Peter Charles O'Neill, MP":     "Peter O'Neill",
		"Abdel Fattah Saeed Hussein El-Sisi": "Abdel Fattah El-Sisi",

		"Joseph Biden":                 "",
		"Joseph R. Biden":              "",
		"Ann Rskr. Example":            "",
		"Vladimir Vladimirovich Putin": "",
		"Владимир Владимирович Путин": "",
		"Abdel Fattah El-Sisi":        "",
		"Mohammed bin Salman":         "",
		"Ursula von der Leyen":        "",
		"Biden, Joseph Robinette":     "",
		"Kim Jong Un":                 "",
		"Nguyen Xuan Phuc":            "",
		"Lula":                        "",
		"":                            "",
	} {
		require.Equal(t, want, ShortName(Spec{Kind: Person, Name: name}), name)
	}
	for _, alias := range []string{"Joseph Biden", "BIDEN Joseph", "Robinette Biden"} {
		require.Empty(t, ShortName(Spec{Kind: Person, Name: "Joseph Robinette Biden", Aliases: []string{alias}}), alias)
	}
	for _, alias := range []string{"Joe Biden", "Biden", "Mr President"} {
		require.Equal(t, "Joseph Biden", ShortName(Spec{Kind: Person, Name: "Joseph Robinette Biden", Aliases: []string{alias}}), alias)
	}
	require.Empty(t, ShortName(Spec{Kind: Topic, Name: "The Security Council meets"}))
}
