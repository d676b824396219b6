package match

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A bareSurname is a surname that stands without the rest of the name.
type bareSurname struct {
	span
	name     *name
	titled   bool  // behind a general title
	part     bool  // a first name of the watch stands before it, but not all of them
	short    bool  // one does in a short form, as others may have it
	given    bool  // the first one does, but cannot belong to it
	everyday bool  // it is rather a word that any text has
	heard    cases // byEar and how closely, where it was known by its sound
	surely   bool  // it can hardly be anything but the name, written in another script than the watch's
}

// bareAt gives the surname at atom i, unless it belongs to another bearer named in full.
func (n *name) bareAt(t *text, f *field, k, i int) (bareSurname, bool) {
	if !f.capitalAt(i) {
		return bareSurname{}, false
	}
	end, set := 0, cases(0)
	n.surname.fitsAt(t, f, i, func(next int, c cases) bool {
		end, set = next, c
		return f.wholeTo(next)
	})
	if end == 0 || !f.wholeTo(end) {
		return bareSurname{}, false
	}
	return n.bareFrom(t, f, k, i, end, set)
}

// bareFrom is bareAt of a surname that agrees with the text from atom i to end.
func (n *name) bareFrom(t *text, f *field, k, i, end int, set cases) (bareSurname, bool) {
	first := i
	for first > 0 && f.linked(first) && isParticle(f.atom(first-1).fold) {
		first--
	}
	if !f.wholeFrom(first) || f.ofAnotherInDots(first) || n.ofAnotherBehind(t, f, end, set) {
		return bareSurname{}, false
	}
	short := false // a short form of a first name is near enough to one, and not more
	if n.ofAnother(t, f, first, i, set) {
		if short = n.isShortOfFirst(f, first-1); !short {
			return bareSurname{}, false
		}
	}
	if !n.hasParticle(f, first, i) {
		first = i
	}
	titled := first > 0 && f.linked(first) && f.calls(first-1, callsTitle)
	surely := set.foreign() && f.surelyName(t, i, end) && (f.besideOffice(i, end) || n.surname.tellsAlone(set.ear()))
	everyday := end == i+1 && n.isEverydayWord(t, f, i)
	part := short || n.partBeside(t, f, first)
	given := !part && n.givenBeside(t, f, first, end)
	return bareSurname{span{k, first, end}, n, titled, part, short, given, everyday, set, surely}, true
}

// givenBeside tells that the watch's first name stands next to atoms first to end, whatever its case and what is between.
func (n *name) givenBeside(t *text, f *field, first, end int) bool {
	if len(n.given) == 0 {
		return false // see sifter.tell
	}
	for _, i := range []int{first - 1, end} {
		if i < 0 || i >= len(f.atoms) || f.atom(i).shape == lower {
			continue
		}
		if _, ok := n.given[0].joined.fitsAtom(t, f, i); ok {
			return true
		}
	}
	return false
}

// hasParticle tells that the atoms before a surname are the watch's own particles, or the Arabic article.
func (n *name) hasParticle(f *field, first, i int) bool {
	if first == i || len(n.particles) == 0 {
		return false
	}
	for k := first; k < i; k++ {
		if f.atom(k).gap == gapApostrophe {
			return false
		}
	}
	return true
}

// couldBeName tells a word that looks like a first or middle name: letters, a capital in front, no title.
func (f *field) couldBeName(i int) bool {
	if i < 0 || i >= len(f.atoms) {
		return false
	}
	a := f.atom(i)
	if a.shape != capital && a.shape != upper || utf8.RuneCountInString(a.fold) < 2 || f.calls(i, callsTitle) {
		return false
	}
	return !strings.ContainsFunc(a.fold, unicode.IsDigit)
}

// capitalAt tells that the word at an atom is not written small; in d'Estaing what follows the apostrophe counts.
func (f *field) capitalAt(i int) bool {
	if f.sifted != nil {
		if is, sure := f.seemsCapital(i); sure {
			return is
		}
	}
	last := min(i+maxJoined, len(f.atoms)-1)
	for f.atom(i).shape == lower && i < last && (f.atom(i+1).gap == gapApostrophe || f.atom(i+1).gap == gapHyphen) {
		i++
	}
	return f.atom(i).shape.capitalised()
}

// bareInitial tells a single capital without a full stop in the middle of a name: Donald J Trump.
func (f *field) bareInitial(i int) bool {
	a := f.atom(i)
	return a.shape == capital && a.end-a.start == 1 && a.gap == gapSpace
}

// casesOf guesses from its ending in which cases a Cyrillic first name can stand, so that in "мэр Москвы Собянин" Moscow
// is nobody's first name.
func casesOf(fold string) cases {
	last, _ := utf8.DecodeLastRuneInString(fold)
	if !unicode.Is(unicode.Cyrillic, last) {
		return anyCase
	}
	switch last {
	case 'а', 'я':
		return nominative | genitive | accusative
	case 'ы':
		return genitive
	case 'и', 'і':
		if strings.HasSuffix(fold, "ии") || strings.HasSuffix(fold, "іі") {
			return genitive | dative | locative
		}
		return anyCase // Нэнси
	case 'у', 'ю':
		return dative | accusative
	case 'е', 'є':
		return dative | locative
	case 'м':
		if strings.HasSuffix(fold, "ом") || strings.HasSuffix(fold, "ем") || strings.HasSuffix(fold, "єм") {
			return instrumental
		}
	case 'й':
		if strings.HasSuffix(fold, "ой") || strings.HasSuffix(fold, "ей") {
			return anyCase
		}
	case 'х':
		return genitive | locative
	}
	return anyCase
}

