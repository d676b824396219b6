package match

import (
	"strings"
	"unicode"
)

// In scripts without capitals any two words may be a name, and of the short ones among 100,000 names some do sound like
// it: هل الآن (is now) is no Alan Hall. So the fewer consonants two words have, the closer they must be.

// heft is how many consonants of a word tell something, in halves. Hangul writes l and r, p and f, b and v, z and j alike: there a
// word has half a consonant less. Of a word that a script marks as foreign, or that capitals can mark, it is enough.
func (u *utterance) heft() int {
	if u.writing == latin || u.writing == alphabet || isKana(u) {
		return fullHeft
	}
	end := len(u.phones)
	for _, c := range u.cuts {
		end = min(end, c.phones)
	}
	n := 0
	for i := range u.phones[:end] {
		if p := &u.phones[i]; !p.free && !p.vowel() && !p.weak() {
			n += 2
		}
	}
	if u.script == unicode.Hangul {
		n = max(0, n-1)
	}
	return n
}

// heftOfWatch is the heft of a watch's word: in an abjad, which leaves vowels out, no more than it has,
// in whatever script a text is; of others enough.
func (u *utterance) heftOfWatch() int {
	if u.writing == abjad {
		return u.heft()
	}
	return fullHeft
}

// heft is that of the words of a watch's name that no text leaves out.
func (n *name) heft() int {
	heft := n.surname.heft()
	for i := range n.given {
		if w := &n.given[i]; i == 0 || !w.optional() {
			heft += w.heft()
		}
	}
	return heft
}

func (w *word) heft() int {
	if w.joined.ear == nil {
		return fullHeft
	}
	return w.joined.ear.heft
}

// isKana tells a word of Katakana, in which Japanese writes foreign words alone.
func isKana(u *utterance) bool { return u.script == unicode.Katakana }

// fullHeft is that of words that are held to the bar alone.
const fullHeft = 16

// barOfHeft is how far away the words of a name may be together that have so many halves of consonants.
func barOfHeft(heft int) int {
	if heft == none {
		return none
	}
	return min(29+5*heft, maxBoth)
}

// nearlyBar is how far away the words of a near miss may be.
func nearlyBar(heft int) int { return barOfHeft(heft) * nearlyFactor / 100 }

// sounds holds a name from an atom to another, where it was known by its sound, to the pair under which it is filed and to
// what its words tell.
func (w *nameWalk) sounds(first, next int) bool {
	return (!w.heard || w.n.paired(w.t, w.f, first, w.surname)) && (!w.byEar || w.tells(first, w.surname, next) && !w.isAnother(first, next))
}

// tells holds a name that was known by its sound to what its words tell.
func (w *nameWalk) tells(first, surname, next int) bool {
	return w.sum <= barOfHeft(min(w.heft(first, surname, next, w.middle), w.n.heft()))
}

// nearlyEnd is where a name ends that begins at an atom and fails by a little, 0: none. It reaches to next, but its words tell too
// little, or it is almost.
func (w *nameWalk) nearlyEnd(first, next int) int {
	switch {
	case max(next, w.almost) > 0 && w.isAnother(first, max(next, w.almost)):
		return 0
	case next > 0 && w.byEar && w.nearlyTells(first, next, w.sum, w.middle, !w.heard):
		return next
	case w.almost > 0 && w.nearlyTells(first, w.almost, w.almostSum, true, w.closely):
		return w.almost
	}
	return 0
}

// nearlyTells is tells of a name that fails by a little; closely where its surname was known by its letters.
func (w *nameWalk) nearlyTells(first, next, sum int, middle, closely bool) bool {
	return sum <= nearlyBar(min(w.heft(first, w.surname, next, middle), w.n.heft())) && (closely || w.n.paired(w.t, w.f, first, w.surname))
}

// heft is that of the words at atoms first to surname, or where others stand between of the first of them alone, with what
// hyphens put to it, and of surname to next; none where one of them is a small word.
func (w *nameWalk) heft(first, surname, next int, between bool) int {
	heft := 0
	between = between || w.n.whole == nil // particles, and what texts leave out
	given := first + 1
	for given < surname && (w.f.atom(given).gap == gapHyphen || w.f.atom(given).gap == gapApostrophe) {
		given++
	}
	for i := first; i < next; i++ {
		if i >= given && i < surname && between {
			continue
		}
		h := w.heftAt(i)
		if h == none {
			return none
		}
		heft += h
	}
	return heft
}

// heftAt is that of an atom.
func (w *nameWalk) heftAt(i int) int {
	if u := w.f.sounding(i); u != nil {
		return u.heft
	}
	return w.t.heftOf(w.f.unit(i))
}

// heftOf is the heft of a unit of a text, without what may be its ending; enough where it is several atoms, nothing in a script that is
// not read.
func (t *text) heftOf(u *unit) int {
	if u.raw == "" {
		return fullHeft
	}
	if isSmallWord(u.reads[0]) {
		return none
	}
	heft, known := fullHeft, false
	for _, r := range u.reads {
		if h := t.heard(r); h != nil {
			heft, known = min(heft, h.heft), true
		}
	}
	if !known {
		return 0
	}
	return heft
}

// none is the heft of words that cannot be a name.
const none = -1

// isSmallWord tells the folded words of scripts without capitals that stand in any text, and are hardly names.
func isSmallWord(fold string) bool {
	return fold[0] >= 0xD6 && strings.Contains(smallWords, " "+fold+" ")
}

const smallWords = " في من الي عن مع هذا هذه ذلك تلك التي الذي الذين بعد قبل لا لن لقد قال قالت كان كانت يكون تكون ليس بين ضد نحن" +
	" انا انت كما ثم حتي منذ حول عند خلال غير فقط الان هناك هنا اذا لكن لان هل كيف لماذا متي حيث عام يوم لك لها بها فيه منه" +
	" كه اين است براي و مي شد بود كرد تا يك خود بر نيز هاي شما انها هيچ چه چرا اگر بايد نيست كند شده دارد گفت" +
	" את על לא הוא היא הם אתה עם כי זאת גם כל או אבל נגד אחרי לפני אשר לנו שלך שלו יש אין היה היתה היו יותר עוד כבר כאן איך למה" +
	" 그 그녀 것 수 등 더 잘 왜 좀 난 넌 내가 네가 제가 우리 그리고 하지만 그러나 그런 이런 그래 정말 지금 때 다 안 못 있다 없다 있는 하는 했다 한다 그는 그가 이번 오늘 위해 대한 대해 따라 통해" +
	" के में की है का को से और ने पर यह वह कि एक भी नहीं हो था थी थे हैं इस उस कर तो ही जो कुछ क्या अब हम तुम आप मैं मेरे अपने लिए साथ बाद गया कहा रहा रही "
