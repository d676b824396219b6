package match

import (
	"slices"
	"strings"
)

// Latin translates first names: Georgius Osborne, Marcus Warner. So do its encyclopaedias and the Church, of anybody. A
// vernacular form for another vernacular one (John, Jean, Ivan) is another person; a Latin one is none of them in particular.

// latinForms are the Latin forms of a given name, folded: those of the table, and what the Latin endings make of it.
func latinForms(given string) []string {
	forms := strings.Fields(latinTable(given))
	n := len(given)
	if n < 3 || given[0] < 'a' || given[0] > 'z' {
		return forms
	}
	stem := given[:n-1]
	switch given[n-1] {
	case 'a':
		return forms
	case 'e':
		if stem[n-2] == stem[n-3] { // Gabrielle
			forms = append(forms, stem[:n-2]+"a")
		}
		forms = append(forms, stem+"a", stem+"us")
	case 'o', 'i':
		forms = append(forms, stem+"us", stem+"ius")
	case 'y':
		forms = append(forms, stem+"ius")
	case 's':
	default:
		forms = append(forms, given+"us", given+"ius")
	}
	if given[0] == 'j' || given[0] == 'y' && !vowelAtEnd(given[:2]) { // Iosephus, Ivetta
		for _, f := range forms {
			if f[0] == given[0] {
				forms = append(forms, "i"+f[1:])
			}
		}
	}
	return forms
}

// translate gives a given name's parts their Latin forms.
func (w *word) translate() {
	for i := range w.parts {
		w.parts[i].latin = latinForms(w.parts[i].fold)
	}
	if len(w.parts) == 1 {
		w.joined = w.parts[0]
	}
}

// stepsTranslated is how far away a Latin form is, and maxTranslated how far its surname may be.
const (
	stepsTranslated = 20
	maxTranslated   = 24
)

// translated tells that a unit is the Latin form of a given name. Where the language is known, it must be Latin, for some
// of the forms are names elsewhere.
func (p *part) translated(t *text, u *unit) (cases, bool) {
	if len(p.latin) == 0 || u.shape == lower || !slices.Contains(p.latin, u.reads[0]) || !t.couldBe("la") {
		return 0, false
	}
	return anyCase | byEar | ownScript | translated | stepsTranslated<<soundShift, true
}

