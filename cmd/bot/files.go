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
