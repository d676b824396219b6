package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// unread says what is wrong with a file that the user named to be read, and what to do, in place of the system's words.
func unread(path string, err error) error {
	info, gone := os.Stat(path)
	var say string
	switch {
	case errors.Is(err, fs.ErrNotExist) || errors.Is(gone, fs.ErrNotExist):
		say = fmt.Sprintf("There is no file %s. Look at its name and folder.", path)
	case gone == nil && info.IsDir():
		say = fmt.Sprintf("%s is a folder. Name a file in it.", path)
	case errors.Is(err, fs.ErrPermission):
		say = fmt.Sprintf("The file %s may not be read. Give yourself the right to, or name another.", path)
	default:
		return err
	}
	return fmt.Errorf("%w: %w", err, &alerts.Invalid{Say: say})
}

// writeNew writes a file that is not there yet, for its owner alone: secrets may stand in it, or come to. A file that is there
// stays as it is; how is the command that names another.
func writeNew(path string, body []byte, how string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // the user names the file
	if info, gone := os.Stat(path); errors.Is(err, fs.ErrExist) && gone == nil && !info.IsDir() {
		return fmt.Errorf("%w: %w", err, &alerts.Invalid{Say: fmt.Sprintf("%s is there already and stays as it is. Name another file: %s", path, how)})
	}
	if err != nil {
		return unwritten(path, err)
	}
	_, err = f.Write(body)
	return errors.Join(err, f.Close())
}

// unwritten is unread for a file that was to be written.
func unwritten(path string, err error) error {
	info, gone := os.Stat(path)
	folder := filepath.Dir(path)
	var say string
	switch {
	case gone == nil && info.IsDir():
		say = fmt.Sprintf("%s is a folder. Name a file in it.", path)
	case errors.Is(err, fs.ErrNotExist):
		say = fmt.Sprintf("There is no folder %s. Make it, or name a file elsewhere.", folder)
	case errors.Is(err, fs.ErrPermission):
		say = fmt.Sprintf("The file %s may not be written. Give yourself the right to, or name a file elsewhere.", path)
	default:
		return err
	}
	return fmt.Errorf("%w: %w", err, &alerts.Invalid{Say: say})
}
