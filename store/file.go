package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// lookAt refuses a path at which no database can be. That nothing is there is fine.
func lookAt(path string) error {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil //nolint:nilerr // taking the lock tells what is wrong with the folder
	case info.IsDir():
		return invalid("The store %s is a folder. Name a file in it, such as sqlite:%s.", path, filepath.Join(path, "attache.db"))
	case !info.Mode().IsRegular():
		return invalid("The store %s is no ordinary file. Name another file for the store, such as sqlite:attache.db.", path)
	}
	return nil
}

// makeFile makes the database file, readable by its owner alone, and returns what tells it from every other file. One
// that is there stays as it is. SQLite gives its -wal and -shm the same rights. https://www.sqlite.org/wal.html
func makeFile(path string) (fs.FileInfo, error) {
	info, err := os.Stat(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return info, err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600) //nolint:gosec // the configuration names the path
	if err != nil {
		return nil, fmt.Errorf("make database: %w (%w)", invalid("The file %s can't be made. Give the bot's user the right to, or name another file for the store.", path), err)
	}
	info, err = f.Stat()
	return info, errors.Join(err, f.Close())
}

// there tells whether the file that was opened is still the one at its path. An open file outlives its name: without this
// check all that is kept would go where nobody finds it again.
func (s *Store) there() error {
	if s.file == nil {
		return nil // it is in none
	}
	now, err := os.Stat(s.path)
	if err == nil && os.SameFile(s.file, now) {
		return nil
	}
	if err == nil {
		err = errors.New("another file is there")
	}
	return fmt.Errorf("%w (%s: %w)", invalid("The database file %s is gone or was replaced while the bot runs. "+
		"Put it back, or start the bot anew; what it knew is lost without the file.", filepath.Base(s.path)), s.path, err)
}
