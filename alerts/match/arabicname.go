package match

import "strings"

// asApart is a name of which a first name is that of a servant and one of God's names, with its two words as Arabic parts them: Abd
// al-Fattah for Abdel Fattah. It is nil for others.
func asApart(n *name) *name {
	var written strings.Builder
	found := false
	for i := range n.given {
		fold := n.given[i].joined.fold
		servant := i > 0 && isServant(n.given[i-1].joined.fold)
		switch {
		case found, len(n.given[i].parts) > 2, len(n.given[i].parts) == 2 && !isServant(n.given[i].parts[0].fold):
		case servant:
			fold, found = "al"+fold, true
		case isServant(fold) && i+1 < len(n.given):
			fold = "abd"
		default:
			if rest := ofServant(fold); rest != "" {
				written.WriteString("Abd ")
				fold, found = rest, true
			}
		}
		written.WriteString(strings.ToUpper(fold[:1]) + fold[1:] + " ")
	}
	if !found {
		return nil
	}
	for _, p := range n.particles {
		written.WriteString(p + " ")
	}
	return n.asWell(written.String() + n.bareWritten())
}

// ofServant is the second of the two words, with its article, of a folded first name that the West writes as one: of Abdelmadjid
// almadjid, of Abdullah allah. It is "" for others.
func ofServant(fold string) string {
	switch fold {
	case "abdullah", "abdallah", "abdulla", "abdalla":
		return "allah"
	}
	if len(fold) < lettersOfServants || !isServant(fold[:len("abdul")]) {
		return ""
	}
	return "al" + strings.TrimPrefix(fold[len("abdul"):], "l")
}

// lettersOfServants is the length of the shortest such name: Abdulhay.
const lettersOfServants = 8

// isOfServant is whether ofServant has something for a first name as written.
func isOfServant(given string) bool {
	return len(given) >= lettersOfServants-1 && strings.EqualFold(given[:len("abd")], "abd") && ofServant(wordFold(given)) != ""
}

// isServant tells the folded word for a servant, which stands before one of God's names.
func isServant(fold string) bool {
	switch fold {
	case "abdul", "abdel", "abdal", "abdol":
		return true
	}
	return false
}
