package match

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A sampler makes up names and articles. The same seed makes the same ones. Its numbers are what real articles and names
// showed that TestShares was given, a few hundred in English and Russian; it prints the same of made-up ones.
type sampler struct {
	script
	r         *rand.Rand
	words     []string   // from the most to the least frequent
	ranks     *rand.Zipf // of words
	given     []string
	strangers []string // surnames that no watch has
	others    []string // words with a capital that are nobody's name
	news      []string // strangers of whom article after article speaks
}

// The sizes of what a sampler draws from.
const (
	sampleWords   = 30_000
	sampleGiven   = 1500
	sampleSurname = 20_000
	sampleOthers  = 5000
	sampleNews    = 200
)

// What stands in articles, of a thousand.
const (
	namedFull  = 16  // words: a person named in full
	namedShort = 9   // words: one of those again, by the surname
	otherName  = 70  // words: capitals of places, offices and firms, one to three of them
	again      = 180 // people: named in other articles, too
	bearers    = 400 // people: of a surname among 100,000 others' (.23 among 6,000 of the names, .04 more each time they double)
)

func newSampler(seed uint64) *sampler { return newScript(seed, likeEnglish()) }

func newScript(seed uint64, c script) *sampler {
	s := &sampler{script: c, r: rand.New(rand.NewPCG(seed, 7))}
	s.words = strings.Fields(c.small)
	seen := map[string]bool{}
	for len(s.words) < sampleWords {
		if word := s.word(1 + s.r.IntN(s.longest)); !seen[word] {
			seen[word] = true
			s.words = append(s.words, word)
		}
	}
	for range sampleGiven {
		s.given = append(s.given, titled(s.syllables(s.nameLength(200, 700, 940))))
	}
	for range sampleSurname {
		s.strangers = append(s.strangers, titled(s.syllables(s.nameLength(140, 610, 900))))
	}
	for range sampleOthers {
		s.others = append(s.others, titled(s.word(1+s.r.IntN(s.longest))))
	}
	for range sampleNews {
		s.news = append(s.news, s.name(s.strangers))
	}
	s.ranks = rand.NewZipf(s.r, c.exponent, c.shift, uint64(len(s.words)-1))
	return s
}

// nameLength is a number of syllables, of which so many in a thousand names have at most one, two and three.
func (s *sampler) nameLength(one, two, three int) int {
	switch n := s.r.IntN(1000); {
	case n < one:
		return 1
	case n < two:
		return 2
	case n < three:
		return 3
	}
	return 4
}

func titled(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

func pick(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

// name is a person's, of some 20,000 surnames and as many more as there are names.
func (s *sampler) name(surnames []string) string {
	return pick(s.r, s.given) + s.space + pick(s.r, surnames)
}

// names are n different ones, with five bearers of a surname on average.
func (s *sampler) names(n int) []string {
	var surnames []string
	for range n/5 + 1 {
		surnames = append(surnames, pick(s.r, s.strangers)+s.syllables(1))
	}
	names := make([]string, 0, n)
	seen := map[string]bool{}
	for len(names) < n {
		if name := s.name(surnames); !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	return names
}

// person is somebody of whom an article speaks, one in so many of them watched.
func (s *sampler) person(watched []string, oneIn int) string {
	switch {
	case s.r.IntN(oneIn) == 0:
		return pick(s.r, watched)
	case s.r.IntN(1000) < again:
		return pick(s.r, s.news)
	case s.space != "" && s.r.IntN(1000) < bearers:
		return pick(s.r, s.given) + s.space + s.surname(pick(s.r, watched))
	}
	return s.name(s.strangers)
}

// surname is that of a name; the whole where nothing parts it.
func (s *sampler) surname(name string) string {
	if s.space == "" {
		return name
	}
	return name[strings.LastIndex(name, s.space)+len(s.space):]
}

// text has about size bytes: sentences, in which people are named, one in so many of them of the watched.
func (s *sampler) text(size int, watched []string, oneIn int) string {
	var b strings.Builder
	b.Grow(size + 100)
	last := "" // who was named
	for b.Len() < size {
		n := 8 + s.r.IntN(16)
		for i := range n {
			var word string
			switch u := s.r.IntN(1000); {
			case u < namedFull:
				word = s.person(watched, oneIn)
				last = word
			case u < namedFull+namedShort && last != "":
				word = s.surname(last)
			case u < namedFull+namedShort+otherName:
				word = s.capitals()
			default:
				word = s.words[s.ranks.Uint64()]
			}
			if i == 0 {
				word = titled(word)
			}
			b.WriteString(word)
			if s.r.IntN(1000) < s.owning {
				b.WriteString("'s")
			}
			switch {
			case i == n-1:
				b.WriteString(s.stop)
			case s.r.IntN(1000) < s.hyphens:
				b.WriteString("-")
			case s.r.IntN(12) == 0:
				b.WriteString(s.comma)
			default:
				b.WriteString(s.space)
			}
		}
	}
	return b.String()
}

// capitals are one to three words of the name of something.
func (s *sampler) capitals() string {
	word := func() string { return s.others[s.ranks.Uint64()*uint64(len(s.others))/uint64(len(s.words))] }
	name := word()
	for range 2 {
		if s.r.IntN(4) == 0 {
			name += s.space + word()
		}
	}
	return name
}

// docs are n articles of about size bytes.
func (s *sampler) docs(n, size int, watched []string, oneIn int) []Doc {
	docs := make([]Doc, n)
	for i := range docs {
		docs[i] = Doc{Title: strings.TrimSuffix(s.text(40, watched, oneIn), s.stop), Text: s.text(size-70, watched, oneIn)}
	}
	return docs
}

// corpus reads the articles of BENCH_CORPUS, or makes n of them.
func corpus(t *testing.T, n int, make func() []Doc) []Doc {
	path := os.Getenv("BENCH_CORPUS")
	if path == "" {
		return make()
	}
	f, err := os.Open(path)
	require.NoError(t, err)
	defer func() { require.NoError(t, f.Close()) }()
	var docs []Doc
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() && len(docs) < 10*n {
		var a struct{ Title, Text, Language string }
		require.NoError(t, json.Unmarshal(lines.Bytes(), &a), fmt.Sprint("line ", len(docs)+1))
		docs = append(docs, Doc{Title: a.Title, Text: a.Text, Language: a.Language})
	}
	require.NoError(t, lines.Err())
	require.NotEmpty(t, docs)
	return docs
}
