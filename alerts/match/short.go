package match

import (
	"slices"
	"strings"
)

// English calls people by short forms of their names: a watch on Joe Biden means Joseph Biden too, in any script. These are
// forms of one name in one language; John, Jean and Ivan are different names and different people. In the East Slavic
// languages it is otherwise: each translates the first names of the others' people, Volodymyr is Vladimir in Russian.

// shortForms has, behind each short form, the full names that it stands for, folded.
const shortForms = "|abe abraham|al albert alan alfred|alex alexander|andy andrew|art arthur|barney bernard|becky rebecca|ben benjamin|bernie bernard" +
	"|bert albert herbert robert|beth elizabeth|betty elizabeth|bill william|bob robert|bobby robert|brad bradley|cathy catherine" +
	"|charlie charles|chris christopher|chuck charles|cindy cynthia|dan daniel|danny daniel|dave david|deb deborah|debbie deborah" +
	"|dick richard|don donald|doug douglas|ed edward edwin edgar|eddie edward|frank francis|fred frederick|gabby gabrielle|gabe gabriel" +
	"|gene eugene|gerry gerald|greg gregory|hank henry|harry henry harold|herb herbert|jack john|jake jacob|jeff jeffrey|jerry gerald jerome" +
	"|jim james|jimmy james|joe joseph|jon jonathan|josh joshua|judy judith|kate katherine|kathy katherine|ken kenneth|larry lawrence" +
	"|len leonard|liz elizabeth|lou louis|maggie margaret|mandy amanda|matt matthew|meg margaret|mike michael|mitch mitchell" +
	"|nate nathan nathaniel|ned edward|nick nicholas|nicky nicholas nicola|norm norman|pam pamela|pat patrick patricia|patty patricia" +
	"|peggy margaret|pete peter|phil philip|ray raymond|rick richard|rob robert|rod roderick rodney|ron ronald|rudy rudolph|sam samuel" +
	"|sandy alexander sandra|stan stanley|steph stephanie|steve steven stephen|sue susan|ted edward theodore|terry terence|tim timothy" +
	"|toby tobias|tom thomas|tommy thomas|tony anthony antony|vic victor|vicky victoria|vince vincent|vlad vladimir vladislav|walt walter|wes wesley" +
	"|will william|zach zachary" + "|"

// slavicForms has, behind each Ukrainian or Belarusian name, what it is in Russian, as papers write it in English.
const slavicForms = "|volodymyr vladimir uladzimir|uladzimir vladimir|mykola nikolai nikolay mikalai|mikalai nikolai|oleksandr aleksandr alexander aliaksandr" +
	"|aliaksandr aleksandr alexander|serhiy sergey sergei|serhii sergey sergei|siarhei sergey sergei|petro pyotr petr|dmytro dmitry dmitri" +
	"|dzmitry dmitry dmitri|andriy andrei andrey|andrii andrei andrey|andrei andrey|mykhailo mikhail|mikhail mihail|oleksiy alexei aleksei alexey" +
	"|oleksii alexei aleksei alexey|aliaksei alexei aleksei alexey|yevhen yevgeny evgeny|yevhenii yevgeny evgeny|yauhen yevgeny evgeny" +
	"|olena yelena elena|alena yelena elena|kateryna yekaterina ekaterina|katsiaryna yekaterina ekaterina|svitlana svetlana|sviatlana svetlana" +
	"|iryna irina|tetiana tatiana tatyana|tetyana tatiana tatyana|oleh oleg|ihor igor|hryhoriy grigory grigori|hryhorii grigory grigori" +
	"|pavlo pavel|vasyl vasily vasili|heorhiy georgy georgi|heorhii georgy georgi|nadiia nadezhda|nadiya nadezhda|liubov lyubov" +
	"|fedir fyodor fedor|kyrylo kirill|mykyta nikita|illia ilya|stanislau stanislav|ales alexander|yulia yuliya|oleksandra aleksandra alexandra" +
	"|hanna anna" + "|"

// isEnglishFirst tells a first name, folded, that has a short form in English or is one.
func isEnglishFirst(fold string) bool {
	for _, around := range [...]string{"|%|", "|% ", " %|", " % "} {
		if strings.Contains(shortForms, strings.ReplaceAll(around, "%", fold)) {
			return true
		}
	}
	return false
}