// casesOfHis is casesOf of a man's first name, which without an ending is in the nominative.
func casesOfHis(fold string) cases {
	last, _ := utf8.DecodeLastRuneInString(fold)
	if strings.ContainsRune("бвгджзклмнпрстфхцчшщ", last) && casesOf(fold) == anyCase {
		return nominative
	}
	return casesOf(fold)
}

// nearWords is how many words may stand between a surname and a near: word.
const nearWords = 5

const (
	sayMuted    = "Left out: it stands in one of the watch's not: phrases."
	saySurname  = "Only the surname stands here: the full name is nowhere in the article, and no near: word of the watch stands beside it."
	sayAlmost   = "This sounds like the name, but not closely enough; if it is meant, add it as an alias."
	sayTitled   = "Only the surname behind a title stands here: the full name is nowhere in the article, and no near: word of the watch stands beside it."
	sayHeard    = "Only what sounds like the surname stands here: the full name is nowhere in the article. If it is meant, add the name in this script as an alias."
	sayPart     = "A part of the name stands here: newspapers leave out middle names and second surnames. If it is meant, write the name as they do, or add an alias."
	sayGiven    = "The first name stands beside the surname, but in another case, sentence or bracket, so the two need not be one name."
	sayEveryday = "The surname stands here, but as a word that any text may have: beside a date, in capitals among other words, at a sentence's beginning or as somebody's first name."
	saySmall    = "The words of the name stand here written small, in a text that has capitals, and one of them is a word that any text may have."
	sayFar      = "Only the surname stands here, and the near: word of the watch is more than five words away."
)

// reason says what a surname lacks; far tells that a near: word stands elsewhere in the article.
func (b *bareSurname) reason(far bool) string {
	switch {
	case b.part:
		return sayPart
	case b.given:
		return sayGiven
	case far:
		return sayFar
	case b.titled:
		return sayTitled
	}
	return saySurname
}

// judge decides which of the bare surnames count.
func (p *person) judge(t *text, hits []hit, bare []bareSurname, not cover, misses []miss) ([]hit, []miss) {
	named := len(hits) > 0 && p.namedInFull(hits)
	if len(bare) == 0 {
		return hits, misses
	}
	hits = longest(hits) // a name known by its letters and, by a short form of it, by its sound as well was not heard
	t.spans = addSpans(t.spans[:0], hits)
	full := newCover(t.spans, 0, 0)
	var near []span
	if !named {
		for i := range p.near {
			near = append(near, p.near[i].find(t)...)
		}
	}
	around := surroundings{named, heardInFull(hits), len(near) > 0, not, newCover(slices.Clone(near), 0, 0), newCover(near, nearWords+1, nearWords+1)}
	for i := range bare {
		b := &bare[i]
		if full.meets(b.span) {
			continue
		}
		switch h, reason := p.weigh(b, &around); {
		case reason != "":
			misses = append(misses, miss{h, reason})
		case h.rule != "":
			hits = append(hits, h)
		}
	}
	return hits, misses
}

// The surroundings of a surname are what else stands in its article.
type surroundings struct {
	named, heard bool // the full name, by its letters or sound; by its sound alone
	near         bool // a near: word
	not          cover
	itself       cover // the near: words
	beside       cover // what is near enough to one
}

// weigh gives a surname as a hit, or says why it is none. A hit without a rule is not even a near miss.
func (p *person) weigh(b *bareSurname, around *surroundings) (h hit, reason string) {
	h = hit{b.span, b.name.written, Surname}
	heard := b.heard&byEar != 0
	switch {
	case heard && !around.heard:
		h.rule = SoundsLike
		if !b.surely || around.not.meets(b.span) {
			h.rule = ""
			return h, ""
		}
		return h, sayHeard
	case around.not.meets(b.span):
		return h, sayMuted
	case b.short:
		return h, sayPart
	case heard:
		h.rule = SoundsLike
	case b.everyday && (around.named || p.surname || len(p.near) > 0):
		return h, sayEveryday
	case around.named:
	case around.beside.meets(b.span) && !around.itself.meets(b.span):
		h.rule = NearAndSurname
	case p.surname:
	default:
		return h, b.reason(around.near)
	}
	return h, ""
}

// namedInFull tells that a name of two words or more, or initials and surname, stands in the article.
func (p *person) namedInFull(hits []hit) bool {
	for _, h := range hits {
		if h.rule == InitialAndSurname || h.rule == SoundsLike {
			return true
		}
		for _, n := range p.names {
			if n.written == h.term {
				return true
			}
		}
	}
	return false
}
