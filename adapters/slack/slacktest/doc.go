// Package slacktest is a Slack that runs on loopback: Web API, Socket Mode and signed requests, with Slack's rules.
//
// # Invariants
//
//   - A method needs its scope, a post its channel's membership, a token its validity: else Slack's own error.
//   - What breaks a limit of Block Kit is refused as Slack refuses it, and kept in Complaints with the reason.
//   - A channel takes one message each Config.Every; what comes earlier is answered 429 and counted in Refused. A call
//     made before a Retry-After has ended is counted in Early.
//   - Every accepted message is kept, so a post that was sent twice shows twice: Count tells by delivery id.
//   - A message is read as Slack's clients read it: mrkdwn, mentions, links and escapes are interpreted, blocks before text.
//   - It knows nothing of the adapter: plain net/http and gorilla/websocket.
package slacktest
