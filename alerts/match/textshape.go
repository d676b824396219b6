package match

// isLowered tells a word that stands somewhere without a capital.
func (t *text) isLowered(fold string) bool {
	t.gatherShapes()
	return t.lowered[fold]
}

// isCapital tells a word that stands somewhere in the text with one.
func (t *text) isCapital(fold string) bool {
	t.gatherShapes()
	return t.capitals[fold]
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
			switch a := &f.atoms[i]; {
			case a.shape == lower:
				t.lowered[a.fold] = true
			case a.shape == capital && f.name == Text:
				t.capitals[a.fold] = true
			}
		}
	}
}

// titleCase tells that nearly all longer words begin with a capital.
func (f *field) titleCase() bool {
	long, capitals := 0, 0
	for i := range f.atoms {
		a := &f.atoms[i]
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
