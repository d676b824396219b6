package store

import (
	"errors"
	"io/fs"
	"strings"

	sqlite3 "modernc.org/sqlite/lib"
)

// Failing returns why the last change could not be kept, nil once one was kept after it: what no change can do anything
// about, such as a full disk. It says so to who asks whether the program is well; each change has its own error.
func (s *Store) Failing() error {
	if err := s.failed.Load(); err != nil {
		return *err
	}
	return nil
}

// noted keeps in mind what came of a change; wrote tells that it changed something. One that had nothing to change proves
// nothing.
func (s *Store) noted(err error, wrote bool) {
	switch {
	case err == nil && wrote:
		s.failed.Store(nil)
	case err != nil && unkept(err):
		s.failed.Store(&err)
	}
}

// Passes tells whether an error lies with the database's disk, its file or its server, or with what others were doing, and
// not with what was asked: later the same can be done.
func Passes(err error) bool {
	switch sqlstate(err) {
	case "40001", "40P01", "55P03", "57014": // serialization, deadlock, lock not available, statement timeout
		return true
	}
	return unkept(err)
}

// unkept tells whether nothing can be kept, whatever it is, until somebody mends the disk, the file or the server.
func unkept(err error) bool {
	if file := (*fs.PathError)(nil); errors.As(err, &file) { // the file is gone: see there
		return false
	}
	switch code(err) {
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM,
		sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return true
	}
	state := sqlstate(err)
	// Resources (disk full, connections), the system's errors, a stand-by.
	// https://www.postgresql.org/docs/current/errcodes-appendix.html
	return strings.HasPrefix(state, "53") || strings.HasPrefix(state, "58") || state == "25006" || away(err)
}
