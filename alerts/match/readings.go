package match

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A reader collects what a folded word may be read as.
type reader struct {
	reads []string
	cuts  []cases // of each read: what its ending, or what was written onto it, says
	room  []cases // where cuts may stand
}

// A readRoom is where the readings of units stand, one behind the other, till it is emptied.
type readRoom struct {
	reads []string
	cuts  []cases
}

func (r *readRoom) empty() { r.reads, r.cuts = r.reads[:0], r.cuts[:0] }

// alone are the reads of a unit that is read in one way.
func (r *readRoom) alone(fold string) []string {
	r.reads = append(r.reads, fold)
	return r.reads[len(r.reads)-1 : len(r.reads) : len(r.reads)]
}

// readings are those of a folded word of a text in the language.
func (r *readRoom) readings(language, fold string) (reads []string, cuts []cases) {
	n, m := len(r.reads), len(r.cuts)
	reads, cuts = readings(language, fold, r.reads[n:], r.cuts[m:])
	r.reads, r.cuts = append(r.reads, reads...), append(r.cuts, cuts...) // which is where they stand already, but for the first few times
	return reads[:len(reads):len(reads)], cuts[:len(cuts):len(cuts)]
}

// readings are what a folded word of a text in the language may be read as: first itself, then without an attached
// Arabic or Hebrew preposition, conjunction or article, without a Korean particle, without the endings that Finnish,
// Hungarian, Turkish and Persian put behind a name, and with the consonants that Slavic cases soften. cuts is nil where
// there is but one. Both are written to the room that is given for them, as far as it goes.
func readings(language, fold string, room []string, cutsRoom []cases) (reads []string, cuts []cases) {
	r := firstRune(fold)
	z := reader{reads: append(room, fold), room: cutsRoom}
	switch {
	case r < utf8.RuneSelf || unicode.Is(unicode.Latin, r):
		z.latin(language, fold)
	case unicode.Is(unicode.Cyrillic, r):
		z.soft(fold, softCyrillic(language))
	case unicode.Is(unicode.Arabic, r) && isPersian(language):
		z.endings(fold, "هايي هاي ها اي ي", 3)
	case unicode.Is(unicode.Arabic, r):
		z.arabic(fold)
	case unicode.Is(unicode.Hebrew, r):
		z.hebrew(fold)
	case unicode.Is(unicode.Hangul, r):
		z.endings(fold, koreanParticles, 2)
	case unicode.Is(unicode.Georgian, r):
		z.georgian(fold)
	case unicode.Is(unicode.Armenian, r):
		z.endings(fold, armenianEndings, 3)
	}
	return z.reads, z.cuts
}

// isReadAsWritten tells that readings of a word with that first letter are the word alone.
func isReadAsWritten(language string, first rune) bool {
	if first >= firstArmenian {
		return false
	}
	switch language {
	case "fi", "hu", "tr", "az", "pl", "cs", "sk", "hr", "sr", "bs", "sh", "uk", "be", "ro":
		return false
	}
	return true
}

// firstArmenian is where Armenian begins in Unicode; Hebrew follows, and other scripts whose words may have something written onto them.
const firstArmenian = 0x530

func isPersian(language string) bool {
	switch language {
	case "fa", "ur", "ps", "ckb", "ug", "sd":
		return true
	}
	return false
}

func (z *reader) add(read string, cut cases) {
	if z.cuts == nil {
		z.cuts = append(z.room, 0)
	}
	for _, known := range z.reads {
		if known == read {
			return
		}
	}
	z.reads = append(z.reads, read)
	z.cuts = append(z.cuts, cut)
}

// asLast is what an ending says that only the last word of a name has, whatever its case.
const asLast = anyCase | asIs | suffixed

// endings adds the word without each of the endings, where so many letters remain.
func (z *reader) endings(fold, endings string, least int) {
	for ending := range strings.SplitSeq(endings, " ") {
		if base, ok := strings.CutSuffix(fold, ending); ok && utf8.RuneCountInString(base) >= least {
			z.add(base, asLast)
		}
	}
}

const koreanParticles = "은 는 이 가 을 를 의 와 과 도 에 로 으로 에서 에게 에게서 만 까지 부터 보다 이라고 라고 이다 과의 와의 측 께서"

// arabic takes off the conjunctions and- and so-, then in-, to- and like-; to- swallows the article's first letter.
func (z *reader) arabic(fold string) {
	rest, cut := z.without(fold, "وف", fold)
	z.preposition(fold, fold)
	if cut {
		z.preposition(rest, fold)
	}
}

func (z *reader) preposition(word, fold string) {
	if rest, cut := z.without(word, "بلك", fold); cut {
		if noun, ok := strings.CutPrefix(rest, "ل"); ok {
			z.prefix("ال"+noun, fold)
		}
	}
}

// hebrew takes off up to three of the letters that are written onto a word.
func (z *reader) hebrew(fold string) {
	word := fold
	for range 3 {
		_, size := utf8.DecodeRuneInString(word)
		if !strings.Contains("ובלמהשכ", word[:size]) || !z.prefix(word[size:], fold) {
			return
		}
		word = word[size:]
	}
}

// without is the word without its first letter, which it adds, where that is one of the letters.
func (z *reader) without(word, letters, fold string) (rest string, cut bool) {
	_, size := utf8.DecodeRuneInString(word)
	rest = word[size:]
	return rest, strings.Contains(letters, word[:size]) && z.prefix(rest, fold)
}

