// Package store keeps everything that outlives the process, and holds all SQL: SQLite or PostgreSQL, from the same
// statements. One *Store satisfies what alerts, feeds and commands ask of a store.
//
// # Invariants
//
//   - A method that changes something does so in one transaction, with its audit row where a person asked for it: all of
//     it or nothing. It returns after the change is on the disk (synchronous FULL, checked when the store is opened).
//   - SQLite: one process has one file: a lock beside it, which the kernel drops with the process, keeps others out. One
//     connection writes and writers queue for it; readers have their own and see the last commit (WAL). So "database is
//     locked" is never an answer.
//   - PostgreSQL: several processes may have one database. Changes are serializable; one that another crosses is run again,
//     so what it does begins from nothing each time. Changes and looks share a few connections, of which looks leave one to
//     changes. Leases run by the server's clock and end by themselves.
//   - A row that stands already is left as it is: unique keys make repeating harmless.
//   - What is asked on behalf of a workspace is filtered by it in the statement itself, not afterwards.
//   - Statements and migrations are one plain text for both engines, with $1 placeholders and values only as parameters. What
//     only one takes stands in sqlite.go or postgres.go (engine.go says what that is), and what a migration spells otherwise
//     in words.go.
//   - Time is a parameter. A stored time is whole microseconds since 1970, UTC, as an integer: both engines order integers
//     alike, no time zone or driver format can change one, and the zero time.Time survives.
package store
