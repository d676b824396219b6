package match

import (
	"math"
	"slices"
)

// A filing is a key under which a pattern is found, and what else a text must have for the pattern to be tried there.
type filing struct {
	key  uint64
	mode uint32 // one of those below
	word uint32 // sum of the word that a token must fit; 0 for none
	need uint32 // what else the text must have: see needs
}

const (
	fileAny     = iota << modeShift // where the need is met
	fileName                        // a surname: what is written small needs a first name beside it
	fileCapital                     // what is written small never fits
	fileNext                        // as fileName, of a surname with one first name alone
	fileBorne                       // as fileNext, of a name that is judged with all who bear the surname: see bearerGroup
	fileEased                       // as fileBorne, behind a first name such as women have: see name.easeCases
	filePart                        // as fileAny, of a surname of several parts: the longest, or all as one

	modeShift = 29
	refMask   = 1<<modeShift - 1
	modeMask  = 7 << modeShift
)

// A need is clauses that a text must meet. As a number it is 0 for none, needKey and a key's 31 bits for a single key,
// or the number of filings.needs, counted from 1, and in the table that of needs.
const needKey = 1 << 31

// filings are all of a pattern.
type filings struct {
	list  []filing
	needs []needBlock
	words []uint64  // keys by which patterns share words, to tell which words are rare
	all   []uint64  // keys of list, and those that could have been
	pairs []earPair // the words by whose sound it is found
	whole []uint64  // keys by the sound of a whole name
	any   bool      // there are texts without any of the keys
	query topicFiling
	reach int // tokens of the longest phrase that needs another of its words beside one
	parts int // of the surname that has most
}

// A needBlock is clauses that are written down.
type needBlock struct {
	clauses []uint32
	shared  bool // made of names alone, whatever else the index holds: patterns with the same need not write it down again
}

// reset empties f, to be used again.
func (f *filings) reset() {
	*f = filings{list: f.list[:0], needs: f.needs[:0], words: f.words[:0], all: f.all[:0], pairs: f.pairs[:0], whole: f.whole[:0]}
}

// A census tells how many patterns ask for a key.
type census func(key uint64) int

// file lists where a pattern is to be found. f is empty.
func (p *Pattern) file(f *filings, asked census) {
	switch {
	case p.spec.Kind == Person:
		person := p.named()
		for i := range person.singles {
			f.phrase(&person.singles[i].phrase, asked)
		}
		for _, n := range person.names {
			f.name(n, p.spec.isName() && len(person.names) == 1)
		}
		slices.SortFunc(f.pairs, earPair.compare)
		f.pairs = slices.Compact(f.pairs)
		slices.Sort(f.whole)
		f.whole = slices.Compact(f.whole)
	case p.country != nil:
		for i := range p.country.names {
			f.phrase(&p.country.names[i].phrase, asked)
		}
	default:
		f.topic(p.query)
		f.query.words = p.query.words(nil)
	}
}

// name files a name of several words under its surname, for a surname alone is evidence or nearly so, and under the
// sounds of first name and surname together. It may be all that the pattern is.
func (f *filings) name(n *name, alone bool) {
	f.pairs = n.earPairs(f.pairs)
	f.whole = n.wholeKeys(f.whole)
	surname := n.surname.clauses(asWritten)
	if len(n.surname.parts) > 1 {
		need := f.need(surname[1:], true)
		if n.surname.characters() {
			f.reach = max(f.reach, n.surname.tokens())
			f.under(surname[0], fileAny, 0, need)
			return
		}
		f.parts = max(f.parts, len(n.surname.parts))
		f.under(surname[0], filePart, n.sum(), need)
		return
	}
	if n.partOf != nil {
		f.under(surname[0], fileAny, 0, f.need(n.givenClauses(), true)) // alone it is nothing
		return
	}
	mode := uint32(fileName)
	if len(n.given) == 1 && len(n.given[0].parts) == 1 && len(n.particles) == 0 {
		mode = fileNext
		if alone && n.isBorne() {
			mode = n.borneMode()
		}
	}
	f.under(surname[0], mode, n.sum(), f.need(n.givenClauses(), true))
}

// isBorne tells a name with one first name and no particles that can be judged with all others who bear the surname: the index keeps
// its two words, and it is written as nothing else.
func (n *name) isBorne() bool {
	return isOfTwoWords(n.written) && n.asOne == nil && len(n.surname.parts) == 1 && n.given[0].joined.audible && n.surname.joined.audible
}

// borneMode is that of a name which isBorne.
func (n *name) borneMode() uint32 {
	if n.easesSurname() {
		return fileEased
	}
	return fileBorne
}

