package alerts

import (
	"cmp"
	"slices"
	"strings"

	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// A likeness is how surely a person of a catalogue is whom a watch is named after.
type likeness int

const (
	stranger likeness = iota
	namesake          // printed alike, and one of both alone says in brackets who is meant: John Smith, John Smith (diplomat)
	printed           // printed alike, with the same in brackets or nothing
	same              // written alike, folded
)

// calling is how a watch is named: as names are compared, as newspapers print it, whose son it says that it is (Jr., III), and what it says
// in brackets.
type calling struct{ key, printed, generation, note string }

func calledAs(name string) calling {
	return calling{NameKey(name), PrintedKey(name), generationOf(name), noteOf(name)}
}

// generationOf is what parts a son from his father, as names are compared and without a full stop, behind a name or a comma; "" if nothing does.
func generationOf(name string) string {
	name, _, _ = strings.Cut(name, " (")
	for i, part := range strings.Split(name, ",") {
		words := strings.Fields(NameKey(part))
		if len(words) == 0 || i == 0 && len(words) == 1 {
			continue
		}
		switch last := strings.TrimRight(words[len(words)-1], "."); last {
		case "jr", "sr", "ii", "iii", "iv":
			return last
		}
	}
	return ""
}

// noteOf is what stands in brackets behind a name, as names are compared; "" if nothing does.
func noteOf(name string) string {
	name = strings.TrimSpace(name)
	for _, brackets := range []string{"()", "[]", "（）"} {
		opening, closing := brackets[:len(brackets)/2], brackets[len(brackets)/2:]
		before, ends := strings.CutSuffix(name, closing)
		if at := strings.LastIndex(before, opening); ends && at > 0 {
			return NameKey(before[at+len(opening):])
		}
	}
	return ""
}

// likeness says how surely the person is who is named so.
func (p Person) likeness(c calling) likeness {
	names := slices.Concat(p.Names, p.Bare)
	for _, n := range names {
		if NameKey(n) == c.key {
			return same
		}
	}
	best, contradicted := stranger, false
	for _, n := range names {
		if PrintedKey(n) != c.printed || generationOf(n) != c.generation {
			continue
		}
		switch note := noteOf(n); {
		case note == c.note:
			return printed
		case note == "" || c.note == "":
			best = namesake
		default:
			contradicted = true
		}
	}
	if contradicted { // the watch is John Smith (diplomat), and here is John Smith (actor)
		return stranger
	}
	return best
}

// A Study gives the watches of persons what catalogues know of those they are named after. Of each catalogue a watch learns from
// whoever is surest to be meant: who has its name as written, else who is printed so with the same note in brackets, or none, as it,
// else who is printed so. A father is never his son. From several who differ by their notes, which the watch leaves out, it learns nothing.
type Study struct {
	pupils []*pupil
	by     map[string][]*pupil // by key, and by printed name
}

// A pupil is the watches of one name.
type pupil struct {
	calling
	watches []*Watch
	offers  []offer
}

type offer struct {
	catalogue string
	person    Person
	likeness  likeness
}

// Namesakes are persons of one catalogue between whom a watch's name does not tell.
type Namesakes struct {
	Watch     *Watch // one of those of the name
	Catalogue string
	Names     []string // main ones
	Lend      bool     // the watch learns from all of them; else from none
}

// Findings are what came of a study, beside what watches learned.
type Findings struct {
	Unsure  []Namesakes
	Unknown []*Watch // persons whom no catalogue has, one watch of each name
}

// NewStudy returns one for the persons among the watches of the lists.
func NewStudy(lists []Watchlist) *Study {
	s := &Study{by: map[string][]*pupil{}}
	by := map[string]*pupil{}
	for i := range lists {
		for j := range lists[i].Watches {
			w := &lists[i].Watches[j]
			if w.Kind != match.Person {
				continue
			}
			p := by[w.Name]
			if p == nil {
				p = &pupil{calling: calledAs(w.Name)}
				by[w.Name] = p
				s.pupils = append(s.pupils, p)
				for _, key := range p.keys() {
					s.by[key] = append(s.by[key], p)
				}
			}
			p.watches = append(p.watches, w)
		}
	}
	return s
}

// keys are those by which a person may be found.
func (p *pupil) keys() []string {
	if p.key == p.printed || p.printed == "" {
		return []string{p.key}
	}
	return []string{p.key, p.printed}
}

// Each calls do with studies of a part of the watches each, of at most so many keys, and those keys.
func (s *Study) Each(most int, do func(part *Study, keys []string) error) error {
	part, keys := &Study{by: s.by}, []string{}
	for i, p := range s.pupils {
		part.pupils = append(part.pupils, p)
		keys = append(keys, p.keys()...)
		if len(keys)+2 <= most && i+1 < len(s.pupils) {
			continue
		}
		slices.Sort(keys)
		if err := do(part, slices.Compact(keys)); err != nil {
			return err
		}
		part, keys = &Study{by: s.by}, nil
	}
	return nil
}

// Keys are a person's names as names are compared, each once.
func (p Person) Keys() []string { return distinct(p, NameKey, nil) }

// PrintedKeys are the further keys by which watches may ask for a person: its names as newspapers print them, where that is none of Keys.
func (p Person) PrintedKeys() []string { return distinct(p, PrintedKey, p.Keys()) }

// distinct are the keys of a person's names, each once, but for those that are had already.
func distinct(p Person, key func(string) string, had []string) (keys []string) {
	seen := map[string]bool{"": true}
	for _, k := range had {
		seen[k] = true
	}
	for _, n := range slices.Concat(p.Names, p.Bare) {
		if k := key(n); !seen[k] {
			seen[k] = true
			keys = append(keys, k)
		}
	}
	return keys
}

// Hear offers a person of a catalogue to all watches that may be named so.
func (s *Study) Hear(catalogue string, p Person) {
	for _, key := range slices.Concat(p.Keys(), p.PrintedKeys()) {
		s.HearBy(key, catalogue, p)
	}
}

// HearBy offers a person of a catalogue, found by a key, to the watches that asked by it.
func (s *Study) HearBy(key, catalogue string, p Person) {
	for _, pupil := range s.by[key] {
		if slices.ContainsFunc(pupil.offers, func(o offer) bool { return o.is(catalogue, p) }) {
			continue
		}
		if like := p.likeness(pupil.calling); like != stranger {
			pupil.offers = append(pupil.offers, offer{catalogue, p, like})
		}
	}
}

// is tells that this was offered before, by another of the person's names.
func (o offer) is(catalogue string, p Person) bool {
	return o.catalogue == catalogue && o.person.Key == p.Key && slices.Equal(o.person.Names, p.Names) && slices.Equal(o.person.Bare, p.Bare)
}

// Learn gives the watches what was offered, and says for whom that was nobody, or more than one person.
func (s *Study) Learn() (all Findings) {
	for _, p := range s.pupils {
		offers := p.offers
		p.offers = nil
		if len(offers) == 0 {
			all.Unknown = append(all.Unknown, p.watches[0])
		}
		slices.SortStableFunc(offers, func(a, b offer) int { return cmp.Compare(a.catalogue, b.catalogue) })
		for len(offers) > 0 {
			catalogue := offers[0].catalogue
			n := len(offers)
			if i := slices.IndexFunc(offers, func(o offer) bool { return o.catalogue != catalogue }); i > 0 {
				n = i
			}
			all.Unsure = append(all.Unsure, p.learn(catalogue, offers[:n])...)
			offers = offers[n:]
		}
	}
	return all
}

// learn takes what one catalogue offered.
func (p *pupil) learn(catalogue string, offers []offer) (unsure []Namesakes) {
	surest := slices.MaxFunc(offers, func(a, b offer) int { return cmp.Compare(a.likeness, b.likeness) }).likeness
	var keys, names []string
	for _, o := range offers {
		if o.likeness == surest && !slices.Contains(keys, o.person.Key) {
			keys, names = append(keys, o.person.Key), append(names, o.person.Names[0])
		}
	}
	several := len(keys) > 1
	if several {
		unsure = append(unsure, Namesakes{Watch: p.watches[0], Catalogue: catalogue, Names: names, Lend: surest > namesake})
	}
	for _, w := range p.watches {
		for _, o := range offers {
			if o.likeness == surest && (!several || surest > namesake) {
				w.take(o.person, p.calling)
			}
		}
	}
	return unsure
}
