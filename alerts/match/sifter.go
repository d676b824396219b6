package match

import (
	"slices"
	"sync"
)

// A sifter finds the patterns that are worth trying on a Doc. It is used by one goroutine at a time and takes no memory
// once it has seen enough text.
type sifter struct {
	x          *Index
	sweep      sweep
	doc        Doc
	topics     bool // the index has patterns that look for words
	heeding    bool // and queries that look for people
	glances    glances
	lowered    foldSet          // of the Doc: see mayBeLowered
	maybe      [maxLanes]uint64 // scratch of lookASCII
	memo       memo             // of tokens
	live       []uint32         // tokens of which something may come
	close      []uint32         // tokens that the next may be read with as one word
	odd        []uint32         // tokens that may be names by their sound
	bytes      [256]byteTraits
	keys       []uint64 // all of the Doc, for the holdings
	tried      []uint64 // those of a token or unit
	held       []uint64 // those of a unit, while the holdings are filled
	spelt      []uint64 // those of a word that is new
	words      []string
	folds      []foldedToken
	spellings  map[string]string // folds, by themselves
	buf        []byte
	joint      []byte               // see joined
	tongue     tongue               // of the Doc
	tongues    [6]map[string]tongue // by language; see tongueOf
	numbered   uint8
	page       text // of the Doc, for the patterns that are tried
	paged      bool // it is read
	placed     placing
	holdings   holdings
	around     holdings  // see meets
	aroundFrom [2]uint32 // the tokens from and to which around is
	twos       []uint64  // of the Doc: keys of two characters, by the token of the first
	fits       fitTable  // see fit
	agreements casesMemo // see part.fitsAtom
	callings   callings
	forms      spokenForms
	compared   map[uint32]*word
	groups     []bearerGroup  // of the Doc
	grouped    map[uint64]int // in groups, by their keys
	bornes     []bornePlace   // where surnames of groups stand
	borneAt    []int32        // of one group, in order: see standOf
	strangers  strangers
	lone       name // of a group, without a first name: see tell
	abreast    []besideUnit
	idle       []uint64 // hashes of units of which nothing comes, while the index is as seen
	fertile    fertileMemo
	smalls     []smallRun // of the Doc
	nigh       nigh       // see nextTo
	beside     holdings   // see holdAround
	seen       int64
	epoch      uint32 // counts what seen was: see stampOf
	woken      int    // units that were tried in vain since
	found      []candidate
	stands     stands
	refs       refSet
	pairing    pairing
	cues       cueSet
	assembly   assembly
	ready      []readyWord // see readyWord
	result     Result      // of the Doc, while it is made
}

// A sweptUnit is a token, or several that are written as one word.
type sweptUnit struct{ first, last uint32 }

func newSifter(x *Index) *sifter {
	s := &sifter{x: x, bytes: traitsOfBytes(), glances: glances{entries: make([]glance, minGlances)}, memo: memo{entries: make([]reading, minMemo)}, cues: cueSet{memo: make([]cueMemo, minCueMemo)}}
	s.sweep = sweep{classes: &x.classes, glances: &s.glances}
	return s
}

// candidates are the patterns that may fire on a Doc, by id.
func (s *sifter) candidates(d Doc) []candidate {
	s.doc = d
	s.holdings.ready, s.around.ready, s.found = false, false, s.found[:0]
	s.refs.clear()
	s.stands.clear()
	s.forgetBearers()
	s.paged, s.lowered.ready, s.lowered.asked = false, false, 0
	if len(d.Title)+len(d.Text) > maxSwept {
		s.takeAll()
	} else {
		s.topics, s.heeding = s.x.stemmed.Load() > 0, s.x.heeding.Load() > 0
		s.sweep.read(d.Title, d.Text)
		s.tongue = s.tongueOf(s.language())
		s.lookUp()
		s.takeByCues()
		s.lookUpPairs()
	}
	if always := s.x.anyDoc.Load(); always != nil {
		for _, ref := range *always {
			s.take(ref)
		}
	}
	if len(s.groups) > 0 {
		s.judgeBearers(s.textOf(d))
		if s.x.changes.Load() != s.seen {
			s.judgeEach()
		}
	}
	s.standSmall()
	for i := range s.found { // records lie all over memory: they are fetched side by side
		c := &s.found[i]
		c.id = c.record.id
	}
	slices.SortFunc(s.found, candidate.compare)
	s.stands.order(&s.refs)
	slices.SortStableFunc(s.stands.heard, heardRef.compare)
	return s.found
}

