package alerts

import (
	"time"

	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// A NearMiss is a watch that nearly fired on an article, for one subscription that hears it: a surname without the full
// name, say. It is never announced. Unique by channel, list, watch and article; where a watch fired there is none.
type NearMiss struct {
	Channel    Channel
	List       ListRef
	Watch      string // its name
	Feed       FeedID
	ArticleKey string
	Evidence   match.Evidence
	Reason     string // in plain words: what was missing
	At         time.Time
}

// nearly is a watch that nearly fired on an article.
type nearly struct {
	listed
	miss match.NearMiss
}

// nearHit is a watch that nearly fired, for one channel.
type nearHit struct {
	nearly
	channel Channel
}

// nearMisses plans to keep what nearly fired.
func (p *planner) nearMisses(f Feed, a Article, all []nearHit) {
	o := &p.outcomes[len(p.outcomes)-1]
	for _, n := range all {
		o.NearMisses = append(o.NearMisses, NearMiss{
			Channel: n.channel, List: n.list, Watch: n.watch.Name, Feed: f.ID, ArticleKey: a.Key,
			Evidence: n.miss.Evidence, Reason: n.miss.Reason, At: p.now,
		})
	}
}
