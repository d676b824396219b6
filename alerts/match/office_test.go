package match

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAnOfficeAloneIsNoName(t *testing.T) {
	for _, s := range []string{
		"Prime Minister", "Chancellor", "prime minister", "The Prime Minister", "Secretary-General", "Secretary of State", "Minister of Foreign Affairs", "Deputy Prime Minister", "President",
		"Mr. President", "Dr. Dr.", "Rt Hon", "Hon.", "The Rt. Hon.", "King", "H.E. Mr.", "His Excellency", "Vice-President", "Foreign Minister", "Bundeskanzlerin", "Herr", "Mme", "Premier ministre",
		"Primer Ministro", "Presidente del Gobierno", "Presidente del Consiglio", "Президент", "Премьер-министр", "г-н", "السيد", "Prof. Dr. Dr. h.c. mult.", "Jr.", "CEO", "Leader of the Opposition",
	} {
		require.True(t, IsOffice(s), s)
	}
	for _, s := range []string{
		"President of Russia", "Senator King", "Don King", "Lula", "Prince", "Judge Bishop", "Lady Gaga", "Sir Keir", "President Xi", "Президент России", "the Iron Lady", "普京", "Chief Joseph",
		"Justice", "Home", "Price", "", "...", "General Patton", "Stacey Abrams", "Na", "First Citizen", "Amir", "امير", "Pope Leo",
	} {
		require.False(t, IsOffice(s), s)
	}
	for _, s := range []string{"Vacant", "VACANT", "Unknown", "None", "TBD", "N/A", "na", "NA", "n.a.", "Vakant", "(vacant)", "To be determined"} {
		require.True(t, IsNobody(s), s)
	}
	for _, s := range []string{"Na", "Noone", "Nil Ağca", "Vacant Smith", "", "?", "Nan"} {
		require.False(t, IsNobody(s), s)
	}
}
