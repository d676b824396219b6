package match

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// How far apart two words may be, in hundredths of their weight. Words of one script must be closer, for there names are different because people are.
const (
	barWord      = 17
	barSameWord  = 14
	barSameShort = 11
	shortWord    = 400 // the weight below which a word is short
	nearlyFactor = 130 // percent of the bar up to which it is a near miss
)

// An agreement holds, above the grammatical cases in which a word stands, that it was known by sound alone, and its distance
// in steps, of which stepsOfBar reach the bar of a word.
const (
	byEar       cases = 1 << 10
	ownScript   cases = 1 << 11 // the watch's word is of the same script
	translated  cases = 1 << 12 // a first name in its Latin form
	transcribed cases = 1 << 13 // of the same script, but written by ear as another script would
	earned      cases = 1 << 14 // transcribed, and the language is one that does
	baltic      cases = 1 << 15 // transcribed, with the -s of Latvian and Lithuanian
	bySound           = byEar | ownScript | translated | transcribed | earned | baltic
	soundShift        = 16
	soundSteps        = 127
)

// A hearer knows a watch's word by its sound.
type hearer struct {
	utterance
	keys  []soundKey
	heft  int // of a text's word that of utterance.heft, of a watch's that of heftOfWatch
	bones []skeleton
	sure  int    // of bones, the first ones: see watchSkeletons
	fold  string // how it is written, folded
}

// newHearer knows a watch's word by its sound, folded.
func newHearer(u utterance, fold string) *hearer {
	h := &hearer{utterance: u, keys: u.watchKeys(), heft: u.heftOfWatch(), fold: fold}
	h.bones, h.sure = u.watchSkeletons()
	return h
}

// audible makes the words of a name such as are listened to, later.
func (n *name) audible() {
	for i := range n.given {
		n.given[i].audible()
		if i > 0 || !n.second {
			n.given[i].respellArabic()
		}
	}
	n.surname.audible()
	if n.whole != nil {
		n.whole.audible()
	}
}

func (w *word) audible() {
	w.joined.audible = true
	for i := range w.parts {
		w.parts[i].audible = true
	}
}

// listen makes the words of a name known by their sound.
func (n *name) listen() {
	for i := range n.given {
		n.given[i].listen()
		if i > 0 || !n.second {
			n.given[i].translate()
		}
	}
	n.surname.listen()
	n.surname.soften()
	if n.whole != nil {
		n.whole.listen()
	}
	for _, p := range n.particles {
		if u, ok := utter(p); ok {
			n.particlesHeard = append(n.particlesHeard, *newHearer(u, p))
		}
	}
}

// soundsParticle tells that a unit of another script is one of the watch's particles.
func (n *name) soundsParticle(t *text, u *unit) bool {
	heard := t.heard(u.reads[0])
	if heard == nil {
		return false
	}
	for i := range n.particlesHeard {
		if h := &n.particlesHeard[i]; h.script != heard.script && h.near(&heard.utterance) {
			return true
		}
	}
	return false
}

func (w *word) listen() {
	for i := range w.parts {
		w.parts[i].listen()
	}
	if len(w.parts) == 1 {
		w.joined.ear = w.parts[0].ear
		return
	}
	if u, ok := utterTogether(w.parts); ok {
		w.joined.ear = newHearer(u, w.joined.fold)
	}
}

// soften lets the ğ of a surname of one part be silent.
func (w *word) soften() {
	if len(w.parts) == 1 && w.joined.soft && w.joined.ear != nil {
		u := w.joined.ear.utterance
		u.soften()
		w.parts[0].ear = newHearer(u, w.joined.fold)
		w.joined.ear = w.parts[0].ear
	}
}

// isSoft tells a word with ğ, which Turkish does not speak, and no other g.
func isSoft(raw string) bool {
	return strings.ContainsAny(raw, "ğĞ") && !strings.ContainsAny(raw, "gG")
}

// soften lets a word's g be silent.
func (u *utterance) soften() {
	soft := func(p *phone) bool { return p.code == 'g' }
	for i := range u.phones {
		if p := &u.phones[i]; soft(p) {
			p.free = true
		}
	}
	u.weight, u.hidden = 0, 0
	u.weigh()
	for i := range u.phones {
		if p := &u.phones[i]; soft(p) {
			p.drop = dropSoft
		}
	}
}

func (p *part) listen() {
	if u, ok := utter(p.heardAs()); ok {
		p.ear = newHearer(u, p.fold)
	}
}

// hears tells that a unit of text sounds like the watch's word, and how closely.
func (h *hearer) hears(t *text, u *unit) (cases, bool) {
	if u.shape == lower {
		return 0, false
	}
	best, grammar, found := soundSteps+1, cases(0), false
	for k := range u.reads {
		heard := t.heardOf(u, k)
		if heard == nil || !h.comparable(heard) || !shareKey(h.keys, heard.keys) {
			continue
		}
		if _, ok := h.shares(heard.bones); !ok {
			continue
		}
		if steps, set, ok := h.agrees(t, heard, u, k); ok && steps < best {
			best, grammar, found = steps, set, true
		}
	}
	if !found || best > soundSteps {
		return 0, false
	}
	return grammar | byEar | cases(best)<<soundShift, true
}

