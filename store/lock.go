package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

var errHeld = errors.New("held by another process")

// A fileLock keeps other processes, and other stores of this one, from a database file.
type fileLock struct{ f *os.File }

// lockFile takes the lock of the database file at path, which need not be there. It is PATH.lock, which stays: removing
// it would let two processes hold locks of one name.
func lockFile(path string) (*fileLock, error) {
	f, err := hold(path + ".lock")
	folder := filepath.Dir(path)
	_, gone := os.Stat(folder)
	switch {
	case err == nil:
		return &fileLock{f}, nil
	case errors.Is(err, errHeld):
		return nil, fmt.Errorf("lock database: %w", invalid("Another process is using %s. Stop it first, or name another file for the store.", path))
	case errors.Is(gone, fs.ErrNotExist):
		return nil, fmt.Errorf("lock database: %w (%w)", noFolder(folder), err)
	case errors.Is(err, fs.ErrPermission):
		return nil, fmt.Errorf("lock database: %w (%w)", unwritable(folder), err)
	}
	return nil, fmt.Errorf("lock database: %w (%w)", invalid("The folder %s can't hold the database. Name another file for the store.", folder), err)
}

func noFolder(folder string) error {
	return invalid("The folder %s does not exist. Make it, or name another file for the store.", folder)
}

func unwritable(folder string) error {
	return invalid("The folder %s can't be written. Give the bot's user the right to, or name another file for the store.", folder)
}

// release lets others have the file.
func (l *fileLock) release() error {
	if l == nil {
		return nil
	}
	return l.f.Close()
}
