package match

import "strings"

// A tongue is a language in which a sifter reads words.
type tongue struct {
	number uint8  // from 1
	salt   uint64 // of hashes of what is remembered in the tongue
	text   *text  // of no Doc: it makes units and remembers stems
	bit    uint32 // tongueBit of how it treats words
}

// maxTongues bounds the languages a sifter remembers; there are fewer, but anything may stand in Doc.Language.
const maxTongues = 100

// never is no number of changes.
const never = -1

// tongueOf is the one of a language, which the Doc says or does not: with stems where the index has patterns that need
// them, and with sounds where it has queries that do.
func (s *sifter) tongueOf(base string) tongue {
	number := 0
	switch {
	case s.heeding: // which no index without topics is
		number = 2
	case s.topics:
		number = 1
	}
	if s.placed == unplaced {
		number += 3
	}
	all := &s.tongues[number]
	if t, ok := (*all)[base]; ok {
		return t
	}
	if s.numbered >= maxTongues {
		s.tongues = [6]map[string]tongue{}
		s.numbered = 0
		s.seen, s.pairing.seen = never, never // so that what is known of the index is forgotten
		clear(s.memo.entries)
		clear(s.fits)
		clear(s.agreements.entries)
	}
	if *all == nil {
		*all = map[string]tongue{}
	}
	s.numbered++
	t := tongue{number: s.numbered, salt: uint64(s.numbered) * hashA, text: &text{stemmed: s.topics, placed: s.placed}}
	t.text.speak(base)
	t.bit = tongueBit(t.text.language)
	(*all)[strings.Clone(base)] = t
	return t
}

// language is languageOf the Doc.
func (s *sifter) language() string {
	s.placed = placed
	sum := s.sweep.said
	s.look(&sum)
	if base, ok := s.doc.base(); ok {
		return base
	}
	s.lookASCII(&sum)
	if language := sum.language(s.x.marks().markers); language != "" {
		return language
	}
	s.placed = unplaced
	for _, t := range s.sweep.tokens {
		if first := s.sweep.swept[t.from]; first > 0xE2 && first < 0xEE && first != 0xEA {
			continue // characters and Hangul, which languageOfScript knows nothing of, but fill texts
		}
		if language := languageOfScript(firstRune(s.raw(t))); language != "" {
			return language
		}
	}
	return ""
}
