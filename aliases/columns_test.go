package aliases_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/aliases"
)

const (
	answer = `{"head":{"vars":["item","itemLabel","itemAltLabel","countryLabel"]},"results":{"bindings":[{"item":{"type":"uri","value":"http://www.wikidata.org/entity/Q15031"},` +
		`"itemLabel":{"xml:lang":"en","type":"literal","value":"Xi Jinping"},"itemAltLabel":{"type":"literal","value":"习近平, Си Цзиньпин"},"countryLabel":{"type":"literal","value":"China"}}]}}`
	plain = `{"item":"http://www.wikidata.org/entity/Q15031","itemLabel":"Xi Jinping","itemAltLabel":"习近平, Си Цзиньпин","countryLabel":"China"}`
)

func TestOnlyNamedColumnsAreRead(t *testing.T) {
	type columns = aliases.Columns
	for name, c := range map[string]struct {
		text    string
		names   []string
		columns columns
	}{
		"names further right": {
			"country,wikidata,full name,other names\nCN,Q1,Xi Jinping,习近平\n",
			[]string{"Xi Jinping", "习近平"},
			columns{Name: "full name", Aliases: []string{"other names"}, Ignored: []string{"country"}},
		},
		"a name alone":          {"name,notes,born\nXi Jinping,Beijing,Rome\n", []string{"Xi Jinping"}, columns{Name: "name", Ignored: []string{"notes", "born"}}},
		"_ in place of blanks":  {"full_name,also_known_as,country\nXi Jinping,习近平,China\n", []string{"Xi Jinping", "习近平"}, columns{Name: "full_name", Aliases: []string{"also_known_as"}, Ignored: []string{"country"}}},
		"Russian":               {"Имя;Псевдоним;Страна\nXi Jinping;习近平;Китай\n", []string{"Xi Jinping", "习近平"}, columns{Name: "Имя", Aliases: []string{"Псевдоним"}, Ignored: []string{"Страна"}}},
		"French":                {"NOM COMPLET;Autres noms\nXi Jinping;习近平\n", []string{"Xi Jinping", "习近平"}, columns{Name: "NOM COMPLET", Aliases: []string{"Autres noms"}}},
		"Spanish":               {"Nombre\tTambién conocido como\nXi Jinping\t习近平\n", []string{"Xi Jinping", "习近平"}, columns{Name: "Nombre", Aliases: []string{"También conocido como"}}},
		"German":                {"Vollständiger Name;Weitere Namen\nXi Jinping;习近平\n", []string{"Xi Jinping", "习近平"}, columns{Name: "Vollständiger Name", Aliases: []string{"Weitere Namen"}}},
		"Arabic":                {"الاسم,أسماء أخرى\nXi Jinping,习近平\n", []string{"Xi Jinping", "习近平"}, columns{Name: "الاسم", Aliases: []string{"أسماء أخرى"}}},
		"Chinese":               {"姓名,别名,国籍\nXi Jinping,习近平,中国\n", []string{"Xi Jinping", "习近平"}, columns{Name: "姓名", Aliases: []string{"别名"}, Ignored: []string{"国籍"}}},
		"Excel's first line":    {"sep=;\r\nname;alias\r\nXi Jinping;习近平\r\n", []string{"Xi Jinping", "习近平"}, columns{Name: "name", Aliases: []string{"alias"}}},
		"a sign that is said":   {"\"sep=|\"\nname|alias\nXi Jinping|习近平\n", []string{"Xi Jinping", "习近平"}, columns{Name: "name", Aliases: []string{"alias"}}},
		"# before the header":   {"#name,alias\nXi Jinping,习近平\n", []string{"Xi Jinping", "习近平"}, columns{Name: "name", Aliases: []string{"alias"}}},
		"comments":              {"# leaders, 2026\n\n# by hand\nname,alias\n# him, too\nXi Jinping,习近平\n", []string{"Xi Jinping", "习近平"}, columns{Name: "name", Aliases: []string{"alias"}}},
		"several names":         {"caption,name,name_zh,alias 1,alias2,weakAlias,title\nXi Jinping,Jinping Xi,习近平,Xi Jin Ping,Si Tsin-pin,Xi dada,Mr\n", []string{"Xi Jinping", "Jinping Xi", "习近平", "Xi Jin Ping", "Si Tsin-pin", "Xi dada"}, columns{Name: "caption", Aliases: []string{"name", "name_zh", "alias 1", "alias2", "weakAlias"}, Ignored: []string{"title"}}},
		"a query's answer":      {"item,itemLabel,itemAltLabel,countryLabel\nhttp://www.wikidata.org/entity/Q15031,Xi Jinping,\"习近平, Си Цзиньпин\",China\n", []string{"Xi Jinping", "习近平", "Си Цзиньпин"}, columns{Name: "itemLabel", Aliases: []string{"itemAltLabel"}, Ignored: []string{"countryLabel"}}},
		"a suffix in labels":    {"item,itemLabel,itemAltLabel\nQ1,Martin King,\"Martin Luther King, Jr., MLK\"\n", []string{"Martin King", "Martin Luther King, Jr.", "MLK"}, columns{Name: "itemLabel", Aliases: []string{"itemAltLabel"}}},
		"the label of a person": {"country,countryLabel,leader,leaderLabel\nQ148,China,Q15031,Xi Jinping\n", []string{"Xi Jinping"}, columns{Name: "leaderLabel", Aliases: nil, Ignored: []string{"country", "countryLabel"}}},
		"a query's JSON":        {answer, []string{"Xi Jinping", "习近平", "Си Цзиньпин"}, columns{Name: "itemLabel", Aliases: []string{"itemAltLabel"}, Ignored: []string{"countryLabel"}}},
		"a query's plain JSON":  {"[" + plain + "]", []string{"Xi Jinping", "习近平", "Си Цзиньпин"}, columns{Name: "itemLabel", Aliases: []string{"itemAltLabel"}, Ignored: []string{"countryLabel"}}},
		"names by language":     {"Name (English);Name (Chinese);Russian name;name in Greek\nXi Jinping;习近平;Си Цзиньпин;Σι Τζινπίνγκ\n", []string{"Xi Jinping", "习近平", "Си Цзиньпин", "Σι Τζινπίνγκ"}, columns{Name: "Name (English)", Aliases: []string{"Name (Chinese)", "Russian name", "name in Greek"}}},
		"whose name":            {"Country,Leader Name\nChina,Xi Jinping\n", []string{"Xi Jinping"}, columns{Name: "Leader Name", Ignored: []string{"Country"}}},
		"first and last name":   {"first_name,last_name,title\nJinping,Xi,Mr\n", []string{"Jinping Xi"}, columns{Name: "first_name", Ignored: []string{"title"}, Surname: "last_name"}},
		"German parts":          {"Name;Vorname;Alias\nMERZ;Friedrich;Merz F\n", []string{"Friedrich Merz", "Merz F"}, columns{Name: "Vorname", Aliases: []string{"Alias"}, Surname: "Name"}},
		"French parts":          {"Nom,Prénom\nMacron,Emmanuel\n", []string{"Emmanuel Macron"}, columns{Name: "Prénom", Surname: "Nom"}},
		"Spanish parts":         {"Apellidos;Nombre\nSánchez Pérez;Pedro\n", []string{"Pedro Sánchez Pérez"}, columns{Name: "Nombre", Surname: "Apellidos"}},
		"the first surname":     {"Nombre;Primer apellido;Segundo apellido\nPedro;Sánchez;Pérez\n", []string{"Pedro Sánchez"}, columns{Name: "Nombre", Ignored: []string{"Segundo apellido"}, Surname: "Primer apellido"}},
		"Italian parts":         {"Cognome;Nome\nMeloni;Giorgia\n", []string{"Giorgia Meloni"}, columns{Name: "Nome", Surname: "Cognome"}},
		"Portuguese parts":      {"Nome;Sobrenome\nLuís;Montenegro\n", []string{"Luís Montenegro"}, columns{Name: "Nome", Surname: "Sobrenome"}},
		"Russian parts":         {"Фамилия;Имя;Отчество\nПутин;Владимир;Владимирович\n", []string{"Владимир Путин"}, columns{Name: "Имя", Ignored: []string{"Отчество"}, Surname: "Фамилия"}},
		"Polish parts":          {"Nazwisko;Imię\nTusk;Donald\n", []string{"Donald Tusk"}, columns{Name: "Imię", Surname: "Nazwisko"}},
		"a whole name and one":  {"Name;Nachname\nXi Jinping;Xi\n", []string{"Xi Jinping"}, columns{Name: "Name", Surname: "Nachname"}},
		"a whole name and both": {"name,first name,last name\nXi Jinping,Jinping,Xi\n", []string{"Xi Jinping"}, columns{Name: "name", Ignored: []string{"first name", "last name"}}},
		"a full name and one":   {"full name;surname\nXi Jinping;Xi\n", []string{"Xi Jinping"}, columns{Name: "full name", Ignored: []string{"surname"}}},
		"a last name alone":     {"Name;Vorname\nLula;\n", []string{"Lula"}, columns{Name: "Vorname", Surname: "Name"}},
		"no header":             {"Xi Jinping,习近平,Aka\n", []string{"Xi Jinping", "习近平", "Aka"}, columns{}},
		"a name in quotes":      {"\"Xi, Jinping\";习近平\n", []string{"Jinping Xi", "习近平"}, columns{}},
		"references":            {"name,aliases\nXi Jinping,习近平;Q15031|https://xi.example|www.xi.example\n", []string{"Xi Jinping", "习近平"}, columns{Name: "name", Aliases: []string{"aliases"}}},
	} {
		t.Run(name, func(t *testing.T) {
			p, counts, err := read(t, c.text)
			require.NoError(t, err)
			require.Len(t, p, 1)
			require.Equal(t, c.names, p[0].Names)
			require.Equal(t, &c.columns, counts.Columns)
		})
	}
}

