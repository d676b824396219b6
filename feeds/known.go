package feeds

import (
	"encoding/base64"
	"encoding/binary"
	"hash/fnv"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// maxKnown is how many items of a feed are remembered, to be passed over where they stand unchanged.
const maxKnown = 250

// Traces are what is remembered of a feed's items from one body to the next, by the hash of their text in the body. An
// item whose text is there again need not be parsed: it is known, and says nothing new.
type traces map[uint64]trace

// A trace is by what an item that was not parsed is still seen: whether one that is parsed shares its id or its page.
// Both are hashes; a page of 0 is none.
type trace struct{ key, page uint32 }

const traceBytes = 8 + 4 + 4

func tracesOf(m alerts.Manners) traces {
	b, err := base64.RawStdEncoding.DecodeString(m.Known)
	if err != nil || len(b)%traceBytes != 0 {
		return nil
	}
	out := make(traces, len(b)/traceBytes)
	for ; len(b) > 0; b = b[traceBytes:] {
		out[binary.LittleEndian.Uint64(b)] = trace{binary.LittleEndian.Uint32(b[8:]), binary.LittleEndian.Uint32(b[12:])}
	}
	return out
}

// remember returns what is to be remembered of the feed as it stands now; "" where its items can't be told apart one by
// one, or not all of it was read, so that it is read whole each time.
func (d Document) remember(l listing, before traces) string {
	if costly(d.Warnings) != "" || l.shares {
		return ""
	}
	b := make([]byte, 0, traceBytes*min(len(l.articles)+len(d.still), maxKnown))
	add := func(raw uint64, t trace) {
		if raw != 0 && len(b) < traceBytes*maxKnown {
			b = binary.LittleEndian.AppendUint64(b, raw)
			b = binary.LittleEndian.AppendUint32(b, t.key)
			b = binary.LittleEndian.AppendUint32(b, t.page)
		}
	}
	for _, a := range l.articles {
		add(a.Raw, traceOf(a))
	}
	for _, s := range d.still {
		add(s.Raw, before[s.Raw])
	}
	return base64.RawStdEncoding.EncodeToString(b)
}

func traceOf(a alerts.Article) trace {
	t := trace{key: shortHash(a.Key)}
	if a.Canonical != "" {
		t.page = shortHash(a.Canonical)
	}
	return t
}

func shortHash(s string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(s))
	return h.Sum32()
}

// doubtful tells whether the document must be read whole to be understood: an item of it shares an id or a page with one
// that was passed over, or not all of it could be read.
func (d Document) doubtful(l listing, before traces) bool {
	if d.passed == 0 {
		return false
	}
	if len(d.still) < d.passed || costly(d.Warnings) != "" || l.shares {
		return true
	}
	keys, pages := map[uint32]bool{}, map[uint32]bool{0: false}
	for _, s := range d.still {
		t := before[s.Raw]
		keys[t.key] = true
		pages[t.page] = t.page != 0
	}
	for _, a := range l.articles {
		if t := traceOf(a); keys[t.key] || pages[t.page] {
			return true
		}
	}
	return false
}

// sift gives the document's items their hashes, if it is certain which is whose.
func (d *Document) sift(s *sieve) {
	d.passed = len(s.still)
	if s.mixed || len(s.raws) != len(d.Items) {
		return
	}
	d.still = s.still
	for i, raw := range s.raws {
		d.Items[i].raw = raw
	}
}

// stillAmong returns what was passed over, with the places that it has among the articles: items led to none, perhaps.
func (d Document) stillAmong(l listing) []alerts.Still {
	out := make([]alerts.Still, 0, len(d.still))
	for _, s := range d.still {
		ahead := len(l.articles)
		if s.Ahead < len(l.ahead) {
			ahead = l.ahead[s.Ahead]
		}
		out = append(out, alerts.Still{Raw: s.Raw, Ahead: ahead})
	}
	return out
}