// agrees is how far away a unit's k-th reading is, as heard, which may be the watch's word.
func (h *hearer) agrees(t *text, heard *hearer, u *unit, k int) (steps int, set cases, ok bool) {
	fold, own := u.reads[k], h.script != heard.script
	if own || respells(h.fold, fold) {
		steps, set = h.steps(&heard.utterance, fold)
		if h.script != heard.script {
			return steps, set, true
		}
		own = steps <= maxEach
	}
	ear, by, ok := h.transcribed(t, heard, u)
	switch {
	case ok && (!own || by&earned != 0 && ear < steps):
		return ear, by, true
	case ok:
		set |= by & baltic
	}
	return steps, set, set != 0
}

// comparable tells words whose sounds may differ: those of two scripts, and in Latin letters two romanisations. Within
// Cyrillic or Arabic the other rules know what a name may look like.
func (h *hearer) comparable(heard *hearer) bool {
	return h.script != heard.script || h.script == unicode.Latin
}

// steps is the distance, the word's bar being stepsOfBar, and in which cases the heard word may stand.
func (h *hearer) steps(heard *utterance, fold string) (int, cases) {
	weight := max(1, h.weightFor(heard.writing), heard.weightFor(h.writing)) // ь and ー have none
	bar := barWord
	switch {
	case h.script != heard.script:
	case weight < shortWord:
		bar = barSameShort
	default:
		bar = barSameWord
	}
	cost, ending := h.distance(heard, (soundSteps+1)*bar*weight/(100*stepsOfBar)+1)
	set := anyCase
	if ending >= 0 && heard.script == unicode.Cyrillic && fold != "" {
		at := heard.phones[heard.cuts[ending].phones].at
		set = casesHeard(fold[:at], fold[at:])
	}
	if h.script == heard.script {
		set |= ownScript
	}
	last, _ := utf8.DecodeLastRuneInString(fold)
	switch {
	case ending >= 0 && (!h.phones[len(h.phones)-1].vowel() || strings.HasSuffix(h.fold, "w")) && (last == 'а' || last == 'я' || last == 'a'):
		if !strings.HasSuffix(fold, "ova") {
			set |= likeOther
		}
	case ending < 0 && !heard.phones[len(heard.phones)-1].vowel():
		set |= asIs
	}
	return cost * 100 * stepsOfBar / (bar * weight), set
}

// near tells a distance below the bar of a word.
func (h *hearer) near(heard *utterance) bool {
	steps, _ := h.steps(heard, "")
	return steps <= stepsOfBar
}

// stepsOfBareName is how close a surname alone must be, in an article that has the full name.
const stepsOfBareName = 40

// heardWith is an agreement as bad in sound as the worse of two; the cases are the first's.
func (c cases) heardWith(o cases) cases {
	const sound = ^cases(1<<soundShift - 1)
	return c&^sound | o&bySound | max(c&sound, o&sound)
}

// nearly notes a name that fails by a little.
func (w *nameWalk) nearly(given, surname cases, next int) {
	if (given|surname)&transcribed == 0 && !agreeInSound(given, surname) && (given.ear()+surname.ear())*100 <= nearlyFactor*maxBoth {
		w.almost, w.closely, w.almostSum = next, surname&byEar == 0, given.ear()+surname.ear()
	}
}

// byEar is 1 where a name is known by its sound alone, to stand behind what is known by its letters.
func (h hit) byEar() int {
	if h.rule == SoundsLike {
		return 1
	}
	return 0
}

// heardInFull tells that a full name was known by its sound.
func heardInFull(hits []hit) bool {
	for _, h := range hits {
		if h.rule == SoundsLike {
			return true
		}
	}
	return false
}

// stepsOfBar are the steps from nothing to the bar of one word.
const stepsOfBar = 90

func shareKey(a, b []soundKey) bool {
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return true
			}
		}
	}
	return false
}

// agreeInSound holds first name and surname together to one bar.
func agreeInSound(first, surname cases) bool {
	if (first|surname)&byEar == 0 {
		return true
	}
	if surname&byEar != 0 && surname&likeOther != 0 && first&asIs != 0 {
		return false // Sergei Lavrova
	}
	if (first|surname)&transcribed != 0 && !transcribedAlike(first, surname) {
		return false
	}
	if first&translated != 0 && surname.ear() > maxTranslated {
		return false
	}
	return first.ear() <= maxEach && surname.ear() <= maxEach && first.ear()+surname.ear() <= maxBoth
}

// ownLetters tells an agreement by the sound of words of the watch's own script.
func (c cases) ownLetters() bool { return c&ownScript != 0 && c&transcribed == 0 }

// ear is how far a word's sound is away.
func (c cases) ear() int { return int(c >> soundShift) }

// maxBoth is the bar of first name and surname together, maxOdd where a middle name stands between them or the surname
// first, and maxOddOther that in another script.
const (
	maxBoth     = 104
	maxOdd      = 30
	maxOddOther = 40
	maxEach     = 80
)

// odd tells an agreement that is too weak for words in an unusual order.
func odd(first, surname cases) bool {
	sum := first.ear() + surname.ear()
	return sum > maxOddOther || (first|surname)&ownScript != 0 && sum > maxOdd
}

// eachSound calls yield with the keys by sound of a word that could be a name.
func (t *text) eachSound(u *unit, yield func(soundKey)) {
	if u.shape == lower {
		return
	}
	for _, r := range u.reads {
		if h := t.heard(r); h != nil {
			for _, key := range h.keys {
				yield(key)
			}
		}
	}
}

// spell adds the keys as the full-text index has them.
func (h *hearer) spell(list []string) []string {
	for _, key := range h.keys {
		list = append(list, key.String())
	}
	return list
}
