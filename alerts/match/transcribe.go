package match

import (
	"strings"
	"unicode"
)

// Some languages of Latin letters write foreign names by ear, and so as another script would: Džo Baidens, Culiya Qillard,
// Xho Bajden. Within such a text a name is held to the bar of another script.

// writesByEar tells those languages.
func writesByEar(base string) bool {
	switch base {
	case "lv", "lt", "ltg", "sgs", "az", "sr", "bs", "sh", "cnr", "mk", "sq", "uz", "tk", "kk", "tt", "crh", "kaa", "ba", "ky", "so", "vep", "eo":
		return true
	}
	return false
}

// byEarScript stands for the script of Latin words that are heard so.
func byEarScript() *unicode.RangeTable { return unicode.Runic }

// couldBe tells that the text is in the language, or that nothing says in which it is: no tag, and no small word.
func (t *text) couldBe(language string) bool { return t.base == language || t.isUnplaced() }

// isUnplaced tells that nothing says which language the text is in.
func (t *text) isUnplaced() bool {
	if t.placed == placedLater {
		t.placed = placed
		if _, tagged := t.doc.base(); !tagged && guessWords(t.fields) == "" {
			t.placed = unplaced
		}
	}
	return t.placed == unplaced
}

// transcription is a word of the text as its language would have written it by ear. It serves until the next one.
func (t *text) transcription(h *hearer) *utterance {
	u := &t.aside
	cuts := u.cuts[:0]
	*u = h.utterance
	u.script, u.writing, u.cuts, u.rows = byEarScript(), alphabet, cuts, nil
	if u.blurs(h.fold) {
		u.phones = append(t.blurred[:0], u.phones...)
		u.phones[len(u.phones)-1].like |= soundT0
	}
	u.cut(h.fold)
	return u
}

// transcribed holds a word of the watch's own script to the bar of another. Where the language is not known, the word must
// have letters that tell it, or look like Latvian.
func (h *hearer) transcribed(t *text, heard *hearer, u *unit) (int, cases, bool) {
	known := writesByEar(t.base)
	if !known && !t.isUnplaced() {
		return 0, 0, false
	}
	telling := !known && h.toldBy(u.raw)
	if !known && !telling && !strings.ContainsRune("aeious", rune(heard.fold[len(heard.fold)-1])) {
		return 0, 0, false
	}
	steps, set := h.steps(t.transcription(heard), heard.fold)
	if steps > soundSteps {
		return 0, 0, false
	}
	set |= ownScript | transcribed
	switch {
	case known, telling && steps <= maxTelling:
		set |= earned
	case strings.HasSuffix(heard.fold, "s") && !strings.HasSuffix(h.fold, "s"):
		set |= baltic
	case steps > maxTelling:
		return 0, 0, false
	}
	return steps, set, true
}

// maxTelling is how far away a word may be that is written by ear as its letters alone tell, or those of the word beside it: two fifths
// of the bar.
const maxTelling = 36

// toldBy tells that a word has a letter with which languages write foreign names by ear, and few others anything: ž, š, č, ı, and a q
// without an u for g. Where the watch has the letter too, but for the mark, it tells nothing: Miloš Tušek is not
// Milos Tesik.
func (h *hearer) toldBy(raw string) bool {
	for i, r := range raw {
		plain := byte(0)
		switch r {
		case 'ž', 'Ž':
			plain = 'z'
		case 'š', 'Š':
			plain = 's'
		case 'č', 'Č':
			plain = 'c'
		case 'ı':
			plain = 'i'
		case 'q', 'Q':
			if i+1 < len(raw) && raw[i+1]|0x20 != 'u' && h.hasHardG() {
				plain = 'q'
			}
		}
		if plain != 0 && !h.hasPlain(plain) {
			return true
		}
	}
	return false
}

// hasHardG tells that the watch's word has a g, for which Azeri writes q, not ng.
func (h *hearer) hasHardG() bool {
	at := strings.IndexByte(h.fold, 'g')
	return at == 0 || at > 0 && h.fold[at-1] != 'n'
}

// hasPlain tells that the watch's word has a letter that is no part of sh, ch or zh.
func (h *hearer) hasPlain(letter byte) bool {
	for i := range len(h.fold) {
		if h.fold[i] == letter && (i+1 == len(h.fold) || h.fold[i+1] != 'h') {
			return true
		}
	}
	return false
}

// transcribedAlike tells that first name and surname are written by ear both. Latvian puts -s behind both as well.
func transcribedAlike(first, surname cases) bool {
	changed := func(c cases) bool { return c&byEar != 0 || c&asIs == 0 }
	return (first|surname)&earned != 0 || (first|surname)&baltic != 0 && changed(first) && changed(surname)
}
