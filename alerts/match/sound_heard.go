package match

import "strings"

// maxEars bounds the words whose sounds are remembered.
const maxEars = 1 << 14

// heard is a word of the text by its sound, nil where it cannot be read.
func (t *text) heard(fold string) *hearer {
	h, known := t.ears[fold]
	if !known {
		fold = strings.Clone(fold)
		if u, ok := utter(fold); ok {
			h = &hearer{utterance: u, keys: u.heardKeys(), heft: u.heft(), bones: u.heardSkeletons(), fold: fold}
		}
		if len(t.ears) >= maxEars {
			clear(t.ears)
		}
		t.ears[fold] = h
	}
	return h
}

// heardOf is a unit's k-th reading by its sound.
func (t *text) heardOf(u *unit, k int) *hearer {
	if u.ears != nil {
		return u.ears[k]
	}
	return t.heard(u.reads[k])
}
