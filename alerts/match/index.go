package match

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// An Index holds the patterns of all watches and finds those of which a Doc speaks, in two stages. A pattern is filed
// under keys of which every text has one in which it fires; a sweep over the text's bytes gives the text's keys. Only
// the patterns that come out of that are compiled, and judged word by word. All methods may be called at the same time,
// and Find never waits for Put or Remove.
type Index struct {
	table   table
	pairs   pairTable // patterns by two of ears, or a whole name's sound
	ears    ears
	records numbered[record]
	cues    cues
	needs   needs
	kept    shelf[Pattern]
	anyDoc  atomic.Pointer[[]uint32] // patterns without a key, tried on every Doc
	stemmed atomic.Int64             // patterns that look for words and what they begin with
	heeding atomic.Int64             // queries that look for people, by their sound too
	heard   atomic.Int64             // names that are filed by their sound
	reach   atomic.Uint32            // tokens of the longest phrase that was ever filed
	parts   atomic.Uint32            // and parts of the surname that has most

	changes atomic.Int64 // of the index, counted before and after each
	classes classes
	marks   func() *markWords
	resting resting

	mu     sync.Mutex // of what follows, for Put and Remove alone
	ids    pairTable  // patterns by their ids
	free   []uint32
	next   uint32
	asked  map[uint64]int32 // in how many patterns' clauses a key is
	givens plainGivens
	filing filings // of the pattern that is put or removed
	needed []uint32
}

// NewIndex makes an empty index.
func NewIndex() *Index {
	x := &Index{asked: map[uint64]int32{}, givens: plainGivens{}}
	x.marks = sync.OnceValue(func() *markWords { return newMarkWords(functionWords()) })
	return x
}

// Put files a pattern under an id, in place of what was there. A nil pattern only removes.
func (x *Index) Put(id string, p *Pattern) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.changes.Add(1)
	defer x.changes.Add(1)
	before, replaced := x.refOf(id)
	if p != nil {
		x.add(id, p) // first, so that at no time neither is found
	}
	if replaced {
		x.remove(before)
	}
}

// Remove takes the pattern of an id out; an unknown id is fine.
func (x *Index) Remove(id string) { x.Put(id, nil) }

// Settle gives back the room that is kept for patterns to come. It is for who has put all of them: the first that are put or
// removed after it take longer.
func (x *Index) Settle() {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, t := range []*pairTable{&x.pairs, &x.ears.given, &x.ears.surnames, &x.ears.bearers, &x.ears.longs, &x.ears.numbers, &x.needs.shared, &x.ids} {
		t.settle()
	}
	x.table.settle()
	x.cues.table.settle()
	x.ears.words.settle()
	x.givens, x.filing, x.needed = plainGivens{}, filings{}, nil
}

// refOf is the reference of the pattern with an id.
func (x *Index) refOf(id string) (ref uint32, ok bool) {
	return x.ids.that(idKey(id), func(ref uint32) bool { return x.records.get(ref).id == id })
}

func idKey(id string) uint64 { return salted(hashWord(id), saltID) }

// file lists where a pattern is to be found, till the next call.
func (x *Index) file(p *Pattern, asked census) *filings {
	f := &x.filing
	f.reset()
	if n, ok := plainNameOf(p.spec); !ok || !f.plain(n, x.givens) {
		p.file(f, asked)
	}
	return f
}

func (x *Index) add(id string, p *Pattern) {
	f := x.file(p, func(key uint64) int { return int(x.asked[key]) })
	x.reach.Store(max(x.reach.Load(), uint32(f.reach))) //nolint:gosec // at most maxJoined * maxName
	x.parts.Store(max(x.parts.Load(), uint32(f.parts))) //nolint:gosec // at most maxName
	ref := x.newRef()
	var places []needPlace
	x.needed = x.needed[:0]
	for _, block := range f.needs {
		if block.shared {
			x.needed = append(x.needed, x.needs.share(block.clauses))
			continue
		}
		place := needPlace{x.needs.put(block.clauses), len(block.clauses)}
		places, x.needed = append(places, place), append(x.needed, place.number)
	}
	r := newRecord(id, p.spec, places)
	x.records.put(ref, r)
	if places := x.cues.add(ref, f.query); len(places) > 0 {
		r.more.programs = places
	}
	x.ids.add(idKey(id), ref)
	for _, key := range f.words {
		x.asked[key]++
	}
	if p.stemmed() {
		x.stemmed.Add(1)
	}
	if p.query.heeds() {
		x.heeding.Add(1)
	}
	for _, pair := range f.pairs {
		x.pairs.add(x.ears.put(pair, !r.isOfTwoWords()), ref)
	}
	x.heard.Add(int64(len(f.pairs)))
	for _, key := range f.whole {
		x.pairs.add(key, ref)
	}
	for _, l := range f.list {
		need := l.need
		if need != 0 && need&needKey == 0 {
			need = x.needed[need-1]
		}
		x.table.add(l.key, ref|l.mode, l.word, need)
	}
	if f.any || len(f.list)+len(f.pairs)+len(f.whole)+len(f.query.alternatives) == 0 {
		x.tryAlways(func(refs []uint32) []uint32 { return append(refs, ref) })
	}
}

func (x *Index) newRef() uint32 {
	if n := len(x.free); n > 0 {
		ref := x.free[n-1]
		x.free = x.free[:n-1]
		return ref
	}
	x.next++
	return x.next - 1
}

