package match

import (
	"slices"
	"strings"
	"sync"
)

// An Index holds the patterns of all watches and finds those of which a Doc speaks. Each pattern is filed under one word
// of each group of its Lookup, so that what a Find costs depends on the Doc and on the patterns that share a word with
// it, not on how many there are. All methods may be called at the same time.
type Index struct {
	mu      sync.RWMutex
	entries map[string]*entry
	byWord  map[string][]*entry
	anyDoc  map[string]*entry // patterns without Lookup, tried on every Doc
}

type entry struct {
	id      string
	pattern *Pattern
	anchors []string
}

// NewIndex makes an empty index.
func NewIndex() *Index {
	return &Index{entries: map[string]*entry{}, byWord: map[string][]*entry{}, anyDoc: map[string]*entry{}}
}

// Put files a pattern under an id, in place of what was there. A nil pattern only removes.
func (x *Index) Put(id string, p *Pattern) {
	var e *entry
	if p != nil {
		e = &entry{id: id, pattern: p, anchors: p.anchors()}
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.remove(id)
	if e == nil {
		return
	}
	x.entries[id] = e
	if e.anchors == nil {
		x.anyDoc[id] = e
	}
	for _, word := range e.anchors {
		x.byWord[word] = append(x.byWord[word], e)
	}
}

// Remove takes the pattern of an id out; an unknown id is fine.
func (x *Index) Remove(id string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.remove(id)
}

func (x *Index) remove(id string) {
	e := x.entries[id]
	if e == nil {
		return
	}
	delete(x.entries, id)
	delete(x.anyDoc, id)
	for _, word := range e.anchors {
		rest := slices.DeleteFunc(x.byWord[word], func(o *entry) bool { return o == e })
		if len(rest) == 0 {
			delete(x.byWord, word)
			continue
		}
		x.byWord[word] = rest
	}
}

// anchors are one word of each group of Lookup.
func (p *Pattern) anchors() []string {
	groups := p.Lookup()
	if groups == nil {
		return nil
	}
	words := make([]string, 0, len(groups))
	for _, g := range groups {
		words = append(words, g[0])
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// Find tells what the index's patterns find in a Doc.
func (x *Index) Find(d Doc) Result {
	t := read(d)
	var r Result
	for _, e := range x.candidates(t) {
		hits, misses := e.pattern.find(t)
		m, ok := t.match(e.id, hits)
		if ok {
			r.Matches = append(r.Matches, m)
			continue
		}
		if len(misses) > 0 {
			slices.SortFunc(misses, func(a, b miss) int { return a.compare(b.hit) })
			r.NearMisses = append(r.NearMisses, NearMiss{ID: e.id, Evidence: t.evidence(misses[0].hit), Reason: misses[0].reason})
		}
	}
	return r
}

// candidates are the patterns that share a word with the text, by id.
func (x *Index) candidates(t *text) []*entry {
	var list []*entry
	x.mu.RLock()
	for _, e := range x.anyDoc {
		list = append(list, e)
	}
	for _, word := range t.words() {
		list = append(list, x.byWord[word]...)
	}
	x.mu.RUnlock()
	slices.SortFunc(list, func(a, b *entry) int { return strings.Compare(a.id, b.id) })
	return slices.Compact(list)
}
