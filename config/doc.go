// Package config reads the configuration: a YAML file whose values may come from the environment or from other files.
//
// # Invariants
//
//   - It is a leaf: it imports nothing of ours. Queries and schedules are text here; whoever compiles them reports their
//     mistakes through File.Mistake and File.Inside, at the right line and column.
//   - Every mistake is found in one reading. A File that comes with Mistakes is as complete as it could be read, so that
//     the caller can add its own mistakes to the list; it is not to be run.
//   - A key that is not known is a mistake, and so is one whose feature comes later.
//   - What came through ${NAME} or ${file:PATH} never appears in a mistake, and a Secret never in any formatted output.
package config
