package match

import "sync/atomic"

// givenMarks have a bit for each key that a surname needs beside it where it is written small: the keys of first names. Nearly no
// small word beside another has one. A bit stays when the last name that needs it is removed.
type givenMarks [1 << (givenMarkBits - 6)]atomic.Uint64

const givenMarkBits = 19 // 64 KiB

func (m *givenMarks) add(key uint32) {
	if at, bit := &m[key>>6%uint32(len(m))], uint64(1)<<(key&63); at.Load()&bit == 0 {
		at.Or(bit)
	}
}

func (m *givenMarks) has(key uint32) bool { return m[key>>6%uint32(len(m))].Load()>>(key&63)&1 != 0 }

// addClauses adds the keys of clauses that are written down.
func (m *givenMarks) addClauses(clauses []uint32) {
	for at := 0; at < len(clauses) && clauses[at] != 0; {
		end := at + 1 + int(clauses[at])
		for _, key := range clauses[at+1 : end] {
			m.add(key)
		}
		at = end
	}
}

// mark adds what filings of surnames need.
func (m *givenMarks) mark(f *filings) {
	for _, l := range f.list {
		switch mode := l.mode; {
		case mode == fileAny, mode == fileCapital, mode == fileName, l.need == 0:
		case l.need&needKey != 0:
			m.add(l.need)
		default:
			m.addClauses(f.needs[l.need-1].clauses)
		}
	}
}
