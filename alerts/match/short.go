package match

import "strings"

// English calls people by short forms of their names: a watch on Joe Biden means Joseph Biden too, in any script. These are
// forms of one name in one language; John, Jean and Ivan are different names and different people.

// shortForms has, behind each short form, the full names that it stands for, folded.
func shortForms() []string {
	return []string{
		"abe abraham", "al albert alan alfred", "alex alexander", "andy andrew", "art arthur", "barney bernard", "ben benjamin", "bernie bernard",
		"bert albert herbert robert", "beth elizabeth", "betty elizabeth", "bill william", "bob robert", "bobby robert", "brad bradley", "cathy catherine",
		"charlie charles", "chris christopher", "chuck charles", "cindy cynthia", "dan daniel", "danny daniel", "dave david", "deb deborah", "debbie deborah",
		"dick richard", "don donald", "doug douglas", "ed edward edwin edgar", "eddie edward", "frank francis", "fred frederick", "gabby gabrielle",
		"gene eugene", "gerry gerald", "greg gregory", "hank henry", "harry henry harold", "herb herbert", "jack john", "jake jacob", "jeff jeffrey",
		"jerry gerald jerome", "jim james", "jimmy james", "joe joseph", "jon jonathan", "judy judith", "kate katherine", "kathy katherine", "ken kenneth",
		"larry lawrence", "len leonard", "liz elizabeth", "lou louis", "maggie margaret", "matt matthew", "meg margaret", "mike michael", "mitch mitchell",
		"nate nathan nathaniel", "ned edward", "nick nicholas", "norm norman", "pam pamela", "pat patrick patricia", "patty patricia", "peggy margaret",
		"pete peter", "phil philip", "ray raymond", "rick richard", "rob robert", "rod roderick rodney", "ron ronald", "rudy rudolph", "sam samuel",
		"sandy alexander sandra", "stan stanley", "steve steven stephen", "sue susan", "ted edward theodore", "terry terence", "tim timothy", "tom thomas",
		"tommy thomas", "tony anthony", "vic victor", "vince vincent", "walt walter", "will william", "zach zachary",
	}
}

// otherForms are a given name's short or full forms, none for most names.
func otherForms(given string) []string {
	var forms []string
	for _, line := range shortForms() {
		short, full, _ := strings.Cut(line, " ")
		for name := range strings.FieldsSeq(full) {
			switch given {
			case short:
				forms = append(forms, name)
			case name:
				forms = append(forms, short)
			}
		}
	}
	return forms
}

// inShort are a name with its first word in the other forms that English has for it.
func inShort(n *name) []*name {
	var names []*name
	if len(n.given[0].parts) > 1 {
		return nil
	}
	for _, form := range otherForms(n.given[0].joined.fold) {
		other := *n
		other.given = append(splitWords(form, asName), n.given[1:]...)
		other.whole, other.asOne, other.rule = nil, nil, SoundsLike
		names = append(names, &other)
	}
	return names
}
