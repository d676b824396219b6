package commands

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// leastWord is how many letters a word has that an offered topic is made of.
const leastWord = 4

// offer is a command by which articles like f would be told: the watch of a name in it, else of its longest word. What it
// offers finds f; where nothing does, it is the command's help.
func offer(a ask, f Found) Span {
	text := f.Article.Title
	if strings.TrimSpace(text) == "" {
		text = cut(f.Article.Text, 200)
	}
	words := strings.FieldsFunc(clean(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '-'
	})
	for _, s := range append(nameIn(words), longest(words)...) {
		l, err := newLens(s)
		if err != nil {
			continue
		}
		if fired, _ := l.look(f); len(fired) > 0 {
			return watchFor(a, s)
		}
	}
	return a.write("help", "command", "watch add")
}

// nameIn is the person whom the first two or three words with capitals name. Before a name of two words at the beginning
// stands a word that has its capital from that.
func nameIn(words []string) []match.Spec {
	for from := 0; from < len(words); from++ {
		to := from
		for to < len(words) && capital(words[to]) {
			to++
		}
		if from == 0 && to == 3 {
			from++
		}
		if n := to - from; n == 2 || n == 3 {
			return []match.Spec{{Kind: match.Person, Name: strings.Join(words[from:to], " ")}}
		}
		from = max(from, to)
	}
	return nil
}

func capital(word string) bool {
	first, size := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(first) && strings.ToUpper(word[size:]) != word[size:]
}

// longest is the topic of the longest word, the first of equal ones.
func longest(words []string) []match.Spec {
	best := ""
	for _, w := range words {
		if utf8.RuneCountInString(w) > utf8.RuneCountInString(best) {
			best = w
		}
	}
	if utf8.RuneCountInString(best) < leastWord {
		return nil
	}
	return []match.Spec{{Kind: match.Topic, Name: best}}
}
