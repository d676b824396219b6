package match

import (
	"slices"
	"strings"
	"unicode"
)

// spellings are what papers make of a name as CLDR writes it in a language: without brackets, & and abbreviations too. What stands in
// brackets says which country is meant, and is no name of it: 刚果（金） is not 金, and Saint-Martin (France) not France.
func spellings(code, lang, name string) []string {
	if !strings.ContainsAny(name, "(（&.-") {
		return []string{name}
	}
	before, rest, ok := strings.Cut(strings.NewReplacer("（", "(", "）", ")").Replace(name), "(")
	if !ok {
		return inFull(lang, name)
	}
	within, after, _ := strings.Cut(rest, ")")
	list := append([]string{name}, inFull(lang, before+after)...)
	if after == "" && hasTwoNames(code) {
		list = append(list, inFull(lang, within)...)
	}
	return list
}

// hasTwoNames tells the countries whose other name CLDR has in brackets: Myanmar (Burma).
func hasTwoNames(code string) bool { return slices.Contains([]string{"CI", "MM", "TL", "VA"}, code) }

// ands are what & stands for.
func ands(lang string) []string {
	switch lang {
	case "en":
		return []string{"and", "and the"}
	case "fil":
		return []string{"at"}
	case "fo":
		return []string{"og"}
	case "id", "ms":
		return []string{"dan"}
	case "vi":
		return []string{"và"}
	case "as":
		return []string{"আৰু"}
	case "lo":
		return []string{"ແລະ"}
	case "ta":
		return []string{"மற்றும்"}
	case "te":
		return []string{"మరియు"}
	}
	return nil
}

// inFull adds to a name what it is with its & and abbreviations written out.
func inFull(lang, name string) []string {
	list := []string{strings.TrimSpace(name)}
	write := func(short string, long ...string) {
		for _, s := range slices.Clone(list) {
			for _, l := range long {
				if full := strings.ReplaceAll(s, short, l); full != s {
					list = append(list, full)
				}
			}
		}
	}
	write("&", ands(lang)...)
	switch lang {
	case "ru":
		write("о-ва", "острова")
		write("о-в", "остров")
		write("Св.", "Святой")
	case "de":
		write("St.", "Sankt")
	case "id":
		write("Kep.", "Kepulauan")
	case "lt":
		write("Šv.", "Šventosios")
	case "lv":
		write("Sv.", "Svētās ")
	default:
		write("St.", "Saint")
	}
	return list
}

// A bridged phrase goes on across what no phrase crosses: 刚果（金）, Папуа — Новая Гвинея, Wallis & Futuna.
type bridged struct {
	phrase
	behind []phrase
}

// newBridged takes a name apart at its brackets, its & and the dashes between spaces; at a plus sign, where a comma may stand.
func newBridged(written string, m manner) bridged {
	spaced := written
	for _, dash := range []string{"-", "–", "—"} {
		spaced = strings.ReplaceAll(spaced, " "+dash+" ", "&")
	}
	var pieces []phrase
	for _, piece := range strings.FieldsFunc(spaced, func(r rune) bool { return strings.ContainsRune("()（）&+", r) }) {
		if p := newPhrase(piece, m); len(p.words) > 0 {
			pieces = append(pieces, p)
		}
	}
	if len(pieces) == 0 {
		return bridged{phrase: newPhrase(written, m)}
	}
	b := bridged{pieces[0], pieces[1:]}
	b.written = written
	return b
}

// find gives every place of the phrase in the text.
func (b *bridged) find(t *text) []span {
	spans := b.phrase.find(t)
	for i := range b.behind {
		spans = b.behind[i].goOn(t, spans)
	}
	return spans
}

// goOn leaves the places behind which the phrase stands, and takes it into them.
func (p *phrase) goOn(t *text, spans []span) []span {
	kept := spans[:0]
	for _, s := range spans {
		f := t.fields[s.field]
		if !f.bridges(s.next) {
			continue
		}
		if next, ok := p.fitsFrom(t, f, s.next, 0); ok {
			kept = append(kept, span{s.field, s.first, next})
		}
	}
	return kept
}

// bridges tells that nothing stands in front of atom i but what may stand within a name.
func (f *field) bridges(i int) bool {
	if i >= len(f.atoms) {
		return false
	}
	between := f.src[f.atom(i-1).to:f.atom(i).from]
	return f.adjacent(i) || strings.Count(between, "\n") < 2 && !strings.ContainsFunc(between, func(r rune) bool {
		return !unicode.IsSpace(r) && !isHyphen(r) && !strings.ContainsRune("—()（）&,，", r)
	})
}

// isCharacter tells one Chinese character alone: 金.
func (b *bridged) isCharacter() bool {
	return len(b.behind) == 0 && len(b.words) == 1 && len(b.words[0].parts) == 1 && unicode.Is(unicode.Han, firstRune(b.words[0].joined.fold))
}
