package match

import "slices"

// isLowered tells a word that stands somewhere without a capital.
func (t *text) isLowered(fold string) bool {
	if s := t.fields[titleField].sifted; s != nil && !s.mayBeLowered(fold) {
		return false
	}
	if t.looksThrough(fold) {
		return slices.ContainsFunc(t.fields, func(f *field) bool { return f.has(fold, lower) })
	}
	return t.lowered[fold]
}

// isCapital tells a word that stands somewhere in the text with one.
func (t *text) isCapital(fold string) bool {
	if t.looksThrough(fold) {
		return t.fields[textField].has(fold, capital)
	}
	return t.capitals[fold]
}

// fewShapes is how often a text is looked through for a word before all its words are gathered.
const fewShapes = 8

// looksThrough tells that a text is still to be looked through; else its words are gathered.
func (t *text) looksThrough(fold string) bool {
	if t.fields[titleField].sifted != nil && isSmallASCII(fold) {
		return true // which costs next to nothing
	}
	if t.shapes++; t.shapes <= fewShapes {
		return true
	}
	t.gatherShapes()
	return false
}

// has tells that a word stands in the field in a shape.
func (f *field) has(fold string, s shape) bool {
	if f.sifted != nil {
		return f.sifted.hasWord(f, fold, s)
	}
	for i := range f.atoms {
		if a := f.atom(i); a.shape == s && a.fold == fold {
			return true
		}
	}
	return false
}

func (t *text) gatherShapes() {
	if t.shaped {
		return
	}
	t.shaped = true
	if t.lowered == nil {
		t.lowered, t.capitals = map[string]bool{}, map[string]bool{}
	}
	for _, f := range t.fields {
		for i := range f.atoms {
			switch a := f.atom(i); {
			case a.shape == lower:
				t.lowered[a.fold] = true
			case a.shape == capital && f.name == Text:
				t.capitals[a.fold] = true
			}
		}
	}
}

// A capitalising tells which capitals a field has: whether a title is written as headlines are, see headline and hasCapitals.
type capitalising uint8

const (
	notLooked capitalising = iota
	fewCapitals
	someCapitals
	mostCapitals
)

// headline tells a title in which Every Word Has a Capital, so that a capital makes no name.
func (f *field) headline() bool {
	if f.name != Title {
		return false
	}
	if f.capitals == notLooked {
		f.capitals = fewCapitals
		if f.titleCase() {
			f.capitals = mostCapitals
		}
	}
	return f.capitals == mostCapitals
}

// hasCapitals tells a field in which a word begins with a capital, or is written in capitals.
func (f *field) hasCapitals() bool {
	if f.cased == notLooked {
		f.cased = fewCapitals
		for i := range f.atoms {
			if s := f.atom(i).shape; s == capital || s == upper {
				f.cased = someCapitals
				break
			}
		}
	}
	return f.cased == someCapitals
}

// titleCase tells that nearly all longer words begin with a capital.
func (f *field) titleCase() bool {
	long, capitals := 0, 0
	for i := range f.atoms {
		a := f.atom(i)
		if a.end-a.start < 4 || a.shape == uncased {
			continue
		}
		long++
		if a.shape != lower {
			capitals++
		}
	}
	return long >= 3 && capitals*10 >= long*8
}
