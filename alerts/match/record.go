package match

import (
	"sync"
	"sync/atomic"
)

// A record is a pattern as the index keeps it: what it was written as, compiled only while it is in use.
type record struct {
	id       string
	written  packedSpec
	more     *recordMore // nil where there is nothing
	compiled atomic.Pointer[Pattern]
}

// recordMore is what few patterns have.
type recordMore struct {
	needs    []needPlace
	programs []needPlace // of cues: for who adds and removes alone
}

// A needPlace is where clauses of the record alone stand among the index's needs.
type needPlace struct {
	number uint32
	size   int
}

func newRecord(id string, s Spec, needs []needPlace) *record {
	r := &record{id: id, written: pack(s)}
	if len(needs) > 0 || s.Kind == Topic {
		r.more = &recordMore{needs: needs}
	}
	return r
}

// isNameAlone tells a person's name of which nothing is kept but that.
func (r *record) isNameAlone() bool { return r.more == nil && r.written.isName() }

// isOfTwoWords tells a person's name of two words of which nothing is kept but that.
func (r *record) isOfTwoWords() bool { return r.isNameAlone() && isOfTwoWords(r.written.name()) }

// isName tells a Spec of a person's name and nothing else.
func (s *Spec) isName() bool {
	return len(s.Aliases) == 0 && len(s.Near) == 0 && len(s.Not) == 0 && s.Query == "" && !s.Surname && !s.Exact && s.Kind == Person
}

func (r *record) spec() Spec { return r.written.spec() }

// compile makes the record's pattern ready; it was compiled before, so there is no error.
func (r *record) compile() *Pattern {
	p, err := Compile(r.spec())
	if err != nil {
		panic(err) // a Spec does not change
	}
	return p
}

// numbered are things with numbers. One goroutine at a time puts, any number get.
type numbered[T any] struct {
	chunks atomic.Pointer[[]*numberedChunk[T]]
}

const numberedBits = 12

type numberedChunk[T any] [1 << numberedBits]atomic.Pointer[T]

// get gives the thing of a number, nil where it was taken out.
func (l *numbered[T]) get(n uint32) *T {
	return (*l.chunks.Load())[n>>numberedBits][n&(1<<numberedBits-1)].Load()
}

// put puts a thing in the place of a number, at most one more than the highest before.
func (l *numbered[T]) put(n uint32, thing *T) {
	var chunks []*numberedChunk[T]
	if p := l.chunks.Load(); p != nil {
		chunks = *p
	}
	if int(n>>numberedBits) == len(chunks) {
		chunks = append(chunks[:len(chunks):len(chunks)], new(numberedChunk[T]))
		l.chunks.Store(&chunks)
	}
	chunks[n>>numberedBits][n&(1<<numberedBits-1)].Store(thing)
}

// A shelf keeps as many things made as its size says, those that were made last.
type shelf[T any] struct {
	mu   sync.Mutex
	ring []*atomic.Pointer[T]
	at   int
}

const shelfSize = 4096 // patterns that are kept compiled

// keep gives what stands in a place, or else makes it, in place of the one put on the shelf longest ago where there is no
// room. What can't be made is nil.
func (s *shelf[T]) keep(place *atomic.Pointer[T], size int, make func() *T) *T {
	if thing := place.Load(); thing != nil {
		return thing
	}
	thing := make()
	s.mu.Lock()
	defer s.mu.Unlock()
	if thing == nil || !place.CompareAndSwap(nil, thing) {
		return place.Load()
	}
	if len(s.ring) < size {
		s.ring = append(s.ring, place)
		return thing
	}
	s.ring[s.at].Store(nil)
	s.ring[s.at] = place
	s.at = (s.at + 1) % size
	return thing
}
