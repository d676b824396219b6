package match

// distance is what it costs to hear the one word as the other, and the ending that was left out of the heard one, -1 for
// none. What is above most may be given as any cost above it.
func (u *utterance) distance(heard *utterance, most int) (cost, ending int) {
	if heard.rows != nil {
		return u.distanceByRows(heard, most)
	}
	return u.distanceAlone(heard, most)
}

// distanceAlone is distance of two words that are compared alone.
func (u *utterance) distanceAlone(heard *utterance, most int) (cost, ending int) {
	var rows [2][maxPhones + 1]int
	var gone [maxPhones]int // what leaving out each of the heard one's phones costs
	same := u.script == heard.script
	long := u.writing != heard.writing && (u.writing == abjad || heard.writing == abjad)
	prev, next := &rows[0], &rows[1]
	n := len(heard.phones)
	for j := range n {
		gone[j] = heard.dropFor(j, u)
		prev[j+1] = prev[j] + gone[j]
	}
	for i := range u.phones {
		p, last := &u.phones[i], i == u.end
		drop := u.dropBeside(i, heard)
		next[0] = prev[0] + drop
		least := next[0]
		for j := range n {
			q := &heard.phones[j]
			sub := p.against(q, same)
			if long && p.vowel() && q.vowel() {
				sub = longVowel(sub)
			}
			if last {
				sub = endSub(sub, p, q, j == heard.end)
			}
			next[j+1] = min(prev[j]+sub, prev[j+1]+drop, next[j]+gone[j])
			least = min(least, next[j+1])
		}
		if least > most {
			return least, -1
		}
		prev, next = next, prev
	}
	return u.ended(heard, prev[:n+1])
}

// ended is the distance, and the ending left out, where up to each of heard's phones it costs so much.
func (u *utterance) ended(heard *utterance, costs []int) (best, ending int) {
	n := len(heard.phones)
	best, ending = costs[n], -1
	for k, c := range heard.cuts {
		d := costs[c.phones] + c.cost
		if u.phones[len(u.phones)-1].code == 'o' && heard.phones[n-1].code == 'a' {
			d += subGender // Silvio is not inflected to Silvia
		}
		if d < best {
			best, ending = d, k
		}
	}
	return best, ending
}

// endSub is what holding a word's last sound for another costs, which may be the other's last.
func endSub(sub int, p, q *phone, both bool) int {
	if sub == sameLike {
		sub = subLike // David, Dawit: at the end many languages do not tell d from t
	}
	if both && genders(p, q) {
		sub = max(sub, subGender)
	}
	return sub
}
