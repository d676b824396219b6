package match

import (
	"encoding/binary"
	"math"
	"slices"
	"strings"
)

// A cue is keys of which a text shows one where it speaks of what a query asks for: a word, mostly.
type cue struct {
	id    string   // the same for cues of the same keys
	keys  []uint64 // where there is no part
	part  *part    // has the keys; nil for none
	title bool     // counts in the title alone
}

// A cueKey is a key that tells of a cue in texts of some languages.
type cueKey struct {
	key     uint64
	tongues uint32 // a bit for each of stemLanguages; everyTongue
}

const everyTongue = math.MaxUint32

// tongueBit is that of a language, every one for those that have none.
func tongueBit(language string) uint32 {
	if i := slices.Index(stemLanguages(), language); i >= 0 {
		return 1 << i
	}
	return everyTongue
}

// newCue is a cue with keys, in all languages.
func newCue(keys []uint64, title bool) cue {
	id := []byte{0}
	for _, key := range keys {
		id = binary.LittleEndian.AppendUint64(id, key)
	}
	return cue{id: string(id), keys: keys, title: title}
}

// cue is that of a word that has one.
func (w *word) cue(title bool) cue {
	return cue{id: w.joined.fold + "\x00" + strings.ToLower(w.joined.raw) + "\x00" + w.joined.many, part: &w.joined, title: title}
}

// listKeys are the cue's keys. What is a stem in one language is another word in the next.
func (c *cue) listKeys() []cueKey {
	var list []cueKey
	if c.part == nil {
		for _, key := range c.keys {
			list = append(list, cueKey{key, everyTongue})
		}
		return list
	}
	list = append(list, cueKey{wordKey(c.part.fold), everyTongue})
	if c.part.many != "" {
		list = append(list, cueKey{wordKey(c.part.many), everyTongue})
	}
	if c.part.raw == "" {
		return list
	}
	for i, language := range stemLanguages() {
		s := stem(language, c.part.raw)
		if s == "" {
			continue
		}
		key := wordKey(s)
		k := slices.IndexFunc(list, func(other cueKey) bool { return other.key == key })
		if k < 0 {
			k = len(list)
			list = append(list, cueKey{key: key})
		}
		list[k].tongues |= 1 << i
	}
	return list
}

// A cueClause is cues of which a text must have one, for a query to fire there.
type cueClause struct {
	any    []cue
	common bool // too frequent to choose texts by, where there is another
}

// A link says where the words of two cues must stand: b next behind a, or with fewer than within words between.
type link struct {
	a, b   cue
	within int // 0: b begins where a ends
}

// A topicFiling is where a query may be true: where all clauses and links of one of its alternatives hold.
type topicFiling struct {
	alternatives []alternative
	words        []cue // of all words, for a text that was read to have their places
}

type alternative struct {
	clauses []cueClause
	links   []link
}

// topic files each alternative of a query by itself.
func (f *filings) topic(n *node) {
	if n.op == opOr {
		for _, kid := range n.kids {
			f.topic(kid)
		}
		return
	}
	all := n.cues(false)
	if len(all) == 0 {
		f.any = true
		return
	}
	f.query.alternatives = append(f.query.alternatives, alternative{all, n.links(false, nil)})
}

// words adds the cues of all words of one part.
func (n *node) words(list []cue) []cue {
	if n.op == opTerm {
		for i := range n.term.words {
			if w := &n.term.words[i]; w.cued() {
				list = append(list, w.cue(false))
			}
		}
	}
	for _, kid := range n.kids {
		list = kid.words(list)
	}
	return list
}

// cued tells a word of a query that has a cue of its own: of one part.
func (w *word) cued() bool {
	return w.asked && len(w.parts) == 1
}

// cues all hold where the query is true. None is where words cannot tell.
func (n *node) cues(title bool) []cueClause {
	switch n.op {
	case opTerm:
		return n.term.cues(title)
	case opPerson:
		c := n.person.clause()
		return []cueClause{{[]cue{newCue(c.keys, title)}, c.common}}
	case opTitle:
		return n.kids[0].cues(true)
	case opNot, opSource:
		return nil
	case opOr:
		var either cueClause
		for _, kid := range n.kids {
			all := kid.cues(title)
			if len(all) == 0 {
				return nil
			}
			b := bestCues(all)
			either = cueClause{append(either.any, b.any...), either.common || b.common}
		}
		return []cueClause{either}
	default: // opAnd, opNear
		var all []cueClause
		for _, kid := range n.kids {
			all = append(all, kid.cues(title)...)
		}
		return all
	}
}

// bestCues is the clause with the fewest cues, of rarer words first.
func bestCues(all []cueClause) cueClause {
	return slices.MinFunc(all, func(a, b cueClause) int {
		if a.common != b.common {
			if a.common {
				return 1
			}
			return -1
		}
		return len(a.any) - len(b.any)
	})
}

func (t *term) cues(title bool) []cueClause {
	if t.prefix != "" {
		return []cueClause{{any: []cue{newCue([]uint64{prefixKey(t.prefix)}, title)}}}
	}
	var all []cueClause
	for i := range t.words {
		w := &t.words[i]
		if w.cued() {
			all = append(all, cueClause{[]cue{w.cue(title)}, isCommonWord(w.joined.fold)})
			continue
		}
		for _, c := range w.clauses(asWritten) {
			all = append(all, cueClause{[]cue{newCue(c.keys, title)}, c.common})
		}
	}
	return all
}

// links all hold where the query is true: those of the words of its phrases, and of both sides of NEAR/n.
func (n *node) links(title bool, list []link) []link {
	switch n.op {
	case opTerm:
		for i := 1; i < len(n.term.words); i++ {
			list = n.term.words[i-1].link(&n.term.words[i], title, list)
		}
	case opTitle:
		return n.kids[0].links(true, list)
	case opAnd, opNear:
		for _, kid := range n.kids {
			list = kid.links(title, list)
		}
		if a, b := n.kids[0].loneWord(), n.kids[1].loneWord(); n.op == opNear && a != nil && b != nil {
			list = append(list, link{a.cue(title), b.cue(title), n.within})
		}
	}
	return list
}

func (w *word) link(next *word, title bool, list []link) []link {
	if !w.cued() || !next.cued() {
		return list
	}
	return append(list, link{w.cue(title), next.cue(title), 0})
}

// loneWord is the word of a term that is one.
func (n *node) loneWord() *word {
	if n.op != opTerm || len(n.term.words) != 1 || !n.term.words[0].cued() {
		return nil
	}
	return &n.term.words[0]
}

// weight tells how often texts may have one of the clause's cues, as far as other queries' cues tell.
func (c *cueClause) weight(uses func(cue) int) int {
	sum := 0
	for _, one := range c.any {
		n := titleWeight * (1 + uses(one))
		if one.title {
			n /= titleWeight
		}
		sum += n
	}
	if c.common {
		sum += math.MaxInt32
	}
	return sum
}

// titleWeight is how much rarer a word is in titles than in texts, at a guess.
const titleWeight = 8
