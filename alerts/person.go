package alerts

import (
	"slices"
	"strings"

	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// A Person is somebody of an imported catalogue, with all names that are known of them.
type Person struct {
	Key   string   // names them within their catalogue, such as Q7747
	Names []string // the main one first; what a watch of this person may be found by
	Bare  []string // names that are only a word of a longer one: they tell who is meant, and find nobody
}

// MaxAliases is how many aliases a watch has at most, its own and imported ones together, as match.Compile takes them.
const MaxAliases = 1000

// NameKey is a name as names are compared: folded, with single blanks.
func NameKey(name string) string { return strings.Join(strings.Fields(match.Fold(name)), " ") }

// PrintedKey is a name as newspapers print it, as names are compared: by it a watch and a catalogue meet that write different titles,
// offices and notes around one name, or its words in another order.
func PrintedKey(name string) string {
	return strings.TrimRight(NameKey(match.PrintedName(name)), ".,;: ")
}

// KeyEdition is which PrintedKey stored catalogues are found by. Raise it when match.PrintedName prints names otherwise than before:
// stores make the keys of their catalogues anew then.
const KeyEdition = 1

// Learn adds to a person's watch the names of the person, if that is whom it is named after: those it has not got, while it has
// fewer than MaxAliases. Other watches stay as they are. Learned names are never stored with the watch.
func (w *Watch) Learn(p Person) {
	if w.Kind == match.Person && p.likeness(calledAs(w.Name)) != stranger {
		w.take(p, calledAs(w.Name))
	}
}

// take adds the names of a person who is named as c, as Learn does.
func (w *Watch) take(p Person, c calling) {
	have := map[string]bool{c.key: true}
	for _, a := range slices.Concat(w.Aliases, w.Imported) {
		have[NameKey(a)] = true
	}
	last := c.printed[strings.LastIndexByte(c.printed, ' ')+1:]
	for _, n := range p.Names {
		if len(w.Aliases)+len(w.Imported) >= MaxAliases {
			return
		}
		key := NameKey(n)
		if have[key] || strings.Contains(key, last) && PrintedKey(n) == c.printed { // Sir Keir Starmer is found by Keir Starmer
			continue
		}
		have[key] = true
		w.Imported = append(w.Imported, n)
	}
}

// Terms is what the watch is matched by: its Spec, and as further aliases what it learned from catalogues.
func (w Watch) Terms() match.Spec {
	s := w.Spec
	if len(w.Imported) > 0 {
		s.Aliases = slices.Concat(s.Aliases, w.Imported)
	}
	return s
}
