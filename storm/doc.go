// Package storm holds tests of delivering in bad weather: platforms that fail in every way that their documents name, go
// away for an hour, ask to wait for ten minutes, refuse, and forget; and clocks that jump. What is under test is real (the
// store in a file, the dispatcher with the times of life, the adapters); the platforms are the fakes. All stand in a bubble
// of testing/synctest and speak through a network in memory, so that a day of bad weather takes a moment, and is the same in
// every run.
//
//	go test ./storm               the size of CI
//	SCALE=full go test ./storm -v the size that docs/reliability.md names, with its figures
//
// # Invariants
//
//   - A promise is judged by what the fake saw: its messages by delivery, its calls and those that came too early.
//   - Each promise has a control: the same weather with one part of the protocol left out, which must lose, double or call
//     too early.
package storm
