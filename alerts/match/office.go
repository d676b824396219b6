package match

import (
	"iter"
	"slices"
	"strings"
	"unicode"
)

// IsOffice tells titles and offices alone, which are no name and by which everybody who bears them would be found: Prime Minister, Rt Hon,
// Secretary of State. President of Russia says whose it is, and Senator King may be somebody.
func IsOffice(s string) bool {
	sure, n, rank := false, 0, false
	for w := range officeWords(s) {
		n++
		rank = n == 1 && isRank(w)
		surely := isSurelyOffice(w)
		if !surely && !isBesideOffice(w) && !rank {
			return false
		}
		sure = sure || surely
	}
	return sure || n == 1 && rank
}

// IsNobody tells what lists write in place of a name where they have none: Vacant, N/A.
func IsNobody(s string) bool {
	const longest = 30
	s = strings.TrimSpace(s)
	if len(s) > longest {
		return false
	}
	switch strings.Join(slices.Collect(officeWords(s)), " ") {
	case "vacant", "vacancy", "unknown", "none", "tbd", "tba", "tbc", "nil", "nobody", "no one", "not available", "not applicable", "to be determined", "to be announced",
		"to be appointed", "to be confirmed", "position vacant", "seat vacant", "vacant seat", "post vacant", "vacante", "vago", "vakant", "unbekannt", "inconnu", "desconocido",
		"n a", "nn", "вакантно", "вакансия", "вакантна", "неизвестно":
		return true
	case "na":
		return s != "Na" // a Korean family name
	}
	return false
}

// officeWords are the words of a title, folded, without full stops and apostrophes; those that hyphens join are parted, but г-н.
func officeWords(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for field := range strings.FieldsFuncSeq(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;:/()[]&", r) }) {
			field = leftOut(field, ".'’`")
			if strings.Contains(field, "-") && !isHonorific(wordFold(field)) {
				field = strings.ReplaceAll(field, "-", " ")
			}
			for part := range strings.FieldsSeq(field) {
				if w := wordFold(part); w != "" && !yield(w) {
					return
				}
			}
		}
	}
}

// isSurelyOffice tells a word of titles, folded, that is nobody's name.
func isSurelyOffice(s string) bool {
	switch s {
	case "hon", "honble", "honorable", "honourable", "rt", "mp", "mep", "ceo", "speaker", "director", "commissioner", "chairwoman", "chairperson", "spokesman", "spokeswoman",
		"spokesperson", "representative", "rep", "deputy", "mayor", "attorney", "excellency", "majesty", "highness", "holiness", "eminence", "congressman", "congresswoman",
		"staatschef", "regierungschef", "aussenminister", "aussenministerin", "finanzminister", "innenminister", "verteidigungsminister", "ministerprasident", "bundesprasident",
		"canciller", "chanceler", "chancelier", "chanceliere", "cancelliere", "senador", "senadora", "senateur", "senatore", "depute", "diputado", "deputado", "deputato",
		"ministra", "premiere", "expresidente", "vicepresidente", "gouverneur", "gobernador", "governador", "governatore", "embajador", "embaixador", "ambassadeur", "ambasciatore",
		"prezydenta", "kanclerz", "statsminister", "paaministeri", "miniszterelnok", "cumhurbaskani", "basbakan", "opposition",
		"господин", "госпожа", "гн", "гжа", "канцлер", "сенатор", "депутат", "губернатор", "премьерминистр", "السيد", "السيده", "الرييس", "الوزير", "الدكتور", "معالي", "سعاده":
		return true
	}
	return isTitleOnly(s) || isOfficeAlone(s) || isSuffix(s)
}

// isBesideOffice tells words, folded, that stand in titles beside those of isSurelyOffice.
func isBesideOffice(s string) bool {
	switch s {
	case "of", "the", "and", "for", "to", "in", "his", "her", "their", "your", "de", "del", "della", "du", "des", "da", "do", "la", "le", "el", "il", "und", "fur",
		"most", "right", "very", "chief", "head", "state", "staff", "government", "parliament", "senate", "council", "republic", "leader", "member", "chair",
		"foreign", "external", "internal", "affairs", "interior", "home", "defence", "defense", "finance", "justice", "health", "education", "economy", "energy", "trade", "treasury",
		"former", "acting", "interim", "ex", "elect", "first", "second", "he", "under", "assistant", "permanent", "special", "high", "executive", "cabinet", "national", "security",
		"primer", "primera", "primo", "primeiro", "primeira", "gobierno", "governo", "gouvernement", "republica", "republique", "repubblica", "consejo", "consiglio", "conseil",
		"etat", "affaires", "etrangeres", "exteriores", "esteri", "hc", "mult", "phd", "phil": //nolint:misspell // French
		return true
	}
	return false
}

// isRank tells a rank, folded, that may stand before any name, may be a surname, and alone is nobody's.
func isRank(s string) bool {
	return slices.Contains([]string{"king", "queen", "emir", "sultan", "pope", "judge", "chairman", "leader", "minister"}, s)
}
