// Package commands is what people can ask and change, platform-free: one Desk, used by chat, console and web alike.
//
// An adapter turns what its platform sends into a Request, gives it to the Desk, and draws the Reply. The grammar is
// data (Catalog), from which Discord's slash commands, Slack's and the console's text grammar and /help are all made.
//
// # Invariants
//
//   - Whether a person may do a thing is decided here, each time, and nowhere else.
//   - Nothing of one workspace is ever shown to or changed by another. What the file provides is read-only.
//   - Every change is one store call that writes its audit row in the same transaction.
//   - Do always answers: a mistake of the user is answered with what to do next, a fault of ours with a reference that
//     the operator finds in the log, and nothing of its inside.
//   - A Reply is meaning, not mark-up: adapters escape every span.
//
// # Who sees a reply
//
// What changes something for the channel or the team (watches, subscriptions, feeds: Command.Public) is answered where
// all see it. Everything else is for the person who asked alone: help, look-ups, lists, why, and every mistake, refusal
// and fault. The sample of /test is seen by all; that it is on its way is told to the person.
//
// # Two ways in
//
// Do takes a command with its options, as Discord has them. DoLine takes a typed line, as Slack and the console have it,
// and writes its advice the way the person types.
package commands
