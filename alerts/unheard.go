package alerts

import "time"

// Unheard is a time whose events of a platform's are lost: a connection ended, and its session could not be resumed. What
// people typed or pressed then was not heard, which the platform told them. Unique by platform and begin.
type Unheard struct {
	Platform string
	From     time.Time // when the connection ended
	To       time.Time // when the new session began, not before From
}
