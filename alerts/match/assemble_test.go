package match

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestANameIsAssembledAsItIsCompiled compares names that are made of the words that an index keeps with those that are taken apart.
func TestANameIsAssembledAsItIsCompiled(t *testing.T) {
	names := []string{
		"Vladimir Putin", "Anna Müller", "Joe Biden", "Li Keqiang", "Ким Чен", "Ангела Меркель", "Владимир Путин", "Юлия Свириденко",
		"Frank Bush", "Jan Łukasz", "Ελένη Παπαδοπούλου", "بنيامين نتنياهو", "בנימין נתניהו", "JFK Ochoa", "Abu Hassan", "van Putin",
		"Xi Jinping", "문재인 김정은", "नरेन्द्र मोदी", "アベ シンゾウ", "Volodymyr Zelenskyy", "Mary-Ann Smith", "John Jr", "東京 安倍",
	}
	for _, s := range scripts(5) {
		names = append(names, s.names(60)...)
	}
	x := NewIndex()
	for i, name := range names {
		p, err := Compile(Spec{Kind: Person, Name: name})
		require.NoError(t, err)
		x.Put(fmt.Sprint(i), p)
	}
	assembled, sifter := 0, newSifter(x)
	for i, name := range names {
		ref, ok := x.refOf(fmt.Sprint(i))
		require.True(t, ok)
		r := x.records.get(ref)
		if given, _ := sifter.twoWords(r); given == nil {
			continue
		}
		assembled++
		got := sifter.made(r)
		want := r.compile()
		want.named().listen()
		require.Equal(t, want.named(), got.named(), name)
		require.Equal(t, want.spec, got.spec)
	}
	require.Greater(t, assembled, len(names)*3/4)
	for _, name := range []string{"Mary-Ann Smith", "Ursula von der Leyen", "東京 安倍", "Nobody Nowhere"} {
		given, _ := sifter.twoWords(newRecord("w", Spec{Kind: Person, Name: name}, nil))
		require.Nil(t, given, name)
	}
}
