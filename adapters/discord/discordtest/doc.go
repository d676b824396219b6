// Package discordtest is a Discord on loopback: REST and gateway, with the rules that the vendor's documents state and a
// schema can't check.
//
//   - Limits are counted as documented, and a message that breaks one is refused with code 50035.
//   - A repeated nonce with enforce_nonce gives the earlier message within a window that the test chooses.
//   - Rate limits are real: per channel and global, in headers, and 429 in every form; calls that come too early are counted.
//   - A channel needs its permissions; reading a history without the permission gives an empty list and no error.
//   - An interaction is answered once and within three seconds; what follows needs an answer first.
//   - Mentions are resolved as the vendor does; an edit without allowed_mentions falls back to pinging everybody.
//   - Commands are overwritten whole and checked against the vendor's rules.
//   - The gateway wants heartbeats, knows resume, and can be told to fall silent, to close with a code or to ask anything.
//
// Read is the vendor's mark-up as its clients read it.
package discordtest
