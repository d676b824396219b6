package match

import (
	"bytes"
	"unicode/utf8"
)

// A phrasebook finds phrases of folded words and nothing else: no inflection, no context. It is the sweep and the table
// of the Index with a comparison behind them, and the measure of what the rules cost beside it.
//
// A phrase of one word is filed under that word, a longer one under its first two. The words of a phrase stand next to
// each other in one field, whatever is between them.
type phrasebook struct {
	table   table
	classes classes
	folded  []byte   // the phrases' words, one space between
	ends    []uint32 // of each phrase in folded
	short   bool     // there are phrases of one word
}

func newPhrasebook() *phrasebook { return &phrasebook{} }

// add takes a phrase and gives its number. Phrases without a word are never found.
func (b *phrasebook) add(phrase string) int {
	id, from := len(b.ends), len(b.folded)
	b.fold(phrase)
	folded := b.folded[from:]
	b.ends = append(b.ends, uint32(len(b.folded))) //nolint:gosec // 4 GB of names are not the promise
	first, rest, more := bytes.Cut(folded, []byte{' '})
	switch {
	case len(folded) == 0:
	case !more:
		b.short = true
		b.table.add(max(1, hashWord(first)), uint32(id), 0, 0) //nolint:gosec // as above
	default:
		second, _, _ := bytes.Cut(rest, []byte{' '})
		b.table.add(max(1, mix(hashWord(first), hashWord(second))), uint32(id), 0, 0) //nolint:gosec // as above
	}
	return id
}

// fold adds the folded words of a phrase, one space between. What is ASCII alone needs no atoms to be told apart.
func (b *phrasebook) fold(phrase string) {
	from := len(b.folded)
	open := true // a space goes before the next letter, unless it is the first
	for i := range len(phrase) {
		c := phrase[i]
		switch {
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
		case c >= utf8.RuneSelf || c == '_':
			b.folded = append(b.folded[:from], foldedWords(phrase)...)
			return
		default:
			open = false
			continue
		}
		if !open && len(b.folded) > from {
			b.folded = append(b.folded, ' ')
		}
		open = true
		b.folded = append(b.folded, c)
	}
}

func (b *phrasebook) phrase(id uint32) []byte {
	from := uint32(0)
	if id > 0 {
		from = b.ends[id-1]
	}
	return b.folded[from:b.ends[id]]
}

// A found phrase stands at bytes from to to, exclusive, of a field.
type foundPhrase struct {
	id       uint32
	field    Field
	from, to int
}

// A phraseReader looks for the phrases of one phrasebook, for one goroutine at a time.
type phraseReader struct {
	book   *phrasebook
	sweep  sweep
	doc    Doc
	hashes []uint64 // of the tokens' folds
	memo   [1 << 12]struct{ tag, hash uint64 }
	at     []uint32 // tokens at which a phrase may begin
	found  []foundPhrase
}

func (b *phrasebook) reader() *phraseReader {
	return &phraseReader{book: b, sweep: sweep{classes: &b.classes}}
}

// find gives every phrase of a Doc, till the next call. All overlapping ones are found.
func (r *phraseReader) find(d Doc) []foundPhrase {
	r.doc, r.found = d, r.found[:0]
	r.sweep.read(d.Title, d.Text)
	r.hash()
	n := len(r.hashes)
	if cap(r.at) < n+1 {
		r.at = make([]uint32, 2*n+1)
	}
	t := &r.book.table
	at, k := r.at[:n+1], 0
	for i := 0; i+1 < n; i++ {
		at[k] = uint32(i)
		if t.mayHold(max(1, mix(r.hashes[i], r.hashes[i+1]))) {
			k++
		}
	}
	for _, i := range at[:k] {
		r.verify(int(i), max(1, mix(r.hashes[i], r.hashes[i+1])), 2)
	}
	if r.book.short {
		for i, h := range r.hashes {
			if t.mayHold(max(1, h)) {
				r.verify(i, max(1, h), 1)
			}
		}
	}
	return r.found
}

func (r *phraseReader) hash() {
	r.hashes = r.hashes[:0]
	for _, t := range r.sweep.tokens {
		h := t.hash
		if t.wide() {
			m := &r.memo[h>>9&(1<<12-1)]
			if m.tag != h {
				m.tag, m.hash = h, hashWord(wordFold(r.raw(t)))
			}
			h = m.hash
		}
		r.hashes = append(r.hashes, h)
	}
}

func (r *phraseReader) raw(t token) string {
	if int(t.from) >= r.sweep.body {
		return r.doc.Text[int(t.from)-r.sweep.body : t.to()-r.sweep.body]
	}
	return r.doc.Title[t.from:t.to()]
}

// verify adds the phrases of a key that stand at token i and have one word, or more.
func (r *phraseReader) verify(i int, key uint64, words int) {
	shard, n := r.book.table.first(key)
	for n != 0 {
		p := &shard.posts[n-1]
		n = p.next.Load()
		if next, ok := r.standsAt(r.book.phrase(p.ref), i); ok && (next == i+1) == (words == 1) {
			r.keep(p.ref, i, next)
		}
	}
}

func (r *phraseReader) keep(id uint32, i, next int) {
	from, to := int(r.sweep.tokens[i].from), r.sweep.tokens[next-1].to()
	switch {
	case from >= r.sweep.body:
		r.found = append(r.found, foundPhrase{id, Text, from - r.sweep.body, to - r.sweep.body})
	case to < r.sweep.body:
		r.found = append(r.found, foundPhrase{id, Title, from, to})
	}
}

// standsAt compares a phrase's words with the tokens from i on.
func (r *phraseReader) standsAt(phrase []byte, i int) (next int, ok bool) {
	for len(phrase) > 0 {
		if i == len(r.sweep.tokens) {
			return 0, false
		}
		t := r.sweep.tokens[i]
		var n int
		if t.wide() {
			fold := wordFold(r.raw(t))
			if n = len(fold); n > len(phrase) || string(phrase[:n]) != fold {
				return 0, false
			}
		} else if n = t.to() - int(t.from); n > len(phrase) || !equalASCII(r.sweep.swept[t.from:t.to()], phrase) {
			return 0, false
		}
		if phrase = phrase[n:]; len(phrase) > 0 {
			if phrase[0] != ' ' {
				return 0, false
			}
			phrase = phrase[1:]
		}
		i++
	}
	return i, true
}

// equalASCII tells that word is how folded begins, but for capitals.
func equalASCII(word, folded []byte) bool {
	for k, c := range word {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != folded[k] {
			return false
		}
	}
	return true
}
