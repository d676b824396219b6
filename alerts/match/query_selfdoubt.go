package match

import (
	"fmt"
	"slices"
	"strconv"
)

// DoubtsOfFinding tries the persons among watches on their own names, as they are written and as they are printed, as headlines and in a
// sentence, and tells which of them find neither: what is written around such a name, or in it, keeps it from being found. Each doubt stands
// where its watch does; it is nil for what is found, is no person, is doubted as a name, or does not compile.
func DoubtsOfFinding(watches []Spec) []*SpecError {
	doubts := make([]*SpecError, len(watches))
	x := NewIndex()
	for i, s := range watches {
		if s.Kind != Person || doubtOfName(s.Name) != "" {
			continue
		}
		if p, err := Compile(Spec{Kind: Person, Name: s.Name, Exact: s.Exact}); err == nil {
			doubts[i] = &SpecError{Field: "name", Say: fmt.Sprintf("%q is not found even where it stands as it is written here; write it as newspapers print it, without titles and notes, like Steve Witkoff.", s.Name)}
			x.Put(strconv.Itoa(i), p)
		}
	}
	for i, d := range doubts {
		if d != nil && x.findsItself(strconv.Itoa(i), watches[i].Name) {
			doubts[i] = nil
		}
	}
	return doubts
}

// findsItself tells that the watch is found in its own name.
func (x *Index) findsItself(id, name string) bool {
	for _, n := range []string{name, PrintedName(name)} {
		for _, d := range []Doc{{Title: n}, {Text: "It was " + n + " who said so."}} {
			if slices.ContainsFunc(x.Find(d).Matches, func(m Match) bool { return m.ID == id }) {
				return true
			}
		}
	}
	return false
}
