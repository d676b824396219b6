package match

import "slices"

// cues file the alternatives of queries by their rarest cue. Cues have numbers, and all queries that ask for a word
// share its number: what a text has is a set of numbers, and what a query asks for is looked up there without a doubt.
// A sign is a cue's number times 2, and one more for the cue in a title. One goroutine at a time writes, any number read.
type cues struct {
	table    table // the numbers of cues by key
	lists    numbered[cueList]
	programs needs

	numbers map[string]*cueNumber // by id; of what follows, for the writer alone
	free    []uint32
	next    uint32
}

// A cueNumber is a cue's number, and how many clauses and links ask for it.
type cueNumber struct {
	number uint32
	uses   int
}

// uses is how often a cue is asked for.
func (x *cues) uses(c cue) int {
	if n := x.numbers[c.id]; n != nil {
		return n.uses
	}
	return 0
}

// sign is that of a cue, which is counted as in use once more.
func (x *cues) sign(c cue) uint32 {
	if x.numbers == nil {
		x.numbers = map[string]*cueNumber{}
	}
	n := x.numbers[c.id]
	if n == nil {
		n = &cueNumber{number: x.next}
		if last := len(x.free) - 1; last >= 0 {
			n.number, x.free = x.free[last], x.free[:last]
		} else {
			x.next++
			for _, sign := range []uint32{2 * n.number, 2*n.number + 1} {
				x.lists.put(sign, nil)
			}
		}
		x.numbers[c.id] = n
		for _, key := range c.listKeys() {
			x.table.add(key.key, n.number, key.tongues, 0)
		}
	}
	n.uses++
	return n.sign(c.title)
}

func (n *cueNumber) sign(title bool) uint32 {
	if title {
		return 2*n.number + 1
	}
	return 2 * n.number
}

// add files a query, whose pattern has a reference. It gives the places of its programs.
func (x *cues) add(ref uint32, f topicFiling) []needPlace {
	for _, c := range f.words {
		x.sign(c)
	}
	var places []needPlace
	for _, a := range f.alternatives {
		if place := x.addOne(ref, a); place.size > 0 {
			places = append(places, place)
		}
	}
	return places
}

// addOne files an alternative under each cue of its rarest clause.
func (x *cues) addOne(ref uint32, f alternative) (place needPlace) {
	all := slices.Clone(f.clauses)
	slices.SortStableFunc(all, func(a, b cueClause) int { return a.weight(x.uses) - b.weight(x.uses) })
	p := cuePosting{ref: ref}
	var program []uint32
	var first []uint32
	for i, c := range all {
		signs := make([]uint32, len(c.any))
		for k := range c.any {
			signs[k] = x.sign(c.any[k])
		}
		switch {
		case i == 0:
			first = signs
		case p.sign == 0 && len(signs) <= 2:
			p.sign, p.or = signs[0]+1, signs[len(signs)-1]+1
		case i <= maxNeeds && len(signs) <= maxAlternatives:
			program = append(append(program, uint32(len(signs))), signs...) //nolint:gosec // a few
		}
	}
	program = x.links(f.links, append(program, 0))
	if len(program) > 2 {
		place = needPlace{x.programs.put(program), len(program)}
		p.program = place.number
	}
	for _, sign := range first {
		x.lists.put(sign, x.lists.get(sign).with(p))
	}
	return place
}

// links adds the words of a program that say where cues must stand, and its end.
func (x *cues) links(links []link, program []uint32) []uint32 {
	for i, l := range links {
		a, b := x.sign(l.a), x.sign(l.b)
		if i < maxNeeds {
			program = append(program, uint32(l.within)+1, a, b) //nolint:gosec // up to maxWithin
		}
	}
	return append(program, 0)
}

// remove takes a query out.
func (x *cues) remove(ref uint32, f topicFiling) {
	for _, a := range f.alternatives {
		for _, c := range a.clauses {
			for _, one := range c.any {
				x.drop(ref, one)
			}
		}
		for _, l := range a.links {
			x.drop(ref, l.a)
			x.drop(ref, l.b)
		}
	}
	for _, c := range f.words {
		x.drop(ref, c)
	}
}

// drop takes a pattern out of a cue's list, and the cue out of use where nothing else asks for it.
func (x *cues) drop(ref uint32, c cue) {
	n := x.numbers[c.id]
	sign := n.sign(c.title)
	if list := x.lists.get(sign); list != nil {
		x.lists.put(sign, list.without(ref))
	}
	if n.uses--; n.uses > 0 {
		return
	}
	for _, key := range c.listKeys() {
		x.table.remove(key.key, n.number)
	}
	delete(x.numbers, c.id)
	x.free = append(x.free, n.number)
}
