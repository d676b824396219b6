package store

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// oneEngine are words of statements that not every engine takes, or not all alike.
var oneEngine = regexp.MustCompile(`(?i)\bPRAGMA\b|\bINSERT OR\b|\bREPLACE INTO\b|\bMATCH\b|\bGLOB\b|\bIFNULL\(|\bjson_\w+\(|\bstrftime\(|\bdatetime\(|\blast_insert_rowid\b|sqlite_master|\bAUTOINCREMENT\b|= \?|\?\d|IS NOT DISTINCT|::|\bANY\(|@>|\bFOR UPDATE\b|SKIP LOCKED|\bSHOW\b|information_schema|\bSET LOCAL\b`)

// statements are the SQL texts of a Go file, as far as they begin with a verb of SQL.
func statements(source string) (out []string) {
	for _, text := range regexp.MustCompile("(?s)`[^`]*`").FindAllString(source, -1) {
		if strings.Contains(text, "SELECT ") || strings.Contains(text, "UPDATE ") || strings.Contains(text, "INSERT ") ||
			strings.Contains(text, "DELETE ") || strings.Contains(text, "PRAGMA ") {
			out = append(out, text)
		}
	}
	return out
}

func TestWhatOnlyOneEngineTakesStandsInItsFile(t *testing.T) {
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	checked, only := 0, map[string]int{"sqlite.go": 0, "postgres.go": 0}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		source, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, query := range statements(string(source)) {
			checked++
			if oneEngine.MatchString(query) {
				require.Contains(t, only, name, query)
				only[name]++
			}
		}
	}
	for name, n := range only {
		require.Positive(t, n, "the check finds what is there: %s", name)
	}
	require.Greater(t, checked, 80)
}
