// Package alerts is the heart of Attaché: the nouns, and the two verbs that turn an article into a message.
//
// Engine.Ingest turns visits to feeds into articles, stories, decisions and deliveries; Dispatcher.Drain turns
// deliveries into posted messages. The package does no I/O of its own: what it needs from outside it names as the
// small interfaces Ledger, Outbox and Poster.
//
// # Glossary
//
//   - Workspace: a Discord guild, a Slack team or the console. It owns watchlists, subscriptions and roles; nothing
//     crosses from one to another. The configuration file is the workspace File: it belongs to nobody, is read-only in
//     chat, and what it lists every workspace hears.
//   - Feed: a URL that is polled by a cron schedule, with the label of its source.
//   - Article: one item of a feed, as plain text.
//   - Visit: one poll of one feed and all that came of it.
//   - Watch: a person, topic or country to look out for. Watchlist: a named set of watches.
//   - Subscription: a channel that hears a watchlist, and how.
//   - Match: a watch found in an article, with evidence.
//   - Story: articles about one event. Alert: a story as one channel sees it.
//   - Decision: what was done with one match for one subscription, and why.
//   - Delivery: a row of the outbox: one post, reply or edit to one channel.
//   - Near miss: a watch that almost fired, with what was missing. It is kept and never announced.
//   - Backtest: deciding again about recorded articles, for a watch on trial.
//
// # Invariants
//
//   - A delivery is recorded in the same transaction as the articles that caused it, or not at all.
//   - A claim is durable before the first byte leaves; attempts and the next try are written before the send, so that a
//     crash loop still backs off.
//   - A lease belongs to a channel, not to a row: never two sends into one channel at once, so order holds.
//   - The first visit to a feed records its articles and announces none (or the newest few, if the feed says so).
//   - Unique keys make every repeat of planning harmless: an article is unique by feed and key, a delivery by channel,
//     story and part. Pruning drops texts and keeps keys.
//   - A story has one message that stands in a channel. Only where its root failed for good does another (RootPart) open it.
//   - Every match leaves a Decision with its Reason for every subscription that hears its watch.
//   - Plan is a function of values: the same visit, world and time give the same outcome.
//   - A Backtest decides by the code of Plan, over the articles and stories as they were recorded: what it predicts is what
//     live matching does.
package alerts
