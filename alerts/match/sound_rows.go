package match

import "unicode"

// Rows speed up what is done most: one word of a text is laid beside hundreds of watches' words, and all of them together
// have a few dozen kinds of phones. What each kind costs beside each of the text word's phones is worked out once.
type costRows struct {
	rows [maxRows]costRow // by kind, open-addressed
	used int
	turn uint32 // which word of the text they are of
	gone [4]goneRow
}

// maxRows bounds the kinds of phones, of which there are some dozens; a word with one that finds no room is compared
// without rows.
const maxRows = 256

// A costRow is what it costs to hold a kind of phone for each phone of the text's word.
type costRow struct {
	is, like sounds
	turn     uint32 // of costRows; another's is no row
	code     byte
	flags    uint8
	least    uint8 // of costs
	costs    [maxPhones]uint8
}

// The flags of a row: how the two words are written.
const (
	rowSame uint8 = 1 << iota // in one script
	rowLong                   // one of them, but not both, in a script that writes long vowels alone
)

// A goneRow is what leaving out each phone of the text's word costs beside a word of a script that ends in a vowel or not.
type goneRow struct {
	script *unicode.RangeTable // nil for no row
	vowel  bool
	costs  [maxPhones]uint8
}

// reset forgets all rows, for another word.
func (r *costRows) reset() {
	if r.turn++; r.turn == 0 {
		r.rows, r.turn = [maxRows]costRow{}, 1
	}
	r.used, r.gone = 0, [4]goneRow{}
}

// row is that of a phone beside the phones of heard, nil where there is no room.
func (r *costRows) row(p *phone, heard []phone, flags uint8) *costRow {
	for at := (uint32(p.is)*0x9E3779B1 ^ uint32(p.like)*0x85EBCA6B ^ uint32(p.code)) >> 7; ; at++ {
		row := &r.rows[at%maxRows]
		switch {
		case row.turn != r.turn && r.used >= maxRows*3/4:
			return nil
		case row.turn != r.turn:
			r.used++
			row.turn = r.turn
			row.fill(p, heard, flags)
			return row
		case row.is == p.is && row.like == p.like && row.code == p.code && row.flags == flags:
			return row
		}
	}
}

func (row *costRow) fill(p *phone, heard []phone, flags uint8) {
	row.is, row.like, row.code, row.flags, row.least = p.is, p.like, p.code, flags, subFar
	for j := range heard {
		q := &heard[j]
		sub := p.against(q, flags&rowSame != 0)
		if flags&rowLong != 0 && p.vowel() && q.vowel() {
			sub = longVowel(sub)
		}
		row.costs[j] = uint8(sub) //nolint:gosec // at most subFar
		row.least = min(row.least, row.costs[j])
	}
}

// goneOf is what leaving out each of heard's phones costs beside u.
func (r *costRows) goneOf(u, heard *utterance) *[maxPhones]uint8 {
	vowel := u.phones[u.end].vowel()
	row := &r.gone[0]
	for i := range r.gone {
		row = &r.gone[i]
		if row.script == nil || row.script == u.script && row.vowel == vowel {
			break
		}
	}
	if row.script != u.script || row.vowel != vowel {
		row.script, row.vowel = u.script, vowel
		for j := range heard.phones {
			row.costs[j] = uint8(heard.dropFor(j, u)) //nolint:gosec // at most dropFinalA
		}
	}
	return &row.costs
}

// distanceByRows is distance beside a word that has rows. Most words are told apart by what their phones cost at least.
func (u *utterance) distanceByRows(heard *utterance, most int) (cost, ending int) {
	var rows [maxPhones]*costRow
	var drops [maxPhones]int
	var least [maxPhones + 1]int // what u's phones from one on cost at least
	flags, last := u.rowFlags(heard), u.end
	for i := len(u.phones) - 1; i >= 0; i-- {
		row := heard.rows.row(&u.phones[i], heard.phones, flags)
		if row == nil {
			return u.distanceAlone(heard, most)
		}
		rows[i], drops[i] = row, u.dropBeside(i, heard)
		low := min(drops[i], int(row.least))
		if i == last {
			low = min(low, subLike) // see endSub
		}
		if least[i] = least[i+1] + low; least[i] > most {
			return least[i], -1
		}
	}
	ends := u.lastCosts(heard, rows[last])
	var sums [2][maxPhones + 1]int
	prev, next := &sums[0], &sums[1]
	n := len(heard.phones)
	gone := heard.rows.goneOf(u, heard)
	for j := range n {
		prev[j+1] = prev[j] + int(gone[j])
	}
	for i := range u.phones {
		costs, drop := &rows[i].costs, drops[i]
		if i == last {
			costs = &ends
		}
		left := prev[0] + drop
		next[0] = left
		low := left
		for j := range n {
			left = min(prev[j]+int(costs[j]), prev[j+1]+drop, left+int(gone[j]))
			next[j+1] = left
			low = min(low, left)
		}
		if low+least[i+1] > most {
			return low + least[i+1], -1
		}
		prev, next = next, prev
	}
	return u.ended(heard, prev[:n+1])
}

// rowFlags tell how two words are written.
func (u *utterance) rowFlags(heard *utterance) (flags uint8) {
	if u.script == heard.script {
		flags |= rowSame
	}
	if u.writing != heard.writing && (u.writing == abjad || heard.writing == abjad) {
		flags |= rowLong
	}
	return flags
}

// lastCosts are those of u's last phone.
func (u *utterance) lastCosts(heard *utterance, row *costRow) (costs [maxPhones]uint8) {
	p := &u.phones[u.end]
	for j := range heard.phones {
		costs[j] = uint8(endSub(int(row.costs[j]), p, &heard.phones[j], j == heard.end)) //nolint:gosec // at most subFar
	}
	return costs
}

// A rowBench lends rows to the readings of a unit that is laid beside many words.
type rowBench struct {
	rows   []*costRows
	ears   []*hearer           // of the unit's readings
	script *unicode.RangeTable // of all of them; nil where they differ or one cannot be read
}

// lend makes a unit ready to be laid beside many words, till takeBack.
func (b *rowBench) lend(t *text, u *unit) {
	b.ears = b.ears[:0]
	for k, r := range u.reads {
		h := t.heard(r)
		b.ears = append(b.ears, h)
		switch {
		case h == nil, k > 0 && h.script != b.script:
			b.script = nil
		case k == 0:
			b.script = h.script
		}
		if h == nil {
			continue
		}
		if k >= len(b.rows) {
			b.rows = append(b.rows, make([]*costRows, k+1-len(b.rows))...)
		}
		if b.rows[k] == nil {
			b.rows[k] = &costRows{}
		}
		b.rows[k].reset()
		h.rows = b.rows[k]
	}
	u.ears = b.ears
}

// takeBack takes the rows back.
func (b *rowBench) takeBack(u *unit) {
	for _, h := range b.ears {
		if h != nil {
			h.rows = nil
		}
	}
	u.ears, b.script = nil, nil
}

// foreign tells that the unit that has the rows is in another script than a word's.
func (b *rowBench) foreign(u *unit, script *unicode.RangeTable) bool {
	return u.ears != nil && b.script != nil && b.script != script
}