// givenClauses hold where a name stands in full, and no capital makes its surname worth a look.
func (n *name) givenClauses() []clause {
	if n.whole == nil {
		return n.given[0].clauses(asWritten)
	}
	return []clause{best(n.given[0].clauses(asWritten)).or(best(n.whole.clauses(asWritten)))}
}

// phrase files a name or phrase that may not begin with a small letter.
func (f *filings) phrase(p *phrase, asked census) {
	if p.initial && len(p.words) == 1 && len(p.words[0].parts) == 1 {
		f.under(p.words[0].clauses(asWritten)[0], fileCapital, p.sum(), 0)
		return
	}
	tokens := 0
	for i := range p.words {
		tokens += p.words[i].tokens()
	}
	f.reach = max(f.reach, tokens)
	f.clauses(p.clauses(asWritten), asked)
}

// maxNeeds is how many clauses beside the one by which a pattern is found are looked at before it is tried.
const maxNeeds = 6

// clauses files what fires only where all clauses hold, under the rarest of them.
func (f *filings) clauses(all []clause, asked census) {
	if len(all) == 0 {
		f.any = true
		return
	}
	weight := func(c clause) int {
		sum := 0
		for _, key := range c.keys {
			sum += 1 + asked(key)
		}
		if c.common {
			sum += math.MaxInt32
		}
		return sum
	}
	all = slices.Clone(all)
	for _, c := range all {
		f.all = append(f.all, c.keys...)
	}
	slices.SortStableFunc(all, func(a, b clause) int { return weight(a) - weight(b) })
	f.words = append(f.words, f.all...)
	f.under(all[0], fileAny, 0, f.need(all[1:], false))
}

// under files under each key of a clause.
func (f *filings) under(c clause, mode, word, need uint32) {
	for _, key := range c.keys {
		f.list = append(f.list, filing{key, mode, word, need})
		f.all = append(f.all, key)
	}
}

// need writes clauses down and gives their number.
func (f *filings) need(clauses []clause, shared bool) uint32 {
	clauses = slices.DeleteFunc(slices.Clone(clauses), func(c clause) bool { return len(c.keys) > maxAlternatives })
	clauses = clauses[:min(len(clauses), maxNeeds)]
	if len(clauses) == 0 {
		return 0
	}
	if len(clauses) == 1 && len(clauses[0].keys) == 1 {
		return shortKey(clauses[0].keys[0])
	}
	var block []uint32
	for _, c := range clauses {
		block = append(block, uint32(len(c.keys))) //nolint:gosec // not so many
		for _, key := range c.keys {
			block = append(block, shortKey(key))
		}
	}
	f.needs = append(f.needs, needBlock{append(block, 0), shared})
	return uint32(len(f.needs)) //nolint:gosec // not so many
}

// shortKey is a key's part that needs and holdings know it by.
func shortKey(key uint64) uint32 { return uint32(key>>32) | needKey }

// sum tells surnames apart by what they fit.
func (n *name) sum() uint32 {
	return sumOf(n.surname.written, n.surname.joined.manner(), n.particles...)
}

// sum tells phrases of one word apart by what the word fits.
func (p *phrase) sum() uint32 { return sumOf("\x00"+p.words[0].written, p.words[0].joined.manner()) }

// sumOf is FNV-1a's of what a word fits, and never 0.
func sumOf(written, manner string, particles ...string) uint32 {
	h := uint32(2166136261)
	write := func(s string) {
		for i := range len(s) {
			h = (h ^ uint32(s[i])) * 16777619
		}
	}
	write(written)
	write(manner)
	for _, p := range particles {
		write(" ")
		write(p)
	}
	return h | 1
}

// manner tells apart the words that are written alike and fit others.
func (p *part) manner() string {
	m := "\x00"
	if len(p.forms) > 0 {
		m += "n"
	}
	if p.raw != "" {
		m += "w"
	}
	if p.audible {
		m += "e"
	}
	return m
}

// fitting is the word with a sum.
func (p *Pattern) fitting(sum uint32) *word {
	if person := p.named(); person != nil {
		for _, n := range person.names {
			if n.sum() == sum {
				return &n.surname
			}
		}
		for i := range person.singles {
			if s := &person.singles[i].phrase; s.sum() == sum {
				return &s.words[0]
			}
		}
	}
	if p.country != nil {
		for i := range p.country.names {
			if s := &p.country.names[i].phrase; s.sum() == sum {
				return &s.words[0]
			}
		}
	}
	return nil
}

// wordOfName is the word with a sum of a pattern that is a person's name alone.
func wordOfName(s string, sum uint32) *word {
	n, ok := newName(s)
	if !ok {
		p := phrase{words: splitWords(PrintedName(s), asName)}
		if len(p.words) == 1 && p.sum() == sum {
			return &p.words[0]
		}
		return nil
	}
	n.audible()
	if n.sum() == sum {
		return &n.surname
	}
	return nil
}
