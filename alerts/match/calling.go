package match

// A calling is what a word says of a name beside it, whatever name that is.
type calling uint8

const (
	callsTitle      calling = 1 << iota // see isTitle
	callsOffice                         // see isOfficeBeside
	callsPatronymic                     // see isPatronymic

	callingBits = 4
)

// callingOf tells that of a folded word.
func callingOf(fold string) (c calling) {
	if isTitle(fold) {
		c |= callsTitle | callsOffice
	}
	if isPatronymic(fold) {
		c |= callsPatronymic
	}
	if c&callsOffice == 0 && isOfficeBeside(fold) {
		c |= callsOffice
	}
	return c
}

// callings remember what words say of names beside them, by the hashes of tokens: in text the same few hundred words stand
// beside names again and again, and the lists of titles are long.
type callings []uint64

const callingMemo = 1 << 12 // 32 KiB

// calls tells whether an atom says one of some things of a name beside it.
func (f *field) calls(i int, some calling) bool {
	s := f.sifted
	if s == nil {
		return callingOf(f.atom(i).fold)&some != 0
	}
	if s.callings == nil {
		s.callings = make(callings, callingMemo)
	}
	const known = 1 << (callingBits - 1)
	tag := f.tokens[i].hash>>callingBits<<callingBits | known
	at := &s.callings[f.tokens[i].hash>>9&(callingMemo-1)]
	if *at&^(known-1) != tag {
		*at = tag | uint64(callingOf(f.atom(i).fold))
	}
	return calling(*at&(known-1))&some != 0
}