// latinTable has the names whose Latin form is more than another ending.
//
//nolint:gocyclo,funlen // a table of names
func latinTable(given string) string {
	switch given {
	case "john", "jon", "johnny", "jack", "ian", "iain", "sean", "evan", "ivan", "jan", "jean", "juan", "joao", "joan", "giovanni", "gianni", "hans", "johann",
		"johan", "jens", "janos", "ion", "ioannis", "yannis", "giannis", "janez", "juhan", "jaan", "janis":
		return "ioannes iohannes joannes johannes"
	case "james", "jim", "jimmy", "jacob", "jake", "jakob", "jacques", "jakub", "giacomo", "jaime", "santiago", "tiago", "hamish", "seamus", "jacek":
		return "iacobus jacobus"
	case "joseph", "joe", "josef", "jose", "giuseppe", "jozef", "jozsef", "josip", "josep", "yosef", "pepe":
		return "iosephus josephus ioseph"
	case "george", "georg", "georges", "jorge", "giorgio", "jurgen", "joerg", "jorg", "jerzy", "juri", "yuri", "yury", "iurii", "gheorghe", "gyorgy", "jiri", "juraj",
		"georgi", "giorgi", "georgios", "goran", "goeran", "jordi", "juergen":
		return "georgius"
	case "mark", "marc", "marco", "marcos", "marek", "marko", "markus", "markos":
		return "marcus"
	case "peter", "pete", "petr", "pierre", "pietro", "pedro", "piotr", "pyotr", "petro", "petar", "peder", "petri", "pieter", "petros", "pekka", "per", "peer":
		return "petrus"
	case "paul", "paolo", "pablo", "paulo", "pawel", "pavel", "pavlo", "pal", "pavlos", "paavo", "pauli", "poul":
		return "paulus"
	case "andrew", "andy", "andrzej", "andrei", "andrey", "andriy", "andre", "andres", "andrea", "andrej", "andras", "anders", "ondrej", "antti", "drew", "andrius":
		return "andreas"
	case "henry", "harry", "hank", "henri", "enrico", "enrique", "henrique", "heinrich", "heinz", "hendrik", "henrik", "henryk", "heikki":
		return "henricus"
	case "william", "bill", "will", "billy", "wilhelm", "willy", "guillaume", "guillermo", "guglielmo", "guilherme", "willem", "vilhelm", "wim":
		return "gulielmus guilielmus guillelmus wilhelmus"
	case "charles", "charlie", "chuck", "carl", "karl", "karel", "carlo", "carlos", "karol", "karoly", "kaarle", "kalle", "carles":
		return "carolus"
	case "louis", "luis", "luigi", "ludwig", "lewis", "lou", "lajos", "ludovic", "lluis", "lodewijk", "ludvik", "ludvig", "alois":
		return "ludovicus aloisius"
	case "edward", "eduard", "ed", "eddie", "ted", "teddy", "eduardo", "edoardo", "edouard", "duarte", "ned", "edvard":
		return "eduardus edvardus"
	case "walter", "walt", "gautier", "gualtiero", "valter", "wouter":
		return "gualterius gualterus waltherus"
	case "ralph", "ralf", "raoul", "raul", "rolf", "rodolfo", "rudolf", "rudolph", "rudy", "rodolphe":
		return "radulphus rodulphus rudolphus radulfus rodolphus"
	case "lawrence", "larry", "lars", "laurent", "lorenzo", "laurence", "lorenz", "laurens", "lauri":
		return "laurentius"
	case "francis", "frank", "franz", "francesco", "francisco", "francois", "franco", "ferenc", "frantisek", "franciszek", "frans", "pancho", "paco", "francesc":
		return "franciscus"
	case "nicholas", "nick", "nicolas", "nicola", "nikolai", "nikolay", "mykola", "nicolae", "klaus", "claus", "nikola", "nikos", "nicky", "miklos", "mikolaj",
		"nils", "niels", "nicolaas", "nikolaus", "nikolas", "nicos":
		return "nicolaus"
	case "michael", "mike", "michel", "miguel", "michele", "mikhail", "mykhailo", "michal", "mihaly", "mihai", "mikael", "mikko", "mick", "mihail":
		return "michael michahel"
	case "matthew", "matt", "matti", "mathieu", "matteo", "mateo", "mateusz", "matej", "mats", "matthieu", "mateus", "mathias", "matyas", "maciej":
		return "matthaeus matthias"
	case "stephen", "steven", "steve", "stefan", "stephane", "stefano", "esteban", "istvan", "szczepan", "stepan", "etienne", "stephan", "steffen", "tapani":
		return "stephanus"
	case "thomas", "tom", "tommy", "tomas", "tommaso", "tomasz", "tamas", "tomaz", "tuomas":
		return "thomas"
	case "anthony", "tony", "antonio", "anton", "antoine", "antoni", "antal", "antony", "toni", "antonis", "ante", "anto":
		return "antonius"
	case "philip", "phil", "philippe", "felipe", "filippo", "filip", "fulop", "phillip":
		return "philippus"
	case "christopher", "chris", "christoph", "cristobal", "cristoforo", "krzysztof", "christophe", "kristoffer":
		return "christophorus"
	case "christian", "kristian", "cristian", "cristiano", "krystian", "karsten", "carsten":
		return "christianus"
	case "frederick", "fred", "friedrich", "federico", "frederic", "fryderyk", "fritz", "frederik", "fredrik", "frigyes", "bedrich":
		return "fridericus fredericus"
	case "federica", "frederica", "frederique", "friederike":
		return "friderica frederica"
	case "geoffrey", "jeffrey", "jeff", "geoff", "gottfried", "goffredo", "godefroy", "godfrey":
		return "goffredus galfridus godefridus"
	case "richard", "dick", "rick", "ricardo", "riccardo", "rich", "ryszard", "rikard":
		return "richardus ricardus"
	case "robert", "bob", "bobby", "rob", "roberto", "rupert", "ruprecht", "robbie":
		return "robertus rupertus"
	case "ronald", "ron", "reginald", "reynaldo", "reinhold", "rinaldo", "ronaldo":
		return "ronaldus reginaldus"
	case "donald", "don", "donnie":
		return "donaldus"
	case "gerald", "jerry", "gerry", "geraldo", "gerhard", "gerard", "gerardo", "gert", "gerd", "geert", "gerrit":
		return "geraldus gerardus"
	case "leonard", "len", "leonardo", "leonhard", "lennart":
		return "leonardus"
	case "leo", "leon", "leonid", "lev":
		return "leo"
	case "timothy", "tim", "timo", "timotej":
		return "timotheus"
	case "theodore", "theodor", "teodor", "teodoro", "fyodor", "fedor", "theo", "tudor":
		return "theodorus"
	case "dietrich", "theodoric", "dirk", "dieter", "thierry", "diederik", "derek":
		return "theodericus theodoricus"
	case "patrick", "pat", "patricio", "patrik", "patrice", "paddy":
		return "patricius"
	case "oscar", "oskar":
		return "anscharius oscarus"
	case "olaf", "olav", "ole", "olof", "oluf", "olavi":
		return "olaus olavus"
	case "malcolm":
		return "malcolmus milcolumbus"
	case "kevin":
		return "coemgenus kevinus"
	case "curtis", "kurt", "curt", "konrad", "conrad", "cord":
		return "curtius conradus"
	case "gregory", "greg", "gregor", "gregorio", "grigory", "grigori", "grzegorz", "gregoire", "hryhoriy":
		return "gregorius"
	case "stanley", "stan", "stanislaw", "stanislav":
		return "stanislaus"
	case "samuel", "sam":
		return "samuel"
	case "benjamin", "ben", "benny":
		return "beniaminus beniamin benjaminus"
	case "bernard", "bernie", "bernardo", "bernhard", "barney", "bernd", "bernt":
		return "bernardus"
	case "alexander", "alex", "alexandre", "alejandro", "alessandro", "aleksandr", "aleksander", "alexandros", "oleksandr", "sandor", "alexandru", "alexis", "alec",
		"sandy", "xander":
		return "alexander"
	case "albert", "al", "alberto", "albrecht", "adelbert", "bert":
		return "albertus"
	case "arthur", "art", "arturo", "artur":
		return "arturus arthurus"
	case "daniel", "dan", "danny", "daniele":
		return "daniel danihel"
	case "david", "dave", "dawid", "davide", "taavi":
		return "david davidus"
	case "vincent", "vince", "vincenzo", "vicente", "vincenc":
		return "vincentius"
	case "victor", "vic", "viktor", "vittorio":
		return "victor"
	case "vladimir", "volodymyr", "vlad", "wlodzimierz", "uladzimir":
		return "vladimirus"
	case "ladislaus", "wladyslaw", "laszlo", "vladislav", "ladislav":
		return "ladislaus vladislaus"
	case "sergey", "sergei", "serge", "sergio", "serhiy", "serhii":
		return "sergius"
	case "basil", "vasily", "vasyl", "vassilis", "basile":
		return "basilius"
	case "dmitry", "dmitri", "dmytro", "dimitris", "dimitrios":
		return "demetrius"
	case "eugene", "gene", "yevgeny", "eugenio", "yevhen", "eugen", "jeno":
		return "eugenius"
	case "giles", "gilles", "egidio", "gil":
		return "aegidius"
	case "hugh", "hugo", "ugo", "hugues":
		return "hugo"
	case "roger", "ruggero", "rudiger", "ruediger", "rogelio", "rutger":
		return "rogerius"
	case "herman", "hermann", "armand", "armando", "armin":
		return "hermannus arminius"
	case "gustav", "gustave", "gustavo", "gus", "kustaa", "gosta":
		return "gustavus"
	case "eric", "erik", "erich", "erkki":
		return "ericus"
	case "ludmila", "lyudmila":
		return "ludmilla"
	case "mary", "marie", "maria", "mariya", "maire", "miriam", "marija", "mia", "moira":
		return "maria"
	case "margaret", "maggie", "meg", "peggy", "margarete", "marguerite", "margot", "margrethe", "margit", "malgorzata", "rita", "greta", "merete":
		return "margarita margareta"
	case "catherine", "kate", "kathy", "cathy", "katherine", "katrin", "katarina", "catalina", "caterina", "ekaterina", "yekaterina", "karin", "katarzyna",
		"kateryna", "katalin", "kathryn", "kaja", "kaisa", "trine", "katja":
		return "catharina catherina katharina"
	case "elizabeth", "liz", "beth", "betty", "elisabeth", "isabel", "elisabetta", "elzbieta", "erzsebet", "lisa", "elise", "elsa", "isabelle", "yelizaveta":
		return "elisabetha elisabeth elizabeth isabella"
	case "susan", "sue", "suzanne", "susanne", "zuzana", "zuzanna", "susana":
		return "susanna"
	case "helen", "helene", "elena", "yelena", "olena", "ellen", "ilona", "alena":
		return "helena"
	case "joanna", "jane", "joanne", "jeanne", "juana", "giovanna", "johanna", "ivana", "janet", "janna":
		return "ioanna iohanna"
	case "ann", "anne", "hannah", "hanna", "anya", "anita", "annie", "nancy":
		return "anna"
	case "agnes", "agnieszka", "ines", "agnese":
		return "agnes"
	case "dorothy", "dorothea", "dora", "dorota":
		return "dorothea"
	case "adrian", "adriano", "adrien", "hadrian":
		return "hadrianus"
	case "adriana", "jadranka", "adrienne":
		return "hadriana"
	case "julie", "julia", "yulia", "giulia", "yuliya", "juliet", "iuliia":
		return "iulia"
	case "julian", "julien", "giuliano":
		return "iulianus"
	case "julius", "jules", "giulio", "julio", "juliusz", "gyula":
		return "iulius"
	case "justin", "justine":
		return "iustinus"
	case "jerome", "girolamo", "geronimo", "hieronim", "jeronimo":
		return "hieronymus"
	case "simon", "simone", "shimon", "szymon":
		return "simon"
	case "emmanuel", "manuel", "manuele", "imanol":
		return "emmanuel"
	}
	return ""
}
