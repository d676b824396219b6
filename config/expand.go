package config

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
)

var (
	placeholder  = regexp.MustCompile(`\$?\$\{[^}]*\}?`)
	variableName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)
)

// expand replaces ${NAME} by the environment's value and ${file:PATH} by the file's text without its last line break;
// $${ stands for ${ itself. The returned sentences say what could not be replaced.
func (r *reader) expand(text string) (value string, expanded bool, wrong []string) {
	value = placeholder.ReplaceAllStringFunc(text, func(found string) string {
		if strings.HasPrefix(found, "$$") {
			return found[1:]
		}
		got, say := r.lookup(found)
		if say != "" {
			wrong = append(wrong, say)
			return ""
		}
		expanded = true
		r.file.origin.expanded(got, found)
		return got
	})
	return value, expanded, wrong
}

// lookup returns the value of one ${...}, or says to people why there is none.
func (r *reader) lookup(found string) (value, say string) {
	name, closed := strings.CutSuffix(strings.TrimPrefix(found, "${"), "}")
	if !closed {
		return "", "${ without }. Write ${NAME} or ${file:PATH}, or $${ for these characters themselves."
	}
	if path, ok := strings.CutPrefix(name, "file:"); ok {
		return r.lookupFile(path)
	}
	if !variableName.MatchString(name) {
		return "", "${...} holds no name of an environment variable. " +
			"Write ${NAME} with letters, digits and _, ${file:PATH}, or $${ for these characters themselves."
	}
	value, ok := r.env(name)
	if !ok {
		return "", fmt.Sprintf("the environment variable %s is not set. Set it before starting the bot, or write ${file:PATH}.", name)
	}
	return value, ""
}

func (r *reader) lookupFile(path string) (value, say string) {
	if path == "" {
		return "", "${file:} names no file. Write ${file:PATH}."
	}
	text, err := r.readFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", fmt.Sprintf("the file of ${file:%s} does not exist. Write its path from the folder where the bot is started, or an absolute one.", path)
	case errors.Is(err, fs.ErrPermission):
		return "", fmt.Sprintf("the file of ${file:%s} may not be read. Give the user that runs the bot the right to.", path)
	case err != nil:
		return "", fmt.Sprintf("the file of ${file:%s} cannot be read. See that it is a readable text file.", path)
	}
	return strings.TrimSuffix(strings.TrimSuffix(string(text), "\n"), "\r"), ""
}
