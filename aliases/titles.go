package aliases

import (
	"strings"
	"unicode"

	"golang.org/x/text/language"

	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// A meaning is what a column holds, by its title.
type meaning uint8

const (
	unknown meaning = iota
	theName
	oneLabel  // of whatever the words before it name: itemLabel
	someName  // in one language, or one of several: name_ru, name 2
	maybeName // what may also be something else: title, person
	anAlias
	altLabels // several in one cell, as Wikidata's query service has them
	anID
	aSchema
	firstName  // alone
	lastName   // alone
	partOfName // another, or one of which names are made otherwise
	another    // what is no name: country, born
)

// titles knows the usual titles of columns, folded.
type titles map[string]meaning

// newTitles returns them. Capitals, accents, _ and - make no difference, nor does a number or a language behind.
func newTitles() titles {
	t := titles{}
	for m, list := range map[meaning]string{
		theName: "name,names,full name,fullname,complete name,main name,primary name,person name,caption,label,name display as,nom,nom complet,nombre,nombre completo,nome,nome completo," +
			"vollständiger name,ganzer name,bezeichnung,имя,полное имя,фио,ім'я,імя,الاسم,اسم,الاسم الكامل,姓名,名字,名称,名稱,全名,名前,氏名",
		maybeName: "title,person,who,human,leader,politician,official,titre,título,titel,personne,persona,человек,персона,الشخص,人物",
		anAlias: "alias,aliases,also known as,aka,a k a,other name,other names,alternative name,alternative names,alternate name,alternate names,alt name,alt names," +
			"alt label,weak alias,weak aliases,previous name,previous names,former name,former names,nickname,nicknames,pseudonym,pseudonyms,synonym,synonyms,variant,variants," +
			"name variant,name variants,spelling,spellings,native name,original name," +
			"autre nom,autres noms,alias connus,surnom,surnoms,pseudonyme,pseudonymes,otro nombre,otros nombres,también conocido como,también conocida como,apodo,apodos,seudónimo,seudónimos," +
			"aliasname,aliasnamen,anderer name,andere namen,weitere namen,auch bekannt als,spitzname,spitznamen,pseudonyme," +
			"псевдоним,псевдонимы,алиас,алиасы,другое имя,другие имена,также известен как,также известна как,варианты,псевдонім,інші імена," +
			"اسم آخر,أسماء أخرى,الاسم المستعار,اسم مستعار,أسماء مستعارة,الأسماء المستعارة,别名,別名,其他名称,其他名稱,其他名字,又名,别称,曾用名,译名,譯名",
		altLabels: "alt labels",
		anID:      "id,qid,wikidata,wikidata id,item,entity,entity id,wikidata item",
		aSchema:   "schema",
		firstName: "first name,first names,firstname,given name,given names,forename,forenames,prénom,prénoms,vorname,vornamen,rufname,nombre de pila,nombres,primeiro nome,nome próprio," +
			"voornaam,förnamn,fornavn,imię,imiona,jméno,meno,ime,keresztnév,utónév,prenume,etunimi,ad,adı",
		lastName: "last name,last names,lastname,surname,surnames,family name,family names,nom de famille,apellido,apellidos,primer apellido,apellido paterno,nachname,familienname,zuname,cognome,sobrenome,último nome," +
			"achternaam,efternamn,efternavn,etternavn,nazwisko,příjmení,priezvisko,prezime,priimek,vezetéknév,családnév,nume de familie,sukunimi,soyad,soyadı,επώνυμο,фамилия,прізвище,фамілія",
		partOfName: "отчество,по батькові,middle name,middle names,اللقب,姓,名,segundo apellido,apellido materno",
		another: "country,countries,nationality,citizenship,note,notes,comment,comments,born,birthdate,birth date,date of birth,birthday,dob,birthplace,place of birth,died,death date,date of death," +
			"gender,sex,position,positions,role,office,occupation,job,party,url,link,website,wikipedia,source,sources,language,description,type,email,phone,phones,emails,topics,dataset,datasets,identifiers,sanctions," +
			"addresses,address,first seen,last seen,last change,program ids,pays,naissance,país,nacionalidad,nacimiento,land,geboren,geburtsdatum,amt,страна,гражданство,должность,дата рождения,примечание," +
			"البلد,الجنسية,国家,國家,国籍,國籍,职务,出生",
	} {
		for title := range strings.SplitSeq(list, ",") {
			t[tidyTitle(title)] = m
		}
	}
	return t
}

// mayBePart tells the title of a name, folded, that beside a column of first or last names is the other part of it: Name, Vorname.
func mayBePart(title string) bool {
	switch title {
	case "name", "nom", "nombre", "nome", "имя", "ім'я", "імя":
		return true
	}
	return false
}

// tidyTitle folds a title and parts its words by single blanks: itemLabel, item_label and Item-Label are item label.
func tidyTitle(s string) string {
	var b strings.Builder
	before := ' '
	for _, r := range s {
		switch {
		case r == '\'' || r == '’':
		case !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsNumber(r):
			b.WriteByte(' ')
		case unicode.IsUpper(r) && unicode.IsLower(before):
			b.WriteByte(' ')
			fallthrough
		default:
			b.WriteRune(r)
		}
		before = r
	}
	return strings.Join(strings.Fields(match.Fold(b.String())), " ")
}

// of says what a column with the title holds. of is, for a label and alternative labels, what they are of, else "".
func (t titles) of(title string) (m meaning, of string) {
	title = tidyTitle(title)
	if m, ok := t[title]; ok {
		return m, ""
	}
	for _, ending := range []string{" alt label", " alt labels", " label"} {
		if of, ok := strings.CutSuffix(title, ending); ok {
			if ending == " label" {
				return oneLabel, of
			}
			return altLabels, of
		}
	}
	if whose, ok := strings.CutSuffix(title, " name"); ok && t[whose] == maybeName { // leader name
		return theName, ""
	}
	switch t[stem(title)] {
	case theName:
		return someName, ""
	case anAlias:
		return anAlias, ""
	}
	return unknown, ""
}

// stem is a title without a number or a language, behind it or in front.
func stem(title string) string {
	if s := strings.TrimSpace(strings.TrimRightFunc(title, unicode.IsNumber)); s != title {
		return s
	}
	first, behind, _ := strings.Cut(title, " ")
	at := strings.LastIndexByte(title, ' ')
	switch {
	case at < 0:
		return title
	case isLanguage(title[at+1:]):
		return strings.TrimSuffix(title[:at], " in") // name in Russian
	case len(first) > 2 && isLanguage(first):
		return behind
	}
	return title
}

// isLanguage tells a code of two letters, but for id and no, which are more often an identifier and a number, and the English name
// of a language that catalogues are often in, or of a script.
func isLanguage(s string) bool {
	switch s {
	case "english", "russian", "ukrainian", "chinese", "arabic", "persian", "farsi", "hebrew", "french", "german", "spanish", "portuguese", "italian", "turkish", "polish",
		"japanese", "korean", "greek", "native", "original", "local", "latin", "cyrillic":
		return true
	}
	if len(s) != 2 || s == "id" || s == "no" {
		return false
	}
	_, err := language.ParseBase(s)
	return err == nil
}
