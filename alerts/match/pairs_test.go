package match

import (
	"encoding/csv"
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestNamePairs scores the matcher as one of names: the one of a pair as the watch, the other as the text. A floor holds
// its precision, for the pairs hold hard negatives; its recall is bounded by what the matcher leaves to aliases.
func TestNamePairs(t *testing.T) {
	file, err := os.Open("../../../shared/eval/name-pairs.csv")
	if err != nil {
		file, err = os.Open("../../../../shared/eval/name-pairs.csv")
	}
	if err != nil {
		t.Skipf("NOT MEASURED: %v; the pairs are not part of the project", err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	right, wrong, missed, none := 0, 0, 0, 0
	for _, row := range rows[1:] {
		if row[1] != "Person" {
			continue
		}
		p, err := Compile(Spec{Kind: Person, Name: row[3]})
		if err != nil {
			continue
		}
		x := NewIndex()
		x.Put("w", p)
		found, same := len(x.Find(Doc{Text: row[2] + "."}).Matches) > 0, row[4] == "true"
		switch {
		case found && same:
			right++
		case found:
			wrong++
			t.Logf("wrongly %q for %q (%s)", row[2], row[3], row[7])
		case same:
			missed++
			if testing.Verbose() {
				t.Logf("missed %q for %q (%s)", row[2], row[3], row[7])
			}
		default:
			none++
		}
	}
	precision, recall := float64(right)/float64(right+wrong), float64(right)/float64(right+missed)
	fmt.Printf("name pairs: precision %.3f, recall %.3f of %d people's pairs\n", precision, recall, right+wrong+missed+none) //nolint:forbidigo // the figure
	require.GreaterOrEqual(t, precision, 0.85)
}
