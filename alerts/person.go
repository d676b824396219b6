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

// IsCalled tells whether one of the person's names is the one given, as names are compared.
func (p Person) IsCalled(name string) bool {
	key := NameKey(name)
	same := func(n string) bool { return NameKey(n) == key }
	return slices.ContainsFunc(p.Names, same) || slices.ContainsFunc(p.Bare, same)
}

// Learn adds to a person's watch the names of the person, if that is one of them: those it has not got, while it has
// fewer than MaxAliases. Other watches stay as they are. Learned names are never stored with the watch.
func (w *Watch) Learn(p Person) {
	if w.Kind != match.Person || !p.IsCalled(w.Name) {
		return
	}
	have := map[string]bool{NameKey(w.Name): true}
	for _, a := range slices.Concat(w.Aliases, w.Imported) {
		have[NameKey(a)] = true
	}
	for _, n := range p.Names {
		if len(w.Aliases)+len(w.Imported) >= MaxAliases {
			return
		}
		if key := NameKey(n); !have[key] {
			have[key] = true
			w.Imported = append(w.Imported, n)
		}
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
