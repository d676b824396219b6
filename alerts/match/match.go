package match

// Kind is what a watch looks out for.
type Kind string

// The kinds of a watch.
const (
	Person  Kind = "person"
	Topic   Kind = "topic"
	Country Kind = "country"
)

// A Spec is a watch's terms, as people write them.
type Spec struct {
	Kind    Kind
	Name    string   // the person's, topic's or country's name as written
	Aliases []string // other names; for a person or country
	Near    []string // words that, beside the surname, make it this person
	Not     []string // phrases in which the name does not count
	Query   string   // a topic's query; "" means its name as a phrase
	Surname bool     // the surname alone is enough
	Exact   bool     // the rendering as written only: no sounds-like
}

// A Doc is an article as the matcher sees it. Title and Text are plain text; Language is BCP 47 or "".
type Doc struct {
	Title    string
	Text     string
	Language string
	Source   Source
}

// A Source is what the query fields source:, source.country: and source.ownership: look at.
type Source struct{ Name, Country, Ownership string }

// Mention is how prominently a watch is mentioned.
type Mention string

// The mentions, from the most to the least prominent.
const (
	Headline Mention = "headline" // in the title
	Lead     Mention = "lead"     // in the beginning of the text
	Body     Mention = "body"     // further down
)

// AtLeast tells whether m is as prominent as least; "" as least is Body.
func (m Mention) AtLeast(least Mention) bool { return m.rank() <= least.rank() }

func (m Mention) rank() int {
	switch m {
	case Headline:
		return 0
	case Lead:
		return 1
	}
	return 2
}

// Field is the part of the Doc that evidence points into.
type Field string

// The fields of a Doc.
const (
	Title Field = "title"
	Text  Field = "text"
)

// Rule names why a match fired, in the words that people read.
type Rule string

// The rules.
const (
	FullName          Rule = "full name"
	InitialAndSurname Rule = "initial and surname"
	Alias             Rule = "alias"
	Surname           Rule = "surname"          // alone, and the full name stands elsewhere or the watch says surname
	NearAndSurname    Rule = "near and surname" // alone, with a near: word beside it
	SoundsLike        Rule = "sounds like"
	Word              Rule = "word"
	ExactWord         Rule = "exact word"
	Phrase            Rule = "phrase"
	Prefix            Rule = "prefix"
	Near              Rule = "near"
	CountryName       Rule = "country"
)

// Evidence is where and why a watch fired. Start and End count runes of the original field, End exclusive, so that
// []rune(field)[Start:End] is Text.
type Evidence struct {
	Field Field  `json:"field"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
	Term  string `json:"term"` // the watch's word as written
	Rule  Rule   `json:"rule"`
	Form  string `json:"form,omitempty"` // what Text was taken for, where that is another rendering
}

// A Match is a watch found in a Doc.
type Match struct {
	ID       string     // as given to Index.Put
	Mention  Mention    // of the most prominent evidence
	Evidence []Evidence // at least one; by field (title first) and position, none inside another of the same rule and term
}

// A NearMiss is a watch that almost fired.
type NearMiss struct {
	ID       string
	Evidence Evidence
	Reason   string // in plain words: what was missing
}

// A Result is all that was found in a Doc, ordered by ID.
type Result struct {
	Matches    []Match
	NearMisses []NearMiss
}

// A SpecError is a mistake in a Spec.
type SpecError struct {
	Field  string // "name", "alias", "near", "not" or "match"
	Index  int    // of the alias, near or not phrase, from 0
	Column int    // in runes from 1, for a query; 0 elsewhere
	Say    string // a sentence for users: what is wrong and what to write
}

func (e *SpecError) Error() string { return e.Say }
