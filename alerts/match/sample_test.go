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

// A sampler makes up names and articles. The same seed makes the same ones.
type sampler struct {
	r         *rand.Rand
	words     []string // from the most to the least frequent
	zipf      *rand.Zipf
	given     []string
	strangers []string // surnames that no watch has
}

func newSampler(seed uint64) *sampler {
	return newScript(seed, "b d f g h k l m n p r s t v z br ch dr gr kr pl sh st th tr", "a e i o u a e i o ai ea ou", "n r s t l nd ck sk m rt ng",
		"the of and to in is that for with was on by has his are from it at as said after against not this will be an he they were been would who which")
}

// newScript makes words of the syllables' onsets, vowels and codas; small are the most frequent words.
func newScript(seed uint64, onsets, vowels, codas, small string) *sampler {
	s := &sampler{r: rand.New(rand.NewPCG(seed, 7))}
	o, v, c := strings.Fields(onsets), strings.Fields(vowels), strings.Fields(codas)
	s.words = strings.Fields(small)
	syllables := func(n int) string {
		word := ""
		for range n {
			word += o[s.r.IntN(len(o))] + v[s.r.IntN(len(v))]
		}
		if s.r.IntN(2) == 0 {
			word += c[s.r.IntN(len(c))]
		}
		return word
	}
	seen := map[string]bool{}
	for len(s.words) < 30_000 {
		if word := syllables(1 + s.r.IntN(3)); !seen[word] {
			seen[word] = true
			s.words = append(s.words, word)
		}
	}
	for range 1500 {
		s.given = append(s.given, titled(syllables(1+s.r.IntN(2))))
	}
	for range 20_000 {
		s.strangers = append(s.strangers, titled(syllables(2+s.r.IntN(2))))
	}
	s.zipf = rand.NewZipf(s.r, 1.05, 4, uint64(len(s.words)-1))
	return s
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
	return pick(s.r, s.given) + " " + pick(s.r, surnames)
}

// names are n different ones, with five bearers of a surname on average.
func (s *sampler) names(n int) []string {
	var surnames []string
	for range n/5 + 1 {
		a, b := pick(s.r, s.strangers), pick(s.r, s.strangers)
		surnames = append(surnames, a+strings.ToLower(b[:min(len(b), 2+s.r.IntN(3)*2)]))
	}
	for i, name := range surnames {
		surnames[i] = strings.ToValidUTF8(name, "")
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

// text has about size bytes: sentences, in which people are named, one in so many of them of the watched, and one in twenty
// of the others of a watched surname.
func (s *sampler) text(size int, watched []string, oneIn int) string {
	var b strings.Builder
	b.Grow(size + 100)
	for b.Len() < size {
		n := 8 + s.r.IntN(14)
		person := s.r.IntN(3 * n) // a name in every third sentence
		for i := range n {
			word := s.words[s.zipf.Uint64()]
			switch {
			case i == person && s.r.IntN(oneIn) == 0:
				word = pick(s.r, watched)
			case i == person && s.r.IntN(20) == 0: // somebody else of a watched name
				whole := pick(s.r, watched)
				word = pick(s.r, s.given) + whole[strings.LastIndexByte(whole, ' '):]
			case i == person:
				word = s.name(s.strangers)
			case i == 0:
				word = titled(word)
			}
			b.WriteString(word)
			switch {
			case i == n-1:
				b.WriteString(". ")
			case s.r.IntN(12) == 0:
				b.WriteString(", ")
			default:
				b.WriteByte(' ')
			}
		}
	}
	return b.String()
}

// docs are n articles of about size bytes.
func (s *sampler) docs(n, size int, watched []string, oneIn int) []Doc {
	docs := make([]Doc, n)
	for i := range docs {
		docs[i] = Doc{Title: strings.TrimSuffix(s.text(40, watched, oneIn), ". "), Text: s.text(size-70, watched, oneIn)}
	}
	return docs
}

// scripts are samplers of several alphabets.
func scripts(seed uint64) []*sampler {
	return []*sampler{
		newSampler(seed),
		newScript(seed+1, "б в г д ж з к л м н п р с т ф х ц ч ш бр др кр пр ст", "а е и о у ы я ю", "н р с т л нд к м ть й", "и в не на что с по как это он к но из у за от для его же был со после против"),
		newScript(seed+2, "β γ δ ζ θ κ λ μ ν ξ π ρ σ τ φ χ ψ", "α ε η ι ο υ ω ά έ ί ό", "ς ν ρ", "και το του της η ο για με σε από που να στην των"),
		newScript(seed+3, "ب ت ج ح خ د ر ز س ش ص ط ع غ ف ق ك ل م ن ه", "ا و ي", "ن ر ت", "في من على إلى أن عن مع هذا التي الذي"),
		newScript(seed+4, letters('一', 1500), letters('倀', 1500), letters('劀', 500), "的 是 在 和 了 不 有 人"),
		newScript(seed+5, letters('가', 900), letters('바', 900), letters('사', 300), "그 이 저 것 수 등"),
		newScript(seed+6, "b c d f g l m n p r s t v pr tr", "a é e è i o ô ü ö ä ã ñ", "n r s t l", "le la les de des et du en une est pour dans que qui sur"),
	}
}

// letters are n of a script from one on, parted by spaces.
func letters(from rune, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteRune(from + rune(i))
		b.WriteByte(' ')
	}
	return b.String()
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
