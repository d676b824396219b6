package match

import (
	"encoding/binary"
	"slices"
)

// A packedSpec is a Spec in one string: of a hundred thousand watches few are looked at, and as a Spec each takes four times
// as much, in pieces. A name alone is itself; before all else stands packedMark, then a byte of what is yes or no, and then
// the strings, each behind its length.
type packedSpec string

// packedMark begins what is not a name alone.
const packedMark = '\x00'

// The bits of a packedSpec's second byte, above those of its kind.
const (
	packedKind    = 3
	packedSurname = 4
	packedExact   = 8
)

// packedKinds are the kinds by their bits.
func packedKinds() [3]Kind { return [...]Kind{Person, Topic, Country} }

// pack is the Spec, which was checked, in one string.
func pack(s Spec) packedSpec {
	if s.isName() && (s.Name == "" || s.Name[0] != packedMark) {
		return packedSpec(s.Name)
	}
	kinds := packedKinds()
	flags := byte(slices.Index(kinds[:], s.Kind)) //nolint:gosec // one of three
	if s.Surname {
		flags |= packedSurname
	}
	if s.Exact {
		flags |= packedExact
	}
	out := packedString([]byte{packedMark, flags}, s.Name)
	out = packedString(out, s.Query)
	for _, list := range [][]string{s.Aliases, s.Near, s.Not} {
		out = binary.AppendUvarint(out, uint64(len(list)))
		for _, term := range list {
			out = packedString(out, term)
		}
	}
	return packedSpec(out)
}

func packedString(out []byte, s string) []byte {
	return append(binary.AppendUvarint(out, uint64(len(s))), s...)
}

// isName tells a person's name and nothing else.
func (p packedSpec) isName() bool { return p == "" || p[0] != packedMark }

// name is the Spec's.
func (p packedSpec) name() string {
	if p.isName() {
		return string(p)
	}
	rest := string(p[2:])
	return unpackString(&rest)
}

// spec is what was packed. Its strings are parts of p.
func (p packedSpec) spec() Spec {
	if p.isName() {
		return Spec{Kind: Person, Name: string(p)}
	}
	flags, rest := p[1], string(p[2:])
	s := Spec{
		Kind: packedKinds()[flags&packedKind], Surname: flags&packedSurname != 0, Exact: flags&packedExact != 0,
		Name: unpackString(&rest), Query: unpackString(&rest),
	}
	for _, list := range []*[]string{&s.Aliases, &s.Near, &s.Not} {
		n := unpackNumber(&rest)
		if n == 0 {
			continue
		}
		*list = make([]string, n)
		for i := range *list {
			(*list)[i] = unpackString(&rest)
		}
	}
	return s
}

// unpackString takes a string off the front.
func unpackString(rest *string) string {
	n := unpackNumber(rest)
	s := (*rest)[:n]
	*rest = (*rest)[n:]
	return s
}

// unpackNumber takes a number off the front: seven bits a byte, the lowest first.
func unpackNumber(rest *string) (n int) {
	for i := 0; ; i++ {
		c := (*rest)[i]
		n |= int(c&0x7f) << (7 * i)
		if c < 0x80 {
			*rest = (*rest)[i+1:]
			return n
		}
	}
}
