// Package match finds names and phrases in text. It knows strings and watches' terms, nothing else.
//
// # Invariants
//
//   - Offsets count runes of the original field: []rune(field)[Start:End] is the evidence's text.
//   - Nothing matches inside another word.
//   - All overlapping matches are found.
//   - The same patterns and text give the same result, in the same order.
//   - Folding is idempotent.
package match
