package aliases_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
	"github.com/seed-6c43f0f2/attache/aliases"
)

func read(t *testing.T, text string) ([]alerts.Person, aliases.Counts, error) {
	t.Helper()
	var all []alerts.Person
	c, err := aliases.Read(strings.NewReader(text), "names.txt", func(p alerts.Person) error {
		all = append(all, p)
		return nil
	})
	return all, c, err
}

const (
	witkoff = `{"type":"item","id":"Q1","labels":{"de":{"language":"de","value":"Steve Witkoff"},"en":{"language":"en","value":"Steve Witkoff"},` +
		`"ru":{"language":"ru","value":"Стив Уиткофф"}},"aliases":{"en":[{"language":"en","value":"Witkoff"},{"language":"en","value":"Steven Charles Witkoff"}]},` +
		`"claims":{"P31":[{"mainsnak":{"datavalue":{"value":{"id":"Q5"}}}}]}}`
	company = `{"type":"item","id":"Q2","labels":{"en":{"value":"Witkoff Group"}},"aliases":[],"claims":{"P31":[{"mainsnak":{"datavalue":{"value":{"id":"Q4830453"}}}}]}}`
	entity  = `{"id":"NK-1","caption":"PUTIN, Vladimir","schema":"Person","properties":{"name":["Владимир Путин"],"alias":["Wladimir Putin"],"weakAlias":["Vova","Uncle Vova"],` +
		`"previousName":["Vladimir Platov"],"birthDate":["1952"]}}`
	ship = `{"id":"NK-2","caption":"Graceful","schema":"Vessel","properties":{"name":["Graceful"]}}`
)

func TestEveryFormIsRead(t *testing.T) {
	steve := alerts.Person{Key: "Q1", Names: []string{"Steve Witkoff", "Стив Уиткофф", "Steven Charles Witkoff"}, Bare: []string{"Witkoff"}}
	vladimir := alerts.Person{Key: "NK-1", Names: []string{"Vladimir Putin", "Владимир Путин", "Wladimir Putin", "Vladimir Platov", "Uncle Vova"}, Bare: []string{"Vova"}}
	row := alerts.Person{Key: "kaja kallas", Names: []string{"Kaja Kallas", "Кая Каллас", "La Dame de Tallinn"}}
	for name, c := range map[string]struct {
		text   string
		want   []alerts.Person
		others int
	}{
		"Wikidata's lines":               {witkoff + "\n" + company + "\n", []alerts.Person{steve}, 1},
		"a dump":                         {"[\n" + witkoff + ",\n" + company + "\n]\n", []alerts.Person{steve}, 1},
		"a part of a dump":               {witkoff + ",\n" + company + ",\n", []alerts.Person{steve}, 1},
		"an array in one line":           {"[" + witkoff + "," + company + "]", []alerts.Person{steve}, 1},
		"several lines each":             {strings.ReplaceAll(witkoff, ",\"", ",\n\""), []alerts.Person{steve}, 0},
		"Special:EntityData":             {`{"entities":{"Q1":` + witkoff + `,"Q2":` + company + `,"Q3":{"id":"Q3","missing":""}}}`, []alerts.Person{steve}, 2},
		"without claims":                 {`{"labels":{"en":{"value":"Ada Bo"}},"id":"Q9"}`, []alerts.Person{{Key: "Q9", Names: []string{"Ada Bo"}}}, 0},
		"OpenSanctions":                  {entity + "\n" + ship + "\n", []alerts.Person{vladimir}, 1},
		"OpenSanctions, a text alone":    {strings.Replace(entity, `["Владимир Путин"]`, `"Владимир Путин"`, 1), []alerts.Person{vladimir}, 0},
		"rows":                           {"Kaja Kallas,Кая Каллас,La Dame de Tallinn\n\n", []alerts.Person{row}, 0},
		"rows with a header":             {"name,alias,alias\nKaja Kallas,Кая Каллас,La Dame de Tallinn\n", []alerts.Person{row}, 0},
		"a header and columns besides":   {"country,Name,aliases\nEE,Kaja Kallas,Кая Каллас;La Dame de Tallinn\n", []alerts.Person{row}, 0},
		"rows by semicolon, with a mark": {"\ufeffKaja Kallas;Кая Каллас;La Dame de Tallinn\r\n", []alerts.Person{row}, 0},
		"OpenSanctions' simple table": {
			"id,schema,name,aliases,birth_date\nx1,Person,Kaja Kallas,Кая Каллас;La Dame de Tallinn,1977\nx2,Company,Kallas AS,,\n",
			[]alerts.Person{{Key: "x1", Names: row.Names}},
			1,
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, counts, err := read(t, c.text)
			require.NoError(t, err)
			require.Equal(t, c.want, got)
			require.Equal(t, len(c.want), counts.Persons)
			require.Equal(t, c.others, counts.Others)
			require.Equal(t, len(c.want[0].Names), counts.Names)
			require.Equal(t, len(c.want[0].Bare), counts.Bare)
		})
	}
}

