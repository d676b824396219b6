package match

import (
	"slices"
)

// A clause is keys of which a text must have one, for a pattern to fire there.
type clause struct {
	keys   []uint64
	common bool // too frequent to choose texts by, where there is another
}

// maxAlternatives bounds the keys of a clause: an OR of more is not asked for, where something else is.
const maxAlternatives = 400

// A sense is by what words are found.
type sense bool

const (
	asWritten sense = false
	asHeard   sense = true // too
)

// keysOf are what the readings of each word that the part fits have one of, in whatever language.
func (p *part) keysOf(by sense) []uint64 {
	var keys []uint64
	if len(p.forms) > 0 {
		keys = append(keys, keyOf(p.fold), keyOf(trimKey(p.fold)))
		for _, d := range p.forms {
			keys = append(keys, keyOf(trimKey(d.base)))
		}
	} else {
		keys = append(keys, wordKey(p.fold))
	}
	if p.many != "" {
		keys = append(keys, wordKey(p.many))
	}
	if p.raw != "" {
		for _, language := range stemLanguages() {
			if s := stem(language, p.raw); s != "" {
				keys = append(keys, wordKey(s))
			}
		}
	}
	if p.ear != nil && by == asHeard {
		for _, key := range p.ear.keys {
			keys = append(keys, key.hash())
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// clauses all hold where the word stands.
func (w *word) clauses(by sense) []clause {
	if len(w.parts) == 1 {
		return []clause{{w.joined.keysOf(by), isCommonWord(w.joined.fold)}}
	}
	if w.characters() && w.joined.ear != nil && by == asHeard { // Hiragana, which may be Latin letters in the text
		first := keyOf(w.parts[0].fold + w.parts[1].fold)
		return []clause{{keys: slices.Concat([]uint64{first}, w.joined.keysOf(by), w.parts[0].keysOf(by))}}
	}
	if w.characters() {
		var all []clause
		for i := 1; i < len(w.parts); i++ {
			all = append(all, clause{keys: []uint64{keyOf(w.parts[i-1].fold + w.parts[i].fold)}})
		}
		return all
	}
	joined, long := w.joined.keysOf(by), &w.parts[w.long]
	all := []clause{{slices.Concat(joined, long.keysOf(by)), isCommonWord(long.fold)}}
	for i := range w.parts {
		if p := &w.parts[i]; p != long && by == asWritten {
			all = append(all, clause{slices.Concat(joined, p.keysOf(by)), isCommonWord(p.fold)})
		}
	}
	return all
}

func (p *phrase) clauses(by sense) []clause {
	var all []clause
	for i := range p.words {
		all = append(all, p.words[i].clauses(by)...)
	}
	return all
}

// clause is one that holds where the person is found, or nearly: a surname, or a name of one word.
func (p *person) clause() clause {
	p.listen()
	var c clause
	for i := range p.singles {
		c = c.or(best(p.singles[i].clauses(asWritten)))
	}
	for _, n := range p.names {
		c = c.or(best(n.surname.clauses(asHeard)))
		if n.asOne != nil {
			c = c.or(n.wholeClause())
		}
	}
	return c
}

// or holds where c or d does. An empty clause is none.
func (c clause) or(d clause) clause {
	keys := slices.Concat(c.keys, d.keys)
	slices.Sort(keys)
	return clause{slices.Compact(keys), c.common || d.common}
}

// best is the clause with the fewest keys, of rarer words first.
func best(clauses []clause) clause {
	return slices.MinFunc(clauses, func(a, b clause) int {
		if a.common != b.common {
			if a.common {
				return 1
			}
			return -1
		}
		return len(a.keys) - len(b.keys)
	})
}
