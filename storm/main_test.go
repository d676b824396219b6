package storm

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/seed-6c43f0f2/attache/store"
)

// templateKey names a SQLite file with all tables, of which each test gets a copy: to make them takes longer than most tests.
const templateKey = "STORM_TEST_TEMPLATE"

// TestMain runs the tests with such a file.
func TestMain(m *testing.M) {
	narrow()
	os.Exit(withTemplate(m.Run))
}

// withTemplate makes the file, and removes it after run.
func withTemplate(run func() int) (status int) {
	folder, err := os.MkdirTemp("", "attache")
	if err == nil {
		path := filepath.Join(folder, "attache.db")
		if _, _, err = store.Migrate(context.Background(), "sqlite:"+path); err == nil {
			err = os.Setenv(templateKey, path)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "make the template of the tests' files:", err)
		return 1
	}
	defer func() {
		if err := os.RemoveAll(folder); err != nil {
			fmt.Fprintln(os.Stderr, "remove the template of the tests' files:", err)
			status = 1
		}
	}()
	return run()
}