func (x *Index) remove(ref uint32) {
	r := x.records.get(ref)
	p := r.compile()
	f := x.file(p, func(uint64) int { return 0 })
	x.ids.remove(idKey(r.id), ref)
	for _, key := range f.all {
		x.table.remove(key, ref)
	}
	x.cues.remove(ref, f.query)
	for _, key := range f.words {
		if x.asked[key]--; x.asked[key] <= 0 {
			delete(x.asked, key)
		}
	}
	if p.stemmed() {
		x.stemmed.Add(-1)
	}
	if p.query.heeds() {
		x.heeding.Add(-1)
	}
	for _, pair := range f.pairs {
		x.pairs.remove(x.ears.pair(pair), ref)
		x.ears.drop(pair, !r.isOfTwoWords())
	}
	x.heard.Add(-int64(len(f.pairs)))
	for _, key := range f.whole {
		x.pairs.remove(key, ref)
	}
	if f.any || len(f.list)+len(f.pairs)+len(f.whole)+len(f.query.alternatives) == 0 {
		x.tryAlways(func(refs []uint32) []uint32 { return slices.DeleteFunc(refs, func(r uint32) bool { return r == ref }) })
	}
	for _, block := range f.needs {
		if block.shared {
			x.needs.unshare(block.clauses)
		}
	}
	if r.more != nil {
		for _, place := range r.more.needs {
			x.needs.drop(place.number, place.size)
		}
		for _, place := range r.more.programs {
			x.cues.programs.drop(place.number, place.size)
		}
	}
	x.records.put(ref, nil)
	x.free = append(x.free, ref)
}

func (x *Index) tryAlways(change func([]uint32) []uint32) {
	var refs []uint32
	if old := x.anyDoc.Load(); old != nil {
		refs = slices.Clone(*old)
	}
	refs = change(refs)
	x.anyDoc.Store(&refs)
}

// sifter gives one that nobody else has, till it rests.
func (x *Index) sifter() *sifter {
	if s := x.resting.take(); s != nil {
		return s
	}
	return newSifter(x)
}

// Find tells what the index's patterns find in a Doc.
func (x *Index) Find(d Doc) Result {
	s := x.sifter()
	defer s.rest()
	found := s.candidates(d)
	if len(found) == 0 {
		return Result{}
	}
	t := s.textOf(d)
	r := &s.result
	last := ""
	for i, c := range found {
		if i > 0 && c.id == last {
			continue // replaced meanwhile: one of both is enough
		}
		last = c.id
		x.judge(s, t, c, r)
	}
	return r.taken()
}

// taken is a copy of a result, which is emptied.
func (r *Result) taken() Result {
	var out Result
	if len(r.Matches) > 0 {
		out.Matches = slices.Clone(r.Matches)
		clear(r.Matches)
	}
	if len(r.NearMisses) > 0 {
		out.NearMisses = slices.Clone(r.NearMisses)
		clear(r.NearMisses)
	}
	r.Matches, r.NearMisses = r.Matches[:0], r.NearMisses[:0]
	return out
}

// judge adds what a candidate really finds.
func (x *Index) judge(s *sifter, t *text, c candidate, r *Result) {
	if c.group > 0 {
		g := &s.groups[c.group-1]
		r.NearMisses = append(r.NearMisses, NearMiss{ID: c.id, Evidence: g.evidenceFor(t, c.record.written.name()), Reason: g.miss.reason})
		return
	}
	heard := s.heardAlone(t, c)
	if heard != nil && s.judgeHeard(t, c, heard, r) {
		return
	}
	p := s.made(c.record)
	if p.stemmed() {
		t.addStems()
	}
	hits, misses := s.findIn(t, p, c.ref, heard)
	if m, ok := t.match(c.id, hits); ok {
		r.Matches = append(r.Matches, m)
		return
	}
	if len(misses) > 0 {
		slices.SortFunc(misses, func(a, b miss) int { return a.compare(b.hit) })
		nearMiss(t, c, misses[0], r)
	}
}

func nearMiss(t *text, c candidate, m miss, r *Result) {
	r.NearMisses = append(r.NearMisses, NearMiss{ID: c.id, Evidence: t.evidence(m.hit), Reason: m.reason})
}

// findIn is find of a candidate, which looks no further than where the sifter has seen its words, and remembers what comes of
// two that were heard alone.
func (s *sifter) findIn(t *text, p *Pattern, ref uint32, heard *heardRef) ([]hit, []miss) {
	if t.guided = t == &s.page && s.guides(p); t.guided {
		s.standsOf(ref)
	}
	hits, misses := p.find(t)
	if heard != nil && t.guided {
		s.keepOutcome(heard, p, hits, misses)
	}
	if t.guided && heardInFull(hits) { // now what sounds like the surname alone counts
		before := len(s.stands.at)
		t.guided = s.soundsOf(ref, p.named())
		if !t.guided || len(s.stands.at) > before {
			hits, misses = p.find(t)
		}
	}
	t.guided = false
	return hits, misses
}

// A candidate is a pattern that may fire.
type candidate struct {
	record *record
	id     string // the record's
	ref    uint32
	group  int // of sifter.groups, counted from 1, whose near miss is the candidate's; 0: it has to be judged
}

func (c candidate) compare(o candidate) int { return strings.Compare(c.id, o.id) }
