package match

import (
	"strings"
	"unicode/utf8"
)

// isParticle tells what stands between first name and surname without being either, folded.
func isParticle(s string) bool {
	switch s {
	case "van", "von", "fon", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "do", "du", "des", "la", "le",
		"ter", "ten", "zu", "af", "bin", "ibn", "bint", "binti", "бин", "ибн", "бін", "ібн", "بن", "ابن", "фон", "ван", "дер", "де", "ди", "да", "дель", "ле", "ла", "дю", "ден", "ель", "ビン", "빈", "பின்", "বিন", "बिन":
		return true
	}
	return isArticle(s)
}

// isKinship tells a particle that says whose child somebody is, which Malay and Arabic names have or leave out.
func isKinship(s string) bool {
	switch s {
	case "bin", "ibn", "bint", "binti":
		return true
	}
	return false
}

// isOf tells a particle that may open a middle name, and in no language is a word that stands between two people.
func isOf(s string) bool {
	switch s {
	case "de", "di", "del", "della", "dos", "von", "van":
		return true
	}
	return isKinship(s)
}

// isArticle tells the Arabic article as the West writes it.
func isArticle(s string) bool {
	switch s {
	case "al", "el", "as", "ash", "ad", "an", "ar", "at", "az", "ul", "аль", "эль", "ас", "аш", "ад", "ар", "ел", "ал", "אל", "アル":
		return true
	}
	return false
}

func isSuffix(s string) bool {
	switch s {
	case "jr", "sr", "junior", "senior", "ii", "iii", "iv", "vii", "viii", "xii", "xiii", "xiv", "xv", "xvi", "xxiii": // Xi and Vi are names
		return true
	}
	return false
}

// isPatronymic tells a father's name as Slavic languages form it, folded, in any case.
func isPatronymic(s string) bool {
	if s == "" {
		return false
	}
	endings := "vich vych vicha vichem ovna evna ovny evny ovne evne ovnu evnu owicz wicz"
	if s[len(s)-1] >= utf8.RuneSelf {
		endings = "вич вича вичу вичем виче вичі вичеві ьич ьича ьичу ьичем вна вны вне вну вной вни вні вною чна чны чне чну чной"
	}
	for ending := range strings.SplitSeq(endings, " ") {
		if strings.HasSuffix(s, ending) && len(s) > len(ending)+3 {
			return true
		}
	}
	return false
}

// isTitleOnly tells a title or office, folded, that is nobody's first name, as somebody may have written it to a watch's name.
func isTitleOnly(s string) bool {
	switch s {
	case "mr", "mrs", "ms", "dr", "prof", "professor", "sir", "lord", "lady", "dame", "president", "vice", "prime", "minister", "premier",
		"chancellor", "secretary", "senator", "sen", "congressman", "congresswoman", "governor", "gov", "ambassador", "envoy", "general", "gen",
		"colonel", "col", "lieutenant", "lt", "admiral", "adm", "archbishop", "ayatollah",
		"herr", "frau", "prasident", "prasidentin", "kanzler", "kanzlerin", "bundeskanzler", "monsieur", "madame", "mme", "presidente", "senor",
		"senora", "pani", "prezydent", "prezident", "prezidentka", "президент", "премьер", "министр", "генерал", "прем'єр", "міністр":
		return true
	}
	return false
}