// rest gives the sifter back, without the Doc.
func (s *sifter) rest() {
	s.doc = Doc{}
	s.x.resting.put(s)
}

// resting are the sifters that nobody uses, for all they remember. A sync.Pool would not do: it keeps an index that is dropped,
// with all that it weighs, until the collector has come by twice.
type resting struct {
	mu   sync.Mutex
	last []*sifter // taken from its end: what was used last remembers the words of now
}

const maxResting = 4

func (r *resting) take() *sifter {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.last) == 0 {
		return nil
	}
	s := r.last[len(r.last)-1]
	r.last = slices.Delete(r.last, len(r.last)-1, len(r.last))
	return s
}

func (r *resting) put(s *sifter) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.last) < maxResting {
		r.last = append(r.last, s)
	}
}

// raw is how a token is written.
func (s *sifter) raw(t token) string {
	if int(t.from) >= s.sweep.body {
		return s.doc.Text[int(t.from)-s.sweep.body : t.to()-s.sweep.body]
	}
	return s.doc.Title[t.from:t.to()]
}

// known is what is known of a token or unit with a hash.
func (s *sifter) known(hash uint64) *reading {
	if r := s.memo.of(hash); r != nil {
		return r
	}
	return s.memo.room(hash)
}

// read is what a token is looked up by.
func (s *sifter) read(t token) *reading {
	r := s.known(t.hash)
	if r.tongue != s.tongue.number {
		raw := s.raw(t)
		s.spell(r, raw, s.fold(t))
	}
	return r
}

// spell works out the keys of a word.
func (s *sifter) spell(r *reading, raw, fold string) {
	r.tongue = s.tongue.number
	if fold == "" {
		r.flags |= readEmpty
		return
	}
	t := s.tongue.text
	t.room.empty()
	u := t.newUnit(0, raw, fold, uncased)
	s.setKeys(r, &u)
	if s.topics {
		r.setPrefix(fold)
	}
}

// setKeys works out the keys of a unit.
func (s *sifter) setKeys(r *reading, u *unit) {
	s.spelt = s.unitKeys(u, s.spelt[:0])
	r.setKeys(s.spelt)
}

// keysOf adds the keys of a token; false where it is no word at all.
func (s *sifter) keysOf(t token, keys []uint64) ([]uint64, bool) {
	if t.info == infoOfHan && !s.heeding {
		return s.keysOfHan(t, keys), true
	}
	r := s.read(t)
	switch {
	case r.flags&readEmpty != 0:
		return keys, false
	case r.flags&readMore != 0:
		raw := s.raw(t)
		u := s.tongue.text.newUnit(0, raw, s.fold(t), uncased)
		keys = s.unitKeys(&u, keys)
	default:
		keys = append(keys, r.keys[:r.n]...)
	}
	if r.flags&readPrefix != 0 {
		keys = append(keys, r.prefix)
	}
	return keys, true
}

// soundKeys adds the keys by sound of a unit.
func (s *sifter) soundKeys(u *unit, keys []uint64) []uint64 {
	s.tongue.text.eachSound(u, func(key soundKey) { keys = append(keys, key.hash()) })
	return s.tongue.text.wholeKeys(u, keys)
}

// unitKeys adds the keys of a unit; those by sound only where a query needs them, for they are many.
func (s *sifter) unitKeys(u *unit, keys []uint64) []uint64 {
	s.words = s.tongue.text.wordKeys(u, s.words[:0])
	for _, w := range s.words {
		keys = append(keys, keyOf(w))
	}
	if s.heeding {
		keys = s.soundKeys(u, keys)
	}
	if s.topics {
		s.words = u.words(s.tongue.text, s.words[:0])
		for _, w := range s.words {
			keys = append(keys, wordKey(w))
		}
	}
	return keys
}
