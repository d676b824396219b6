package match

import "slices"

// givenInHungarian tells that a first name stands at an atom, which Hungarian puts behind the surname: Orbán Balázs, Magyar Péterrel.
func (t *text) givenInHungarian(f *field, i int) bool {
	return t.base == "hu" && i < len(f.atoms) && f.atom(i).gap == gapSpace && f.atom(i).shape == capital &&
		slices.ContainsFunc(f.unit(i).reads, isHungarianGiven)
}

// isHungarianGiven tells usual first names, folded.
func isHungarianGiven(s string) bool {
	switch s {
	case "adam", "akos", "andras", "antal", "aron", "attila", "balazs", "balint", "barnabas", "bela", "bence", "csaba", "daniel", "david", "denes",
		"erno", "ferenc", "gabor", "gaspar", "gergely", "gergo", "geza", "gyorgy", "gyula", "imre", "istvan", "ivan", "janos", "jeno", "jozsef",
		"kalman", "karoly", "krisztian", "lajos", "laszlo", "lorinc", "marton", "mate", "matyas", "mihaly", "miklos", "miksa", "mor", "norbert",
		"odon", "pal", "peter", "robert", "rudolf", "sandor", "szabolcs", "tamas", "tibor", "tivadar", "viktor", "vilmos", "zoltan", "zsigmond",
		"zsolt", "agnes", "agota", "anett", "aniko", "anita", "anna", "beata", "bernadett", "boglarka", "borbala", "cecilia", "dora", "dorottya",
		"edit", "emese", "emma", "eniko", "erika", "erzsebet", "eszter", "eva", "fanni", "gabriella", "gizella", "gyongyi", "hajnalka", "henrietta",
		"ibolya", "ildiko", "ilona", "iren", "judit", "julia", "kata", "katalin", "kinga", "klara", "krisztina", "lilla", "livia", "magdolna", "margit",
		"maria", "marta", "melinda", "monika", "noemi", "nora", "orsolya", "piroska", "reka", "rita", "rozalia", "sara", "szilvia", "terez", "timea",
		"tunde", "veronika", "viktoria", "virag", "vivien", "zita", "zsofia", "zsuzsa", "zsuzsanna":
		return true
	}
	return false
}
