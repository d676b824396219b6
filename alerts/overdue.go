package alerts

import "time"

const (
	// FewWaiting is how many messages are posted one by one, however long they waited.
	FewWaiting = 20
	// MostCondensed is how many stories are told in one message, which bounds the transaction that makes it.
	MostCondensed = 1000

	overdueAfter = 10 * time.Minute // so long the oldest of them has waited
)

// A Waiting is a message that is to open a story in a channel and was never tried.
type Waiting struct {
	Delivery   Delivery // with the newest alert that was recorded for the story
	Feed       FeedID   // of the article that it tells
	ArticleKey string
	Since      time.Time // when it could have been sent first
}

// HeldUp tells whether a message that waited since then was held up: by an outage, a stop or a platform's limits.
func HeldUp(since, now time.Time) bool { return now.Sub(since) >= overdueAfter }

// Condense makes one message of those that wait in a channel, in order, once one got through: if there are more than
// twenty and the oldest has waited for ten minutes. Stories are told in it like all that are gathered; each is one of
// told, and may be told by its own message no more. With more than a thousand it takes the first thousand. ok is false
// if they are posted one by one.
func Condense(waiting []Waiting, now time.Time) (b Batch, told []Gathering, ok bool) {
	if len(waiting) <= FewWaiting || !HeldUp(waiting[0].Since, now) {
		return Batch{}, nil, false
	}
	for _, w := range waiting[:min(len(waiting), MostCondensed)] {
		a := w.Delivery.Alert
		told = append(told, Gathering{
			Channel: w.Delivery.Channel, Story: w.Delivery.Story, Feed: w.Feed, ArticleKey: w.ArticleKey, Reason: Overdue, At: now,
			Piece: Piece{
				Title: a.Title, URL: a.URL, Published: a.Published, Source: a.source(), Matches: a.Matches,
				Hold: w.Delivery.OnUncertain == Hold, Pings: a.Pings(),
			},
		})
	}
	return batch(told[0].Channel, told), told, true
}

// source is the outlet where the alert's title is from.
func (a Alert) source() AlertSource {
	if len(a.Sources) == 0 {
		return AlertSource{}
	}
	return a.Sources[0]
}
