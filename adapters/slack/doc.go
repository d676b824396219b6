// Package slack brings alerts to a Slack workspace and its people's commands to the Desk.
//
// An Adapter serves the one workspace of its bot token. It receives through Socket Mode, through signed HTTP requests, or
// both, and posts through the Web API.
//
// # Invariants
//
//   - A post is one HTTP request: nothing here or below repeats it. What became of it is decided in errors.go alone.
//   - Untrusted text stands in rich_text and plain_text only, or escaped in the fallback text; it is never read as mrkdwn.
//     Links are http(s). Nobody is pinged but Alert.Ping, and only by the root of a story.
//   - An envelope, event or request has one effect however often Slack or anybody else sends it: what was seen is
//     remembered, within a bound.
//   - No acknowledgement waits for the work; the answer goes through the response URL, whose host is Slack's.
//   - A request over HTTP is believed for its signature only, five minutes at most, and only its body counts.
//   - After a refused token no call is made. Tokens, signatures and response URLs are in no log and no error.
package slack