func TestTheBadLineIsNamed(t *testing.T) {
	for name, c := range map[string]struct{ text, say string }{
		"nothing":                   {" \n", "names.txt, line 1: it is empty."},
		"a line that is cut":        {witkoff + "\n" + `{"id":"Q3","labels":{` + "\n", "names.txt, line 2: the object that begins here does not end."},
		"a line that is no entry":   {witkoff + "\n\n" + `{"id":"Q3"}` + "\n", "names.txt, line 3: this is neither a Wikidata item"},
		"what is no object":         {witkoff + "\nnull\n", "names.txt, line 2: a JSON object has to begin here, not 'n'."},
		"labels that are none":      {"\n" + `{"id":"Q3","labels":7}`, "names.txt, line 2: in the entry that begins here labels must be an object, not a number."},
		"properties that are none":  {`{"id":"a","schema":"Person","properties":{"name":7}}`, "names.txt, line 1: in the entry that begins here properties.name must be a list, not a number."},
		"a caption that is none":    {`{"id":"a","schema":"Person","caption":7}`, "names.txt, line 1: in the entry that begins here caption must be text in quotes, not a number."},
		"what is not JSON":          {witkoff + "\n{\"id\":nope}\n", "names.txt, line 2: the entry that begins here is not JSON, from its byte 8 on."},
		"an open quote":             {"Ada Bo,Ada\n\"Bo Ada,B\n", "names.txt, line 2: extraneous or missing"},
		"a row without a name":      {"Ada Bo,Ada\n,Bo\n", `names.txt, line 2: "" is no name`},
		"a row that is no name":     {"name,alias\nAda Bo,\n12-34,Bo\n", `names.txt, line 3: "12-34" is no name`},
		"in a row of several lines": {"Ada Bo,\"Ada\nB\"\n7,8\n", "names.txt, line 3"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := read(t, c.text)
			require.Error(t, err)
			require.Contains(t, alerts.Say(err), c.say)
		})
	}
}

func TestWhatIsNoCatalogueIsRefusedWithWhatToDo(t *testing.T) {
	for name, c := range map[string]struct{ text, say string }{
		"a web page":               {"\n<html><body>rate limited</body></html>", "names.txt, line 2: this is a web page (HTML) or XML, not a catalogue;"},
		"a web page behind a mark": {"\ufeff<!DOCTYPE html>\n<p>no", "names.txt, line 1: this is a web page"},
		"a web page behind words":  {"Sorry\n<p>rate limited</p>\n", "names.txt, line 2: this is a web page"},
		"gzip":                     {"\x1f\x8b\x08\x00\x00\x00\x00\x00", "names.txt, line 1: it is packed (gzip); unpack it first."},
		"bzip2":                    {"BZh91AY&SY", "names.txt, line 1: it is packed (bzip2); unpack it first."},
		"zip":                      {"PK\x03\x04\x14\x00", "names.txt, line 1: it is packed (zip); unpack it first."},
		"UTF-16":                   {"\xff\xfeA\x00d\x00a\x00", "names.txt, line 1: it is UTF-16; save it as UTF-8."},
		"UTF-16, the other way":    {"\xfe\xff\x00A\x00d", "names.txt, line 1: it is UTF-16; save it as UTF-8."},
		"UTF-16 without a mark":    {"A\x00d\x00a\x00", "names.txt, line 1: it is UTF-16; save it as UTF-8."},
		"a row in Latin-1":         {"name,alias\nAda Bo,Ada\nM\xfcller M\xe4rtz,M\xfcller\n", "names.txt, line 3: a letter here is not UTF-8 but, say, Latin-1 or Windows-1251; save the file as UTF-8."},
		"a header in Windows-1251": {"name,\xef\xf1\xe5\xe2\xe4\nAda Bo,Ada\n", "names.txt, line 1: a letter here is not UTF-8"},
		"JSON in Latin-1":          {strings.Replace(witkoff, `"Steve`, "\n\n\"St\xe9ve", 1), "names.txt, line 3: a letter here is not UTF-8"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := read(t, c.text)
			require.Error(t, err)
			require.Contains(t, alerts.Say(err), c.say)
		})
	}
}

func TestWhatIsCutIsCounted(t *testing.T) {
	var row strings.Builder
	row.WriteString("Ada Bo")
	for i := range 2 * alerts.MaxAliases {
		fmt.Fprintf(&row, ",Ada Bo%s", strings.Repeat("x", i%7)+string(rune('a'+i%26))+string(rune('а'+i/26%32))+string(rune('α'+i/800)))
	}
	p, counts, err := read(t, row.String())
	require.NoError(t, err)
	require.Len(t, p[0].Names, alerts.MaxAliases)
	require.Equal(t, aliases.Counts{Persons: 1, Names: alerts.MaxAliases, Cut: alerts.MaxAliases + 1, Columns: &aliases.Columns{}}, counts)
}