func TestAnItemsNumberIsTheKeyAndNoName(t *testing.T) {
	p, counts, err := read(t, "item,itemLabel,itemAltLabel\nhttp://www.wikidata.org/entity/Q1,Ada Bo,Ada B\nhttp://www.wikidata.org/entity/Q2,Q2,\nhttp://www.wikidata.org/entity/Q1,Ada Bo,Adda Bo\n")
	require.NoError(t, err)
	require.Equal(t, []alerts.Person{{Key: "Q1", Names: []string{"Ada Bo", "Ada B"}}, {Key: "Q1", Names: []string{"Ada Bo", "Adda Bo"}}}, p)
	require.Equal(t, 1, counts.Unfit)
}

func TestAHeaderThatIsNotUnderstoodIsRefused(t *testing.T) {
	for text, say := range map[string]string{
		"country,wikidata,leadership\nCN,Q1,Xi Jinping\n":       `line 1: this was read as titles of columns, and none is known as that of the names: "country", "wikidata", "leadership"; call that of the names name`,
		"Leadership,Also known as\nXi Jinping,习近平\n":            `line 1: this was read as titles of columns`,
		"who_is_it,spelt\nXi Jinping,习近平\n":                     `write name,alias as a line above it`,
		"\n\nlast_name,title\nXi,Mr\n":                          `line 3: this was read as titles of columns, and none is known as that of the names: "last_name", "title"; put first and last name into one column`,
		"Nombre;Apellido;Apellidos\nAda;Bo;Co\n":                `put first and last name into one column`,
		"First name;Last name;Surname\nAda;Bo;Co\n":             `put first and last name into one column`,
		"Name of leader,Spelt\nXi Jinping,习近平\n":                `none is known as that of the names: "Name of leader", "Spelt"`,
		"name|alias\nXi Jinping|习近平\n":                          "line 1: the columns here are parted by |; part them by commas, semicolons or tabs, or write sep=| as the first line.",
		"Xi Jinping|习近平\n":                                      "line 1: the columns here are parted by |",
		"sep=x\nnamexalias\n":                                   "line 1: sep= may be followed by , ; | or a tab.",
		"http://www.wikidata.org/entity/Q15031,Xi Jinping\n":    `line 1: "http://www.wikidata.org/entity/Q15031" is an address or an item's number, not a name`,
		`{"head":{"vars":["a","b"]},"results":{"bindings":[]}}`: "none is known as that of the names",
		`{"head":{"link":[]},"boolean":true,"results":{}}`:      "download it as CSV.",
		`{"spelling":"Xi Jinping"}`:                             "nor what a query of Wikidata found (itemLabel, itemAltLabel).",
	} {
		p, _, err := read(t, text)
		require.Error(t, err, text)
		require.Contains(t, alerts.Say(err), say, text)
		require.Empty(t, p, text)
	}
}

func TestARowOfSmallWordsIsAPersonWhereItHasTwo(t *testing.T) {
	p, _, err := read(t, "xi jinping,xi jin ping\n")
	require.NoError(t, err)
	require.Equal(t, []string{"xi jinping", "xi jin ping"}, p[0].Names)
}
