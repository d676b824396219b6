package store

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// sqliteOnly are words of statements that PostgreSQL does not take, or takes otherwise.
var sqliteOnly = regexp.MustCompile(`(?i)\bPRAGMA\b|\bINSERT OR\b|\bREPLACE INTO\b|\bMATCH\b|\bGLOB\b|\bIFNULL\(|\bjson_\w+\(|\bstrftime\(|\bdatetime\(|\blast_insert_rowid\b|sqlite_master|\bAUTOINCREMENT\b|= \?|\?\d|IS NOT DISTINCT|::|\bANY\(`)

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

func TestWhatOnlySQLiteTakesStandsInOneFile(t *testing.T) {
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	checked := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		source, err := os.ReadFile(name)
		require.NoError(t, err)
		only := 0
		for _, query := range statements(string(source)) {
			checked++
			if sqliteOnly.MatchString(query) {
				only++
				require.Equal(t, "sqlite.go", name, query)
			}
		}
		if name == "sqlite.go" {
			require.Positive(t, only, "the check finds what is there")
		}
	}
	require.Greater(t, checked, 80)
}
