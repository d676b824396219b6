package match

import "strings"

// Arabic writes names in two words that other languages write in one, and the other way: عبد العزيز is Abdelaziz, شمس الدين Shamseddin.

// asApart is a name of which a first name is such, with its two words apart, each as Arabic has it; nil for others.
func asApart(n *name) *name {
	var written strings.Builder
	found := false
	for i := range n.given {
		fold := n.given[i].joined.fold
		servant := i > 0 && isServant(n.given[i-1].joined.fold)
		first, second := splitArabic(fold)
		switch {
		case found || len(n.given[i].parts) > 1:
		case servant:
			fold, found = "al"+fold, true
		case isServant(fold) && i+1 < len(n.given):
			fold = "abd"
		case first != "":
			fold, found = first+" "+second, true
		}
		written.WriteString(strings.ToUpper(fold[:1]) + fold[1:] + " ")
	}
	if !found {
		return nil
	}
	for _, p := range n.particles {
		written.WriteString(p + " ")
	}
	other, ok := newName(written.String()+n.surname.written, n.rule)
	if !ok {
		return nil
	}
	other.written, other.second = n.written, true
	other.audible()
	return other
}

// isServant tells the folded word for a servant, which stands before one of God's names.
func isServant(fold string) bool {
	switch fold {
	case "abdul", "abdel", "abdal", "abdol":
		return true
	}
	return false
}

// splitArabic parts a folded first name of servant and God's name, or of something and religion, "" where it is neither.
func splitArabic(fold string) (first, second string) {
	const least = 4 // letters of what is left
	if len(fold) >= len("abdul")+least && isServant(fold[:len("abdul")]) {
		return "abd", "al" + fold[len("abdul"):]
	}
	for ending := range strings.FieldsSeq("eddine uddine eddin uddin addin iddin oddin ettin") {
		if rest, ok := strings.CutSuffix(fold, ending); ok && len(rest) >= least-1 {
			return rest, "aldin"
		}
	}
	return "", ""
}
