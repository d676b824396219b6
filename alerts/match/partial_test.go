package match

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestANameThatNewspapersShortenIsLong(t *testing.T) {
	for name, want := range map[string]bool{
		"Joseph Robinette Biden":                    true,
		"Nicolás Maduro Moros":                      true,
		"Juan Guaidó Márquez":                       true,
		"Keir Rodney Starmer":                       true,
		"Alexander Boris de Pfeffel Johnson":        true,
		"Willem Jan van der Berg":                   true,
		"Hon. Peter Charles O'Neill, MP":            true,
		"Abdel Fattah Saeed Hussein El-Sisi":        true,
		"Mohammed bin Salman bin Abdulaziz Al Saud": true,
		"Дональд Джон Трамп":                        true,
		"عبد الفتاح سعيد حسين خليل السيسي":          true,
		"Kim Robert Smith":                          true,

		"Joseph Biden":                 false,
		"Joseph R. Biden":              false,
		"Vladimir Vladimirovich Putin": false,
		"Владимир Владимирович Путин": false,
		"Abdel Fattah El-Sisi":        false,
		"عبد الفتاح السيسي":           false,
		"Mohammed bin Salman":         false,
		"Ursula von der Leyen":        false,
		"Biden, Joseph Robinette":     false,
		"Kim Jong Un":                 false,
		"Lee Hsien Loong":             false,
		"Nguyen Xuan Phuc":            false,
		"Lula":                        false,
		"":                            false,
	} {
		require.Equal(t, want, IsLong(Spec{Kind: Person, Name: name}), name)
	}
	for alias, want := range map[string]bool{"Joseph Biden": false, "BIDEN Joseph": false, "Joe Biden": false, "Biden": false} {
		require.Equal(t, want, IsLong(Spec{Kind: Person, Name: "Joseph Robinette Biden", Aliases: []string{alias}}), alias)
	}
	require.False(t, IsLong(Spec{Kind: Topic, Name: "The Security Council meets"}))
}
