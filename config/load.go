package config

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"golang.org/x/text/cases"
)

// Load reads the configuration at the path with readFile; ${NAME} is looked up with env (os.LookupEnv) and ${file:PATH} with
// readFile (os.ReadFile). An error is of type Mistakes, and the File comes with it, unless the file cannot be read at all.
func Load(path string, env func(string) (string, bool), readFile func(string) ([]byte, error)) (*File, error) {
	src, err := readFile(path)
	if err != nil {
		return nil, fmt.Errorf("read configuration: %w", err)
	}
	return Parse(path, src, env, readFile)
}

// Parse is Load for what was read already; mistakes call the file by the name.
func Parse(name string, src []byte, env func(string) (string, bool), readFile func(string) ([]byte, error)) (*File, error) {
	return parse(name, src, env, readFile, (*reader).everything)
}

// LoadWatchlists reads only the top-level watchlists: of any YAML file, and heeds no other key. Errors are as Load's.
func LoadWatchlists(path string, env func(string) (string, bool), readFile func(string) ([]byte, error)) (*File, error) {
	src, err := readFile(path)
	if err != nil {
		return nil, fmt.Errorf("read watchlists: %w", err)
	}
	return ParseWatchlists(path, src, env, readFile)
}

// ParseWatchlists is LoadWatchlists for what was read already.
func ParseWatchlists(name string, src []byte, env func(string) (string, bool), readFile func(string) ([]byte, error)) (*File, error) {
	return parse(name, src, env, readFile, (*reader).onlyWatchlists)
}

// parse reads the source's one document with the section's reader.
func parse(
	name string, src []byte, env func(string) (string, bool), readFile func(string) ([]byte, error), section func(*reader, ast.Node),
) (*File, error) {
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
	r := &reader{file: Defaults(), env: env, readFile: readFile, anchors: map[string]ast.Node{}, most: len(src) + extra}
	r.file.origin = &origin{name: name, lines: strings.Split(string(src), "\n"), places: map[string]place{}}
	if body := r.document(src); body != nil {
		section(r, body)
	}
	if len(r.mistakes) == 0 {
		return r.file, nil
	}
	for i := range r.mistakes { // what was expanded later may stand in earlier sentences
		r.mistakes[i].Say = r.file.origin.scrub(r.mistakes[i].Say)
	}
	r.mistakes.Sort()
	return r.file, r.mistakes
}

// fold makes names equal that differ only in case.
func fold(s string) string { return cases.Fold().String(strings.TrimSpace(s)) }
