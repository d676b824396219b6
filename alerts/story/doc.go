// Package story decides which articles tell the same event. It is pure: values in, values out.
//
// This first version joins two articles when they have the same canonical URL, or nearly the same headline and lead
// within Window. Short texts that are alike but for one name are taken for one event, which is the price of words alone.
// Where one of them has hardly any text, as a news flash has, the headline decides, within half a day.
//
// # Invariants
//
//   - The same articles in the same order give the same stories.
//   - Two articles that Same finds alike share a Key with high probability (see the bands in fingerprint.go), and always if
//     their canonical URL or the set of words of their headline is the same.
//   - An article is compared with a bounded number of others, however many stories there are (MaxPerKey).
//   - Hashes and keys are stored, so they never change between versions.
package story
