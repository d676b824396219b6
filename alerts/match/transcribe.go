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
	u.cut(h.fold)
	return u
}

// transcribed holds a word of the watch's own script to the bar of another. Where the language is not known, the word must
// look like Latvian.
func (h *hearer) transcribed(t *text, heard *hearer) (int, cases, bool) {
	known := writesByEar(t.base)
	if !known && (!strings.ContainsRune("aeious", rune(heard.fold[len(heard.fold)-1])) || !t.isUnplaced()) {
		return 0, 0, false
	}
	steps, set := h.steps(t.transcription(heard), heard.fold)
	if steps > soundSteps {
		return 0, 0, false
	}
	set |= ownScript | transcribed
	switch {
	case known:
		set |= earned
	case strings.HasSuffix(heard.fold, "s") && !strings.HasSuffix(h.fold, "s"):
		set |= baltic
	}
	return steps, set, true
}

// transcribedAlike tells that first name and surname are written by ear both. Latvian puts -s behind both as well.
func transcribedAlike(first, surname cases) bool {
	changed := func(c cases) bool { return c&byEar != 0 || c&asIs == 0 }
	return (first|surname)&earned != 0 || (first|surname)&baltic != 0 && changed(first) && changed(surname)
}
