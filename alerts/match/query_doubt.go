package match

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// doubt is what Compile takes and hardly anybody can mean, in a query.
func doubt(l lexeme, format string, args ...any) *SpecError {
	return mistake(l.column, fmt.Sprintf(format, args...))
}

// doubtsOfQuery are those of a query that Compile takes, in its order.
func doubtsOfQuery(query string) []*SpecError {
	n, err := parseQuery(query)
	if err != nil {
		return nil
	}
	lexemes, err := lex(query)
	if err != nil {
		return nil
	}
	var all []*SpecError
	for i, l := range lexemes[:len(lexemes)-1] {
		before := lexeme{}
		if i > 0 {
			before = lexemes[i-1]
		}
		if d := doubtOf(before, l, lexemes[i+1]); d != nil {
			all = append(all, d)
		}
	}
	return append(all, n.contradictions()...)
}

// doubtOf looks at one piece of a query between its neighbours.
func doubtOf(before, l, next lexeme) *SpecError {
	behind := ""
	if before.kind == lexField {
		behind = strings.ToLower(before.text)
	}
	switch {
	case behind == "lang":
		return doubtOfLanguage(l)
	case behind == "source.country":
		return doubtOfCountry(l)
	case behind == "source.ownership":
		switch strings.ToLower(l.text) {
		case "state", "public", "independent", "official":
			return nil
		}
		return doubt(l, "No source has the ownership %q; write state, public, independent or official.", l.text)
	case behind == "person" && l.kind == lexWord && next.kind == lexWord && next.operator() == "" && beginsName(l.text) && beginsName(next.text):
		return doubt(l, "Only %q is the person here, and %q is a word to look for; write quotes around a name of several words: person:\"%s %s\".", l.text, next.text, l.text, next.text)
	case l.kind == lexQuoted && strings.Contains(l.text, "*"):
		return doubt(l, "* means nothing inside quotes; write it behind a word without quotes, like sanction*.")
	case l.kind == lexWord && !l.exact && behind == "" && l.operator() == "":
		return doubtOfWord(l)
	}
	return nil
}

// beginsName tells a word as names are written, which acronyms are not.
func beginsName(s string) bool {
	first, size := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(first) && !unicode.IsLower(first) && (!unicode.IsUpper(first) || strings.ContainsFunc(s[size:], unicode.IsLower))
}

// doubtOfWord tells a word that is meant for an operator, here or elsewhere.
func doubtOfWord(l lexeme) *SpecError {
	lower := strings.ToLower(l.text)
	first, size := utf8.DecodeRuneInString(l.text)
	switch {
	case lower == "and" || lower == "or" || lower == "not":
		return doubt(l, "%s in small letters is a word to look for; write %s, or =%s for the word.", l.text, strings.ToUpper(l.text), lower)
	case lower == "near" || strings.HasPrefix(lower, "near/"):
		return doubt(l, "%s in small letters is a word to look for; write NEAR/ and a number in capitals, like sanctions NEAR/5 Iran.", l.text)
	case strings.Contains(l.text, "|"):
		return doubt(l, "| means nothing here; write OR, like ceasefire OR truce.")
	case strings.ContainsRune("-–—−!", first) && beginsWord(l.text[size:]):
		return doubt(l, "%c before a word means nothing here; write NOT %s to leave out articles that have it.", first, l.text[size:])
	}
	return nil
}

func beginsWord(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(first)
}

// inPlaceOf says what to write for a sign that is an operator elsewhere; "" if it is none.
func inPlaceOf(sign string) string {
	switch sign {
	case "|", "||", "/":
		return "OR"
	case "&", "&&", "+":
		return "AND"
	case "-", "–", "—", "−", "!":
		return "NOT"
	}
	return ""
}

// doubtOfLanguage tells what is no code of a language, or not the one that articles have: of two letters, where there is one.
func doubtOfLanguage(l lexeme) *SpecError {
	tag, err := language.Parse(l.text)
	if base, _ := tag.Base(); err == nil && tag != language.Und {
		written, _, _ := strings.Cut(strings.ReplaceAll(l.text, "_", "-"), "-")
		if len(written) > 2 && len(base.String()) == 2 {
			return doubt(l, "No article has the language %q; write its code of two letters, lang:%s.", l.text, base)
		}
		return nil
	}
	if code := codeOf(strings.ToLower(l.text)); code != "" {
		return doubt(l, "No article has the language %q; write its code, lang:%s.", l.text, code)
	}
	return doubt(l, "%q is no code of a language, so no article has it; write one like lang:en, lang:ru or lang:zh.", l.text)
}

// codeOf is the code of the languages that are most often written by their names, or by the code of a country.
func codeOf(name string) string {
	for code, names := range map[string]string{
		"en": "english", "de": "german deutsch", "fr": "french français", "es": "spanish español castilian", "ru": "russian русский", "ar": "arabic العربية",
		"zh": "chinese mandarin cn 中文", "uk": "ukrainian ua українська", "pt": "portuguese português", "it": "italian italiano", "tr": "turkish türkçe", "fa": "persian farsi فارسی",
		"he": "hebrew עברית", "ja": "japanese jp 日本語", "ko": "korean 한국어", "pl": "polish polski", "nl": "dutch nederlands", "el": "greek gr", "cs": "czech cz", "hi": "hindi",
	} {
		for n := range strings.SplitSeq(names, " ") {
			if n == name {
				return code
			}
		}
	}
	return ""
}

// doubtOfCountry tells what is no code of a country as sources have it.
func doubtOfCountry(l lexeme) *SpecError {
	code := strings.ToUpper(l.text)
	region, err := language.ParseRegion(code)
	switch {
	case code == "EU" || code == "UN":
		return nil
	case err == nil && len(code) == 2 && region.IsCountry() && region.Canonicalize() == region:
		return nil
	}
	if region, ok := regionOf(l.text); ok {
		return doubt(l, "No source has the country %q; write its code of two letters, source.country:%s.", l.text, region)
	}
	return doubt(l, "%q is no code of a country, so no source has it; write two letters like source.country:US.", l.text)
}
