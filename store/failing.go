package store

import (
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

// unkept tells whether the database can't be written for a reason that lies with its disk, its file or its server.
func unkept(err error) bool {
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