func TestWhatIsNoNameIsLeftOutAndCounted(t *testing.T) {
	p, counts, err := read(t, "Mohammed bin Salman,MBS,Salman,محمد بن سلمان,محمد,普京,?,"+strings.Repeat("x", 300)+",mohammed  BIN salman\n")
	require.NoError(t, err)
	require.Equal(t, []alerts.Person{{
		Key: "mohammed bin salman", Names: []string{"Mohammed bin Salman", "MBS", "محمد بن سلمان", "普京"}, Bare: []string{"Salman", "محمد"},
	}}, p)
	require.Equal(t, aliases.Counts{Persons: 1, Names: 4, Bare: 2, Unfit: 2, Columns: &aliases.Columns{}}, counts)
}

func TestOnlyAFirstNameBehindACommaIsPutInFront(t *testing.T) {
	for written, name := range map[string]string{
		"LINDEMANN, Martin": "Martin Lindemann", "Lindemann, Dr. Martin": "Dr. Martin Lindemann", "Lindemann, M. J.": "M. J. Lindemann", "Smith, John (actor)": "John Smith (actor)",
		"Martin Lindemann, MP": "Martin Lindemann, MP", "Martin Lindemann, President of Ruritania": "Martin Lindemann, President of Ruritania", "Dr. Martin Lindemann, PhD": "Dr. Martin Lindemann, PhD",
	} {
		p, _, err := read(t, "name;alias\n"+written+";\n")
		require.NoError(t, err)
		require.Equal(t, name, p[0].Names[0], written)
	}
}

func TestAnOfficeAloneIsNoAlias(t *testing.T) {
	p, counts, err := read(t, "Keir Starmer,Prime Minister,K. Starmer\nOlaf Scholz,Chancellor,Bundeskanzler\nVacant,Prime Minister\nVladimir Putin,President of Russia,President\nChancellor,Friedrich Merz\nLee,Prime Minister\n")
	require.NoError(t, err)
	var names [][]string
	for _, one := range p {
		names = append(names, one.Names)
	}
	require.Equal(t, [][]string{{"Keir Starmer", "K. Starmer"}, {"Olaf Scholz"}, {"Vladimir Putin", "President of Russia"}, {"Friedrich Merz"}, {"Lee"}}, names)
	require.Equal(t, 7, counts.Offices)
	require.Equal(t, []string{"Prime Minister", "Chancellor", "Bundeskanzler", "President"}, counts.SomeOffices)
	require.Equal(t, 1, counts.Unfit, "Vacant is nobody")
	require.Equal(t, 1, counts.Others)

	p, counts, err = read(t, entityOf("Keir Starmer", "Prime Minister"))
	require.NoError(t, err)
	require.Equal(t, []string{"Keir Starmer"}, p[0].Names)
	require.Equal(t, 1, counts.Offices)
}

func entityOf(name, alias string) string {
	return fmt.Sprintf(`{"id":"1","schema":"Person","caption":%q,"properties":{"name":[%q],"alias":[%q]}}`, name, name, alias)
}

func TestAnErrorOfTheReceiverEndsIt(t *testing.T) {
	boom := errors.New("disk full")
	for _, text := range []string{witkoff, entity, "Ada Bo,Ada"} {
		_, err := aliases.Read(strings.NewReader(text), "x", func(alerts.Person) error { return boom })
		require.ErrorIs(t, err, boom)
	}
	_, err := aliases.Read(io.MultiReader(strings.NewReader(witkoff), brokenReader{boom}), "x", func(alerts.Person) error { return nil })
	require.ErrorIs(t, err, boom)
}

type brokenReader struct{ err error }

func (b brokenReader) Read([]byte) (int, error) { return 0, b.err }

// endless is a file that goes on for ever; what is kept of it must not.
type endless struct {
	line string
	read int
}

func (e *endless) Read(p []byte) (int, error) {
	n := copy(p, e.line)
	e.read += n
	return n, nil
}

func TestAnEntryIsBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 128 MiB, a hundred times slower with the race detector; one goroutine does")
	}
	for _, text := range []string{`{"labels":"`, "a name, \""} {
		in := &endless{line: strings.Repeat("x", 64<<10)}
		_, err := aliases.Read(io.MultiReader(strings.NewReader(text), in), "x", func(alerts.Person) error { return nil })
		require.NotEmpty(t, alerts.Say(err))
		require.Less(t, in.read, 80<<20)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{witkoff, entity, "[" + witkoff + "]", "name,alias\nAda Bo,Ada\n", "sep=;\n#имя;псевдоним\nAda Bo;Ada|Q7", answer, "[" + plain + "]", `{"entities":{"Q1":` + witkoff + `}}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		_, err := aliases.Read(strings.NewReader(text), "x", func(p alerts.Person) error {
			if p.Key == "" && len(p.Names) == 0 {
				return fmt.Errorf("a person without a name: %+v", p)
			}
			w := alerts.Watch{Spec: match.Spec{Kind: match.Person, Name: p.Names[0]}}
			w.Learn(p)
			_, err := match.Compile(w.Terms())
			return err
		})
		if err != nil && alerts.Say(err) == "" {
			t.Fatal(err)
		}
	})
}