// prefix adds what is left of fold, where three letters are.
func (z *reader) prefix(rest, fold string) bool {
	if utf8.RuneCountInString(rest) < 3 {
		return false
	}
	if rest != fold {
		z.add(rest, prefixed)
	}
	return true
}

// azeri reads x as h, q as g, and c as the j of English, or as the ç that has lost its hook.
func (z *reader) azeri(fold string) {
	read := strings.NewReplacer("x", "h", "q", "g").Replace(fold)
	if read != fold {
		z.add(read, 0)
	}
	if j := strings.ReplaceAll(read, "c", "j"); j != read {
		z.add(j, 0)
	}
}

func (z *reader) latin(language, fold string) {
	switch language {
	case "fi":
		z.finnish(fold)
	case "hu":
		z.hungarian(fold)
	case "az":
		z.azeri(fold)
		fallthrough
	case "tr":
		z.endings(fold, "nin nun yla yle den dan ten tan ler lar in un ya ye yi yu da de ta te la le a e i u", 4)
	case "ro":
		z.endings(fold, "ului ul", 4)
	case "pl":
		z.soft(fold, "dzie:d:L dzie:da:DL cie:t:L cie:ta:DL rze:r:L rze:ra:DL ce:ka:DL dze:ga:DL sze:cha:DL")
	case "cs", "sk":
		z.soft(fold, "ce:ka:DL ze:ha:DL ze:ga:DL")
	case "hr", "sr", "bs", "sh":
		z.soft(fold, "ci:ka:DL zi:ga:DL")
	}
}

// softCyrillic are softened endings: the ending, what stands in its place in the dictionary, the cases.
func softCyrillic(language string) string {
	switch language {
	case "uk", "be":
		return "ці:ка:DL зі:га:DL сі:ха:DL цы:ка:DL"
	case "sr":
		return "ци:ка:DL зи:га:DL"
	}
	return ""
}

func (z *reader) soft(fold, rules string) {
	for rule := range strings.FieldsSeq(rules) {
		ending, rest, _ := strings.Cut(rule, ":")
		base, ok := strings.CutSuffix(fold, ending)
		if !ok || utf8.RuneCountInString(base) < 2 {
			continue
		}
		final, letters, _ := strings.Cut(rest, ":")
		z.add(base+final, parseEndings("-:" + letters)[0].cases)
	}
}

const (
	finnishEndings   = "seen ssa sta lla lta lle ksi tta iin hin han hen hon hun hyn ta na in an en on un n a"
	hungarianEndings = "nak nek val vel ban ben bol rol tol hoz hez nal nel kent ert ot et at on en ba be ra re ig ek ul t e"
)

const (
	georgianEndings = "ისთვის იდან თვის სთან დან თან მდე ში ზე ის ით მა ად ს ო"
	armenianEndings = "յում յից յով յին յի ում ից ով ին ի ը ն"
)

// georgian undoes the cases, and gives back the last vowel that the dictionary form has: ირანის is of ირანი, უკრაინის of უკრაინა.
func (z *reader) georgian(fold string) {
	for ending := range strings.SplitSeq(georgianEndings, " ") {
		base, ok := strings.CutSuffix(fold, ending)
		if !ok || utf8.RuneCountInString(base) < 3 {
			continue
		}
		z.add(base, asLast)
		if last, _ := utf8.DecodeLastRuneInString(base); !strings.ContainsRune("აეიოუ", last) {
			z.add(base+"ი", asLast)
			z.add(base+"ა", asLast)
		}
	}
}

// least is how many letters must remain in front of an ending.
func least(ending string) int {
	if len(ending) == 1 {
		return 4
	}
	return 3
}

// finnish undoes the cases: Putinille, Niinistön, Kekkosen, Matin, Helsingissä.
func (z *reader) finnish(fold string) {
	for ending := range strings.SplitSeq(finnishEndings, " ") {
		base, ok := strings.CutSuffix(fold, ending)
		if !ok || utf8.RuneCountInString(base) < 3 {
			continue
		}
		z.add(base, asLast)
		for _, change := range []string{
			"i:", "e:i", "se:nen", "s:nen", "kse:s", "ki:kki", "ka:kka", "ti:tti", "ta:tta", "pi:ppi", "pa:ppa", "po:ppo", "ko:kko",
			"to:tto", "da:ta", "di:ti", "do:to", "ngi:nki", "nga:nka", "rra:rta", "nna:nta", "lla:lta",
		} {
			from, to, _ := strings.Cut(change, ":")
			if rest, ok := strings.CutSuffix(base, from); ok && utf8.RuneCountInString(rest) >= 2 {
				z.add(rest+to, asLast)
			}
		}
	}
}

// hungarian undoes the cases: Orbánnak, Putyinnal, Trumpot. With- doubles a name's last consonant.
func (z *reader) hungarian(fold string) {
	for ending := range strings.SplitSeq(hungarianEndings, " ") {
		if base, ok := strings.CutSuffix(fold, ending); ok && utf8.RuneCountInString(base) >= least(ending) {
			z.add(base, asLast)
		}
	}
	base, ok := strings.CutSuffix(fold, "al")
	if !ok {
		base, ok = strings.CutSuffix(fold, "el")
	}
	n := len(base)
	switch {
	case !ok || n < 4:
	case base[n-1] == base[n-2]:
		z.add(base[:n-1], asLast)
	case n > 4 && base[n-2] == base[n-3]: // Kováccsal, Nagyannyal
		z.add(base[:n-2]+base[n-1:], asLast)
	}
}
