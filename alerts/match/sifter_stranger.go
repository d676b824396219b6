package match

// strangers remember, while the index is as seen, what none who bears a surname has: a first name beside it. They grow up to a bound;
// then one makes room for another.
type strangers struct {
	tags   []uint64
	missed int // since tags grew
}

const (
	minStrangers = 1 << 10
	maxStrangers = 1 << 16 // 512 KiB
)

// forget forgets all.
func (l *strangers) forget() { clear(l.tags) }

// four are the places of a tag.
func (l *strangers) four(tag uint64) []uint64 {
	at := tag >> 9 & uint64(len(l.tags)-ways) //nolint:gosec // a length
	return l.tags[at : at+ways]
}

// has tells a tag that was kept.
func (l *strangers) has(tag uint64) bool {
	if len(l.tags) == 0 {
		return false
	}
	four := l.four(tag)
	return four[0] == tag || four[1] == tag || four[2] == tag || four[3] == tag
}

// keep keeps a tag.
func (l *strangers) keep(tag uint64) {
	if l.missed++; l.missed > len(l.tags)/4 && len(l.tags) < maxStrangers {
		old := l.tags
		l.tags, l.missed = make([]uint64, min(maxStrangers, max(minStrangers, 8*len(old)))), 0
		for _, t := range old {
			if t != 0 {
				l.put(t)
			}
		}
	}
	l.put(tag)
}

func (l *strangers) put(tag uint64) {
	four := l.four(tag)
	at := int(tag >> 60 & (ways - 1))
	for k := range four {
		if four[k] == 0 {
			at = k
			break
		}
	}
	four[at] = tag
}
