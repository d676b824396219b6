// Package aliases reads other people's catalogues of names: Wikidata's JSON, OpenSanctions' (FollowTheMoney) JSON Lines, and
// plain CSV.
//
// # Invariants
//
//   - A file of any size is read with one entry in memory at a time, of at most 64 MiB.
//   - What is not of the form is an *alerts.Invalid that names the line; nothing is guessed.
//   - Only people are read. A name that is only a word of a longer one of the same person ("Putin" of "Vladimir Putin")
//     is kept apart: as an alias it would make the surname alone fire. An office alone ("Prime Minister") is left out.
package aliases