// isTitle tells a general title or office, folded, that may stand before any surname.
func isTitle(s string) bool {
	switch s {
	case "mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "lord", "lady", "dame", "st", "president", "vice",
		"prime", "minister", "premier", "chancellor", "secretary", "senator", "sen", "rep", "representative",
		"congressman", "congresswoman", "governor", "gov", "mayor", "general", "gen", "colonel", "col", "captain", "capt",
		"major", "lieutenant", "lt", "sergeant", "sgt", "admiral", "adm", "commander", "king", "queen", "prince",
		"princess", "pope", "cardinal", "bishop", "father", "sister", "brother", "judge", "justice", "attorney", "chief",
		"ceo", "chairman", "chairwoman", "chair", "spokesman", "spokeswoman", "spokesperson", "ambassador", "envoy",
		"leader", "speaker", "director", "boss", "commissioner", "coach", "republican", "democrat", "billionaire",
		"tycoon", "candidate", "nominee", "elect", "mp", "mep", "opposition", "foreign", "defence", "defense", "interior",
		"finance", "former", "ex", "comrade", "sheikh", "ayatollah", "imam":
		return true
	case "herr", "frau", "prasident", "prasidentin", "kanzler", "kanzlerin", "bundeskanzler", "bundeskanzlerin",
		"ministerprasident", "staatschef", "kremlchef", "parteichef", "regierungschef", "aussenminister",
		"aussenministerin", "verteidigungsminister", "finanzminister", "innenminister", "ministerprasidentin", "senatorin",
		"staatsprasident", "bundesprasident", "premierminister", "premierministerin", "machthaber", "regierung", "konig",
		"konigin", "papst", "burgermeister", "generalsekretar", "sondergesandter", "sondergesandte", "us", "chef":
		return true
	case "monsieur", "madame", "mme", "mlle", "presidente", "ministre", "senateur", "depute", "maire",
		"roi", "reine", "pape", "maitre", "senor", "senora", "sr", "sra", "don", "dona", "ministro", "ministra", "primer",
		"senador", "senadora", "alcalde", "rey", "papa", "signor", "signora", "onorevole", "sindaco", "capo", "primeiro",
		"senhor", "senhora", "chanceler", "meneer", "mevrouw", "chancelier", "chanceliere", "premiere", "canciller", "cancelliere",
		"premierato", "segretario", "secretario", "secretaire", "procureur", "juge", "juez", "giudice", "generale", "gobernador",
		"gouverneur", "governador", "governatore", "embajador", "embaixador", "ambassadeur", "ambasciatore", "porte-parole", "vocero", "portavoz",
		"portavoce", "porta-voz", "principe", "principessa", "princesse", "koning", "koningin", "kanselier", "staatssecretaris",
		"commissaris", "burgemeester", "woordvoerder", "kamerlid", "voorzitter", "vicepresidente", "expresidente", "exministro", "ministre-president",
		"diputado", "deputado", "deputato", "prefeito", "arcebispo", "obispo", "vescovo", "eveque", "padre", "pere", "hermana", "doctor", "dottor",
		"dottoressa", "professeur", "professore", "ingegner", "avvocato", "maresciallo", "marechal":
		return true
	case "pan", "pani", "prezydent", "premiera", "prezydenta", "senatora", "prezident", "prezidenta", "kancler",
		"predsednik", "presidentti", "paaministeri", "statsminister", "statsministern", "bay", "sayin", "cumhurbaskani",
		"baskan", "basbakan", "elnok", "miniszterelnok":
		return true
	}
	return isHonorific(s) || isOffice(s) || isSlavicTitle(s) || isCyrillicTitle(s) || isOtherTitle(s)
}

