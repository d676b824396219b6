package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-6c43f0f2/attache/config"
)

// FuzzParse holds that no input makes the reader panic, and that each mistake has a place in the file and shows no value
// that came by reference.
func FuzzParse(f *testing.F) {
	for _, pattern := range []string{"testdata/*.yaml", "testdata/mistakes/*.yaml", "../examples/*.yaml", "init.yaml"} {
		files, _ := filepath.Glob(pattern)
		for _, file := range files {
			src, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(src))
		}
	}
	f.Fuzz(func(t *testing.T, src string) {
		file, err := parse(src)
		if file == nil {
			t.Fatal("no file")
		}
		if err == nil {
			return
		}
		var ms config.Mistakes
		if !errors.As(err, &ms) || len(ms) == 0 {
			t.Fatalf("not Mistakes: %v", err)
		}
		lines := strings.Count(src, "\n") + strings.Count(src, "\r") + 1
		for _, m := range ms {
			if m.Line < 1 || m.Line > lines || m.Column < 1 || m.Say == "" {
				t.Errorf("a mistake without a place: %#v", m)
			}
			if strings.Contains(m.Say, canary) && !strings.Contains(src, canary) {
				t.Errorf("a mistake that shows a secret: %s", m)
			}
		}
	})
}
