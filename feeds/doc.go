// Package feeds is the web: it says when a feed is due, fetches it politely and safely, and reads it as plain text.
//
// Read turns bytes into a Document, Fetcher.Fetch makes one conditional GET, Visit turns what came of it into an
// alerts.Visit, and Poller.PollDue does so for every feed that the Queue says is due. Fetcher.Find looks for the feeds of a
// site, Pages.Enrich reads the pages behind new articles, ReadOPML and WriteOPML are lists of feeds.
//
// # Invariants
//
//   - The address of every connection is judged at dial time, after the name was resolved and again at each redirect;
//     where the operator named a proxy, what it is asked for is judged. Only Options.AllowPrivate lifts that,
//     and not for ports where Options.AllowPorts lists them.
//   - Nothing is read without a bound: not the time, the body before and after decompression, the items, the depth, and
//     not the text of all that is read and not yet recorded.
//   - What leaves Read is valid UTF-8 without control characters but newline, without bidi controls and tag characters,
//     and its links are absolute http or https.
//   - Validators are kept and sent back byte for byte. No cookies, no referrer, no query added; what is granted
//     for a feed (Access) goes to its own origin alone.
//   - A feed that fails is a visit with a sentence for people in its cursor, never a lost one; the sentence names no
//     address and no port state.
//   - A feed is never polled before the server's Retry-After, though the clock is set meanwhile, and Next is never in the past
//     and never zero.
//   - A permanent move is believed late, and across owners only with an admin's word.
//   - What a hub sends (WebSub) is not believed: it only makes a feed due.
//   - What a page adds to an article is there within some seconds or not at all; the feed's own text is never lost by it.
//   - Only this package imports gofeed.
package feeds
