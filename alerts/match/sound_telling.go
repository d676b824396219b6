package match

import (
	"strings"
	"unicode"
)

// In scripts without capitals any two words may be a name, and of the short ones among 100,000 names some do sound like
// it: هل الآن (is now) is no Alan Hall. So the fewer consonants two words have, the closer they must be.

// heft is how many consonants of a word tell something; of one that a script marks as foreign, or that capitals can mark,
// enough.
func (u *utterance) heft() int {
	if u.writing == latin || u.writing == alphabet || isKana(u) {
		return fullHeft
	}
	n := 0
	for i := range u.phones {
		if p := &u.phones[i]; !p.free && !p.vowel() && !p.weak() {
			n++
		}
	}
	return n
}

// isKana tells a word of Katakana, in which Japanese writes foreign words alone.
func isKana(u *utterance) bool { return u.script == unicode.Katakana }

// fullHeft is that of words that are held to the bar alone.
const fullHeft = 6

// barOfHeft is how far away the words of a name may be together that have so many consonants.
func barOfHeft(heft int) int {
	switch {
	case heft == none:
		return none
	case heft <= 2:
		return 49
	case heft == 3:
		return 59
	case heft == 4:
		return 69
	case heft < fullHeft:
		return 79
	}
	return maxBoth
}

// sounds holds a name from an atom to another, where it was known by its sound, to the pair under which it is filed and to
// what its words tell.
func (w *nameWalk) sounds(first, next int) bool {
	return (!w.heard || w.n.paired(w.t, w.f, first, w.surname)) && (!w.byEar || w.tells(first, w.surname, next))
}

// tells holds a name that was known by its sound to what its words tell.
func (w *nameWalk) tells(first, surname, next int) bool {
	return w.sum <= barOfHeft(w.heft(first, surname, next, w.middle))
}

// nearlyTells is tells of a name that fails by a little.
func (w *nameWalk) nearlyTells(first int) bool {
	return w.almostSum*100 <= nearlyFactor*barOfHeft(w.heft(first, w.surname, w.almost, true))
}

// heft is that of the words at atoms first to surname, or where others stand between of the first of them alone, with what
// hyphens put to it, and of surname to next; none where one of them is a small word.
func (w *nameWalk) heft(first, surname, next int, between bool) int {
	heft := 0
	between = between || len(w.n.given) == 1 // particles
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
	fold := w.f.atom(i).fold
	if isSmallWord(fold) {
		return none
	}
	if h := w.t.heard(fold); h != nil {
		return h.heft
	}
	return 0
}

// heftOf is the heft of a unit of a text, enough where it is several atoms.
func (t *text) heftOf(u *unit) int {
	if u.raw == "" {
		return fullHeft
	}
	if isSmallWord(u.reads[0]) {
		return none
	}
	if h := t.heard(u.reads[0]); h != nil {
		return h.heft
	}
	return 0
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
