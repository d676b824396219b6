package config

import (
	"strconv"

	"github.com/goccy/go-yaml/ast"
)

// number returns a field's reader that sets target to a whole number from least to most.
func (r *reader) number(target *int, least, most int) func(string, ast.Node) {
	return func(path string, n ast.Node) {
		s, ok := r.scalar(path, n)
		if !ok {
			return
		}
		value, err := strconv.Atoi(s.text)
		if err != nil || value < least || value > most {
			r.wrong(path, "%s cannot be %s. Write a whole number from %d to %d.", called(path), s.shown, least, most)
			return
		}
		*target = value
	}
}
