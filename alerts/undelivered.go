package alerts

import "time"

// A Want says why deliveries have not arrived. But for those that wait, nothing more is done about them without a person.
type Want string

// What may be wanting.
const (
	WantFailed    Want = "failed"    // dead letters: surely not posted, and not tried again
	WantUncertain Want = "uncertain" // held, since nobody can tell whether they were posted
	WantHeld      Want = "held"      // they wait for a channel that is stopped
	WantWaiting   Want = "waiting"   // tried without success, and tried again
)

// Wants are all of them, in the order in which they are told.
func Wants() []Want { return []Want{WantFailed, WantUncertain, WantHeld, WantWaiting} }

// An Undelivered is a delivery that has not arrived, as people see it.
type Undelivered struct {
	ID       int64 // by which it is tried again or discarded
	Channel  Channel
	Part     Part
	Alert    Alert
	Want     Want
	Reason   string    // in plain words
	Attempts int       // sends begun
	At       time.Time // when it was recorded
	Next     time.Time // with WantWaiting: the next try; else zero
	Queued   int       // with WantWaiting: how many deliveries wait in its channel, this one too; else 0
}
