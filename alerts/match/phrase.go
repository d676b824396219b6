package match

import (
	"slices"
	"strings"
	"unicode"
)

// A phrase is words that stand next to each other.
type phrase struct {
	written string
	words   []word
	initial bool // its first word must not be written small
}

func newPhrase(s string, m manner) phrase { return phrase{written: s, words: splitWords(s, m)} }

// A span is atoms first to next, exclusive, of a field.
type span struct{ field, first, next int }

// find gives every place of the phrase in the text.
func (p *phrase) find(t *text) []span { return p.findAll(t, nil) }

// findAll adds every place of the phrase in the text.
func (p *phrase) findAll(t *text, found []span) []span {
	for k, f := range t.fields {
		starts := p.starts(t, f)
		for _, i := range starts {
			if p.initial && f.atom(i).shape == lower || !f.wholeFrom(i) {
				continue
			}
			if next, ok := p.fitsFrom(t, f, i, 0); ok {
				found = append(found, span{k, i, next})
			}
		}
		t.starts = starts
	}
	return found
}

// starts are the atoms at which the phrase may begin. See word.starts.
func (p *phrase) starts(t *text, f *field) []int {
	w := &p.words[0]
	many := len(w.parts) > 1
	if !t.guided || !p.initial || len(p.words) > 1 || many && !w.characters() {
		return w.starts(t, f)
	}
	list := t.stood(f, t.starts[:0])
	t.starts = nil
	if many { // it is seen by two of its characters, whichever are rare
		seen := len(list)
		for _, at := range list[:seen] {
			for i := max(0, at-len(w.parts)+2); i < at; i++ {
				list = append(list, i)
			}
		}
		slices.Sort(list)
		list = slices.Compact(list)
	}
	return list
}

func (p *phrase) fitsFrom(t *text, f *field, i, k int) (int, bool) {
	if k == len(p.words) {
		return i, f.wholeTo(i)
	}
	if i >= len(f.atoms) || k > 0 && !f.adjacent(i) && !f.marked(i, p.words[k].marks) {
		return 0, false
	}
	end := 0
	ok := p.words[k].fitsAt(t, f, i, func(next int, _ cases) bool {
		var ok bool
		end, ok = p.fitsFrom(t, f, next, k+1)
		return ok
	})
	return end, ok
}

// adjacent tells that atom i follows the one before it within one phrase.
func (f *field) adjacent(i int) bool {
	switch a := f.atom(i); a.gap {
	case gapBreak, gapComma:
		return false
	case gapDotSpace:
		return f.abbreviated(i - 1)
	}
	return true
}

// marked tells that the same marks stand before atom i as a phrase has there: AT&T, Washington, D.C.
func (f *field) marked(i int, marks string) bool {
	if marks == "" {
		return false
	}
	between := f.src[f.atom(i-1).to:f.atom(i).from]
	return strings.Count(between, "\n") < 2 && marksIn(between) == marks
}

// marksIn are the marks in what stands between two words, as a typewriter has them.
func marksIn(between string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.Is(unicode.Cf, r), unicode.IsMark(r):
			return -1
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case isApostrophe(r):
			return '\''
		case isHyphen(r), r == '—':
			return '-'
		case strings.ContainsRune("“”„«»", r):
			return '"'
		}
		return r
	}, between)
}

// abbreviated tells an atom behind which a full stop ends no sentence, as far as one can tell: U.S. troops, St. Petersburg.
func (f *field) abbreviated(i int) bool {
	a := f.atom(i)
	return a.end-a.start <= 3 && a.shape != lower && a.shape != uncased
}
