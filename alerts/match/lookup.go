package match

import (
	"slices"
	"unicode/utf8"
)

// Words are what the full-text index holds of a Doc: the folded words of title and text, each once and sorted, and
// beside them the keys by which inflected words are looked up: their stems, names without their endings, words joined at
// hyphens and apostrophes, pairs of characters of scripts without spaces. All are plain letters, digits and marks.
func Words(d Doc) []string { return read(d).words() }

func (t *text) words() []string {
	var words []string
	room := fewWords
	for _, f := range t.fields {
		for i := range f.allUnits() {
			words = f.unitKeys(t, i, words)
			t.eachSound(f.unit(i), func(key soundKey) { words = append(words, key.String()) })
			if len(words) >= room { // a long text says most of its words many times
				words = onceEach(words)
				room = max(fewWords, 2*len(words))
			}
		}
	}
	return onceEach(words)
}

// fewWords is how many words are gathered before those that are there twice are left out.
const fewWords = 4096

func onceEach(words []string) []string {
	slices.Sort(words)
	return slices.Compact(words)
}

// maxGroups bounds the groups that are made by combining alternatives; beyond it a part of the words is asked for.
const maxGroups = 96

// Lookup gives groups of words such that each Doc on which the pattern fires holds all words of at least one group,
// as Words gives them. The first word of a group is the one worth looking up first. A Doc that holds a group need not
// fire. It is nil where words cannot tell: a query, or an alternative of one, of prefix* terms alone.
func (p *Pattern) Lookup() [][]string {
	switch {
	case p.spec.Kind == Person:
		return tidyGroups(p.named().groups(stemLanguages()))
	case p.country != nil:
		var groups [][]string
		for i := range p.country.names {
			n := &p.country.names[i]
			groups = append(groups, n.groups("")...)
			for _, lang := range n.languages {
				groups = append(groups, n.groups(stemLanguage(lang))...)
			}
		}
		return tidyGroups(groups)
	}
	var groups [][]string
	for _, language := range stemLanguages() {
		some, ok := p.query.groups(language)
		if !ok {
			return nil
		}
		groups = append(groups, some...)
	}
	return tidyGroups(groups)
}

// tidyGroups leaves out repeated words and groups; the order stays.
func tidyGroups(groups [][]string) [][]string {
	var kept [][]string
	seen := map[string]bool{}
	for _, g := range groups {
		var words []string
		whole := ""
		for _, w := range g {
			if !slices.Contains(words, w) {
				words = append(words, w)
				whole += " " + w
			}
		}
		if len(words) > 0 && !seen[whole] {
			seen[whole] = true
			kept = append(kept, words)
		}
	}
	return kept
}

// groups are the words of the parts, or of the whole where the parts are written as one.
func (w *word) groups(language string) [][]string {
	if len(w.parts) > 1 && w.characters() {
		return [][]string{pairs(w.parts)}
	}
	var groups [][]string
	for _, key := range w.joined.keys(language) {
		groups = append(groups, []string{key})
	}
	if len(w.parts) == 1 {
		return groups
	}
	split := [][]string{{}}
	for i := range w.parts {
		var part [][]string
		for _, key := range w.parts[i].keys(language) {
			part = append(part, []string{key})
		}
		split = both(split, part)
	}
	return append(groups, split...)
}

// characters tells a word of a script that writes no spaces.
func (w *word) characters() bool {
	for i := range w.parts {
		if classOf(firstRune(w.parts[i].fold)) != classChar {
			return false
		}
	}
	return true
}

// pairs are the characters two by two.
func pairs(parts []part) []string {
	var keys []string
	for i := 1; i < len(parts); i++ {
		keys = append(keys, parts[i-1].fold+parts[i].fold)
	}
	return keys
}

// both combines what one side may need with what the other may, the longer first word in front. Where that makes too
// many groups, the side with fewer stands for both.
func both(a, b [][]string) [][]string {
	if len(a)*len(b) > maxGroups {
		if len(a) <= len(b) {
			return a
		}
		return b
	}
	var groups [][]string
	for _, x := range a {
		for _, y := range b {
			if len(x) > 0 && len(y) > 0 && utf8.RuneCountInString(y[0]) > utf8.RuneCountInString(x[0]) {
				x, y := y, x
				groups = append(groups, slices.Concat(x, y))
				continue
			}
			groups = append(groups, slices.Concat(x, y))
		}
	}
	return groups
}

// groups are those of the phrase's words; of a long phrase the longest words stand for all.
func (p *phrase) groups(language string) [][]string {
	order := make([]int, len(p.words))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return len(p.words[b].joined.fold) - len(p.words[a].joined.fold) })
	groups := [][]string{{}}
	for k, i := range order {
		next := p.words[i].groups(language)
		if k > 0 && len(groups)*len(next) > 8 {
			break
		}
		groups = both(groups, next)
	}
	return groups
}

// groups need the surname first: what only nearly fires is found by it.
func (p *person) groups(languages []string) [][]string {
	p.listen()
	var groups [][]string
	for i := range p.singles {
		groups = append(groups, p.singles[i].groups("")...)
	}
	for _, n := range p.names {
		surnames := n.surname.groups("")
		groups = append(groups, after(surnames, n.given[0].groups(""))...)
		groups = append(groups, after(surnames, n.given[0].initials())...)
		if n.asOne != nil {
			for _, key := range n.asOne.spell(nil) {
				groups = append(groups, []string{key})
			}
		}
		if n.whole != nil {
			for _, key := range n.whole.joined.keys("") {
				groups = append(groups, after(surnames, [][]string{{key}})...)
			}
		}
		if p.surname {
			groups = append(groups, surnames...)
		}
		for i := range p.near {
			for _, language := range languages {
				groups = append(groups, after(surnames, p.near[i].groups(language))...)
			}
		}
	}
	return groups
}

func (w *word) initials() [][]string {
	var groups [][]string
	runes := []rune(w.joined.fold)
	for n := 1; n <= 2 && n <= len(runes); n++ {
		groups = append(groups, []string{string(runes[:n])})
	}
	return groups
}

// after combines surnames with what must stand beside them, the surname in front.
func after(surnames, others [][]string) [][]string {
	var groups [][]string
	for _, s := range surnames {
		for _, o := range others {
			groups = append(groups, slices.Concat(s, o))
		}
	}
	return groups
}

// groups of a query in one language; false where words cannot tell.
func (n *node) groups(language string) ([][]string, bool) {
	switch n.op {
	case opTerm:
		if n.term.prefix != "" {
			return nil, false
		}
		return n.term.groups(language), true
	case opPerson:
		return n.person.groups([]string{language}), true
	case opTitle:
		return n.kids[0].groups(language)
	case opNot, opSource:
		return nil, false
	case opOr:
		var all [][]string
		for _, kid := range n.kids {
			groups, ok := kid.groups(language)
			if !ok {
				return nil, false
			}
			all = append(all, groups...)
		}
		return all, true
	default: // opAnd, opNear: what can be told of either side
		var all [][]string
		for _, kid := range n.kids {
			groups, ok := kid.groups(language)
			switch {
			case !ok:
			case all == nil:
				all = groups
			default:
				all = both(all, groups)
			}
		}
		return all, all != nil
	}
}
