// Package e2e runs the program against independent implementations of Discord and Slack, on loopback: the real binary,
// real feeds over HTTP, and every request to a vendor checked against the vendor's own description of its API.
//
//	make e2e
//
// The peers are npm packages at pinned versions (package-lock.json); the first run installs them. The vendors'
// descriptions are looked for in ../shared/protocol; where they are absent the checks are left out, and the tests say so.
//
// # Invariants
//
//   - Nothing leaves loopback.
//   - The binary is built as it ships (no cgo) and runs under the container's constraints where the system allows it: an
//     unprivileged user, everything read-only but one folder.
package e2e
