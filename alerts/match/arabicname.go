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
		case found || len(n.given[i].parts) > 1:
		case servant:
			fold, found = "al"+fold, true
		case isServant(fold) && i+1 < len(n.given):
			fold = "abd"
		}
		written.WriteString(strings.ToUpper(fold[:1]) + fold[1:] + " ")
	}
	if !found {
		return nil
	}
	for _, p := range n.particles {
		written.WriteString(p + " ")
	}
	other, ok := newName(written.String()+n.bareWritten(), n.rule)
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