// isOffice takes compounds of offices, as German and its neighbours write them: Kremlsprecher, utrikesminister.
func isOffice(s string) bool {
	if s == "" || s[len(s)-1] >= utf8.RuneSelf {
		return false
	}
	for _, end := range []string{
		"minister", "ministerin", "ministern", "prasident", "prasidentin", "president", "chef", "chefin", "kanzler", "kanzlerin", "sprecher",
		"sprecherin", "gesandter", "gesandte", "beauftragter", "beauftragte", "vorsitzender", "vorsitzende", "politiker", "politikerin", "direktor",
		"sekretar", "kandidat", "kandidatin", "trainer", "fuhrer", "leder", "ledaren", "ministeri", "ministerin", "miniszter", "elnok", "szovivo",
		"bakani", "baskani", "sozcusu", "presidentti", "presidentin", "kansleri", "johtaja", "puhemies",
	} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

// isSlavicTitle takes inflected offices in Latin letters by their stem.
func isSlavicTitle(s string) bool {
	if s == "" || s[0] >= utf8.RuneSelf {
		return false
	}
	for _, base := range []string{
		"prezydent", "prezident", "predsedni", "predsjedni", "premier", "premijer", "minist", "wiceminist", "kanclerz", "kancler", "kancelar", "senator",
		"poslanec", "poslank", "marszal", "rzeczni", "glasnogovorni", "portparol", "predsed", "mluvc", "hovorc", "tajemni", "gubernator", "guverner",
		"ambasador", "velvyslan", "velvyslanec", "veleposlani", "krol", "kral", "kralj", "burmistrz", "primator", "gradonacelni", "zupan", "profes",
		"doktor", "biskup", "arcybiskup", "papiez", "gospod", "gospa", "tovaris",
	} {
		if rest, ok := strings.CutPrefix(s, base); ok && len(rest) <= 4 {
			return true
		}
	}
	return false
}

// isOtherTitle takes offices in Greek by their stem, and in Arabic, Hebrew and Persian, with and without the article.
func isOtherTitle(s string) bool {
	if len(s) == 0 || s[0] < utf8.RuneSelf {
		return false
	}
	for _, base := range []string{
		"προεδρ", "πρωθυπουργ", "υπουργ", "καγκελαρι", "υφυπουργ", "βουλευτ", "στρατηγ", "εκπροσωπ", "γερουσιαστ", "δημαρχ", "αρχηγ",
		"καθηγητ", "πρεσβ", "βασιλι", "πριγκιπ", "αρχιεπισκοπ", "πατριαρχ", "διοικητ", "επιτροπ",
	} {
		if rest, ok := strings.CutPrefix(s, base); ok && len(rest) <= 8 {
			return true
		}
	}
	bare := strings.TrimPrefix(strings.TrimPrefix(s, "ال"), "ה")
	switch bare {
	case "κυριοσ", "κυριο", "κυριου", "κυρια", "κυριασ", "παπασ":
		return true
	case "رييس", "وزير", "سيد", "سيده", "دكتور", "شيخ", "امير", "ملك", "مستشار", "مستشاره", "جنرال", "سناتور", "نايب", "سفير", "مبعوث", "زعيم", "عقيد", "لواء", "عاهل",
		"رييسجمهور", "جمهور", "اقاي", "خانم", "دكتر", "سردار", "ژنرال", "نخستوزير", "ايتالله", "سخنگو", "رهبر", "وزيرخارجه",
		"נשיא", "נשיאת", "ראש", "ממשלה", "שר", "שרת", "מר", "גברת", "ד\"ר", "דר", "פרופ", "סנטור", "מלך", "רב", "אלוף", "שגריר", "קנצלר", "קנצלרית", "יו\"ר", "חבר", "חכ":
		return true
	}
	return false
}

// isCyrillicTitle takes inflected offices by their stem.
func isCyrillicTitle(s string) bool {
	if s == "" || s[0]&^1 != 0xD0 {
		return false // no Cyrillic
	}
	switch s {
	case "г", "гн", "мэр", "мэра", "мэру", "мэром", "мер", "мера", "пан", "пана", "пані", "царь", "король", "глава",
		"главы", "главе", "главу", "главой", "голова", "голови", "лидер", "лидера", "лидеру", "лидером", "лідер", "лідера",
		"экс", "вице":
		return true
	}
	for _, base := range []string{
		"президент", "премьер", "прем'ер", "премєр", "министр", "міністр", "канцлер", "сенатор", "депутат", "губернатор", "генерал", "полковник", "адмирал",
		"адмірал", "господин", "госпож", "товарищ", "секретар", "спикер", "спікер", "посол", "спецпосланник", "спецпредставител", "председател",
		"профессор", "академик", "директор", "патриарх", "княз", "судь", "прокурор", "адвокат", "режиссер", "тренер", "бизнесмен", "олигарх",
		"прэзідэнт", "прэм", "старшын", "председни", "предсједни", "премијер", "министар", "министър", "премиер", "канцелар", "речни", "речник", "говорител", "претседател",
		"прес-секретар", "пресс-секретар", "король", "корол", "принц", "посолств", "речниц", "маршал", "мініст", "галав",
	} {
		if rest, ok := strings.CutPrefix(s, base); ok && len(rest) <= 8 {
			return true
		}
	}
	return false
}

// opensSentence tells small words whose capital at a sentence's beginning makes them no name, folded.
func opensSentence(s string) bool {
	switch s {
	case "the", "a", "an", "in", "on", "at", "but", "and", "or", "when", "while", "if", "as", "for", "with", "from",
		"to", "by", "after", "before", "since", "why", "how", "what", "who", "where", "which", "is", "are", "will", "can",
		"could", "would", "does", "do", "did", "has", "had", "was", "were", "yesterday", "today", "now", "then", "however",
		"says", "said", "that", "this", "both", "like", "unlike", "under", "over", "against", "about", "than", "not",
		"only", "even", "because", "though", "although", "until", "between", "despite", "also", "so", "yet", "should",
		"may", "must", "let", "of", "its", "his", "her", "their", "our", "no", "via", "per", "meanwhile", "earlier",
		"later", "instead", "still", "once":
		return true
	case "le", "la", "les", "de", "du", "des", "en", "et", "mais", "pour", "par", "avec", "selon", "quand", "comme",
		"si", "pourquoi", "apres", "avant", "der", "die", "das", "und", "aber", "von", "bei", "nach", "wenn", "als",
		"warum", "wie", "mit", "auch", "vor", "fur", "gegen", "wer", "el", "los", "las", "y", "pero", "cuando", "segun",
		"por", "con", "sin", "contra", "il", "lo", "gli", "ma", "quando", "perche", "secondo", "o", "e", "om", "och",
		"men", "nar", "het", "een", "dat", "maar", "w", "z", "i", "na", "ale", "jak", "czy", "gdy", "wedlug", "po", "przed":
		return true
	case "в", "во", "на", "о", "об", "с", "со", "и", "но", "а", "по", "к", "от", "у", "за", "для", "при", "когда",
		"если", "как", "что", "почему", "вчера", "сегодня", "также", "однако", "из", "до", "после", "перед", "не", "это",
		"его", "ее", "их", "сам", "сама", "чем", "или", "же", "то", "так", "ранее", "позже", "затем", "потом", "теперь",
		"сейчас", "между", "против", "без", "пока", "хотя", "тогда", "именно", "например", "кроме", "кто", "где", "чтобы",
		"та", "й", "і", "що", "як", "про", "від", "коли", "якщо", "але", "після", "щодо", "через", "раніше", "також",
		"учора", "сьогодні", "є":
		return true
	case "ο", "η", "το", "τον", "την", "τη", "του", "τησ", "των", "τουσ", "τισ", "οι", "στον", "στη", "στην", "στο", "στουσ", "και", "για",
		"με", "απο", "αν", "οταν", "ομωσ", "ενω", "μετα", "πριν", "κατα", "προσ", "σε", "δεν", "pentru", "dupa",
		"ancak", "hogy", "mutta", "efter", "pro",
		"proti", "podle", "kdyz", "pred", "pri", "mezi", "za", "kod", "nakon", "prije", "protiv", "prema", "dok", "iako", "са", "код", "након",
		"пре", "према", "док", "кад", "али", "със", "във", "след", "преди", "ако", "когато", "според":
		return true
	}
	return isOfSomebody(s)
}

// opensSentence also tells the small words of the text's language that are names elsewhere: Finnish jos, and Jos Verstappen.
func (t *text) opensSentence(fold string) bool {
	if opensSentence(fold) {
		return true
	}
	words := ""
	switch t.base {
	case "fi":
		words = " jos kun "
	case "hu":
		words = " es az "
	case "pl":
		words = " dla oraz "
	case "ro":
		words = " lui cu din dar "
	case "sv", "da", "no", "nb", "nn":
		words = " med mot "
	case "tr", "az":
		words = " ama ve ile "
	}
	return listsWord(words, fold)
}

// isOfSomebody tells Russian and Ukrainian words that stand in front of whose they are, folded: Дочь Тимошенко, Сторонники Навального.
func isOfSomebody(s string) bool {
	switch s {
	case "дочь", "сын", "жена", "муж", "брат", "сестра", "отец", "мать", "семья", "супруга", "супруг", "супруги", "вдова", "братья", "сторонники",
		"соратники", "соратник", "защита", "команда", "визит", "указ", "отставка", "речь", "слова", "арест", "дело", "улица", "площадь", "проспект",
		"памятник", "квартира", "кабинет", "правительство", "администрация", "фракция", "партия", "фонд", "донька", "син", "дружина", "чоловік",
		"сім'я", "родина", "прихильники", "захист", "вулиця", "площа", "уряд", "адміністрація", "фракція", "партія":
		return true
	}
	return false
}