// otherForms are a given name's short or full forms, or what it is in another East Slavic language; none for most names.
func otherForms(given string) []string {
	var forms []string
	for _, table := range []string{shortForms, slavicForms} {
		for at := 0; ; {
			i := strings.Index(table[at:], given)
			if i < 0 {
				break
			}
			i += at
			at = i + len(given)
			if strings.IndexByte("| ", table[i-1]) < 0 || strings.IndexByte("| ", table[at]) < 0 {
				continue
			}
			if table[i-1] == ' ' { // a full name
				line := table[strings.LastIndexByte(table[:i], '|')+1:]
				short, _, _ := strings.Cut(line, " ")
				forms = append(forms, short)
				continue
			}
			full, _, _ := strings.Cut(table[at+1:], "|")
			forms = append(forms, strings.Fields(full)...)
		}
	}
	if father := fatherOf(given); father != "" {
		forms = append(forms, father)
	}
	return forms
}

// fatherOf is the name that a Mongolian has in front, in the genitive, as it is without: Ukhnaa for Ukhnaagiin; "" for any other.
func fatherOf(given string) string {
	father, ok := strings.CutSuffix(given, "iin")
	if !ok || len(father) < 4 {
		return ""
	}
	if long, ok := strings.CutSuffix(father, "g"); ok && vowelAtEnd(long) {
		return long
	}
	return father
}

// inShort are a name with its first word in the other forms that English has for it.
func inShort(n *name) []*name {
	var names []*name
	if len(n.given[0].parts) > 1 {
		return nil
	}
	n.shorts = otherForms(n.given[0].joined.fold)
	for _, form := range n.shorts {
		other := *n
		other.given = append(splitWords(form, asName), n.given[1:]...)
		other.whole, other.asOne, other.rule, other.second = nil, nil, SoundsLike, true
		other.audible()
		names = append(names, &other)
	}
	return names
}

// asInitials is a name that begins with two initials or more with them as one word: JD Vance for J. D. Vance. It is nil for others.
func asInitials(n *name) *name {
	count, letters := 0, ""
	for count < len(n.given) && len(n.given[count].written) == 1 && n.given[count].written >= "A" && n.given[count].written <= "Z" {
		letters += n.given[count].written
		count++
	}
	if fold := strings.ToLower(letters); count < 2 || isTitle(fold) || listsWord(" us uk un eu ge ai pm vp ms it tv pc ", fold) {
		return nil // MR JONES is not M. R. Jones
	}
	other := *n
	other.given = append(splitWords(letters, asName), n.given[count:]...)
	other.whole, other.asOne, other.second = nil, nil, true
	other.audible()
	return &other
}

// asServant is a name that ends in Abdul and another word, mostly one of God's names, with the two as one: Tunku Abdulrahman. It is nil
// for others.
func asServant(n *name) *name {
	last := len(n.given) - 1
	if last == 0 || len(n.particles) > 0 || len(n.surname.parts) > 1 || !isServant(n.given[last].joined.fold) {
		return nil
	}
	var written strings.Builder
	for i := range n.given[:last] {
		written.WriteString(n.given[i].written + " ")
	}
	return n.asWell(written.String() + n.given[last].written + strings.ToLower(n.surname.written))
}

// romanisations are the other spellings of Arabic first names that are written with either vowel, folded.
func romanisations(given string) []string {
	for _, family := range []string{"mohammed muhammad mohamed mohammad muhammed mohamad", "osama usama", "omar umar", "hussein husayn husain hussain"} {
		if all := strings.Fields(family); slices.Contains(all, given) {
			return all
		}
	}
	return nil
}

// respellArabic adds them to the forms of a first name.
func (w *word) respellArabic() {
	for i := range w.parts {
		w.parts[i].respellArabic()
	}
	if len(w.parts) == 1 {
		w.joined = w.parts[0]
	}
}

func (p *part) respellArabic() {
	if p.respelt {
		return
	}
	p.respelt = true
	for _, spelling := range romanisations(p.fold) {
		if spelling != p.fold {
			p.forms = append(p.forms, decline(spelling)...)
		}
	}
}
