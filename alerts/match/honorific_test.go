package match

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// TestANameIsFoundWithoutWhatListsWriteAroundIt: the name, as newspapers print it, of a line in a list of officials.
func TestANameIsFoundWithoutWhatListsWriteAroundIt(t *testing.T) {
	for _, c := range []struct{ listed, printed string }{
		{"Hon. Winston Peters, MP", "Winston Peters"},
		{"The Rt. Hon. Keir Starmer KC MP", "Keir Starmer"},
		{"Rt Hon Keir Starmer MP", "Keir Starmer"},
		{"Hon Sui Sen", "Hon Sui Sen"},
		{"Jane Doe, PhD", "Jane Doe"},
		{"Jane Doe Ph.D.", "Jane Doe"},
		{"Jane Doe, M.Si., S.Sos", "Jane Doe"},
		{"Jack Yun Ma", "Jack Yun Ma"},
		{"YUN JACK MA", "YUN JACK MA"},
		{"Shri Narendra Modi", "Narendra Modi"},
		{"Modi, Shri Narendra", "Narendra Modi"},
		{"Sri Mulyani Indrawati", "Sri Mulyani Indrawati"},
		{"Datuk Seri Anwar Ibrahim", "Anwar Ibrahim"},
		{"Dato' Sri Najib Razak", "Najib Razak"},
		{"Tan Sri Muhyiddin Yassin", "Muhyiddin Yassin"},
		{"Tun Dr. Mahathir Mohamad", "Mahathir Mohamad"},
		{"Tun Tun Win", "Tun Tun Win"},
		{"U Thant Sin", "Thant Sin"},
		{"U Thant", "U Thant"},
		{"Daw Aung San Suu Kyi", "Aung San Suu Kyi"},
		{"H.E. Paul Biya", "Paul Biya"},
		{"S.E.M. Paul Biya", "Paul Biya"},
		{"Dipl.-Ing. Karl Nehammer", "Karl Nehammer"},
		{"Mag. Karl Nehammer, MSc", "Karl Nehammer"},
		{"JUDr. Robert Fico, CSc.", "Robert Fico"},
		{"Ing. Andrej Babiš", "Andrej Babiš"},
		{"Ing Chang Ki", "Ing Chang Ki"},
		{"On. Giorgia Meloni", "Giorgia Meloni"},
		{"Г-н Сергей Лавров", "Сергей Лавров"},
		{"Prince Mohammed bin Salman", "Mohammed bin Salman"},
		{"HRH Prince William", "Prince William"},
		{"Crown Prince Mohammed bin Salman", "Mohammed bin Salman"},
		{"Field Marshal Khalifa Haftar", "Khalifa Haftar"},
		{"Queen Elizabeth II", "Queen Elizabeth II"},
		{"Lord Cameron of Chipping Norton", "Lord Cameron"},
		{"Baroness Ashton of Upholland", "Baroness Ashton"},
		{"Catherine Ashton, Baroness Ashton of Upholland", "Catherine Ashton"},
		{"Volodymyr Zelensky, President of Ukraine", "Volodymyr Zelensky"},
		{"Sergei Lavrov, foreign minister", "Sergei Lavrov"},
		{"President of Ukraine", "President of Ukraine"},
		{"Witkoff, Steve", "Steve Witkoff"},
		{"Witkoff, Steve, Dr", "Steve Witkoff"},
		{"Dr. Novák, Katalin", "Katalin Novák"},
		{"Novák, Dr. Katalin", "Katalin Novák"},
		{"Trump, Donald Jr. J.", "Donald J. Trump Jr."},
		{"Trump, Donald J., Jr.", "Donald J. Trump Jr."},
		{"Kennedy Jr., Robert F.", "Robert F. Kennedy Jr."},
		{"Rowling, J. K.", "J. K. Rowling"},
		{"Yu. A. Gagarin", "Yu. A. Gagarin"},
		{"Fco. Javier Lopez", "Fco. Javier Lopez"},
		{"Tuan Anh Nguyen", "Tuan Anh Nguyen"},
		{"Pere Aragonès i Garcia", "Pere Aragonès i Garcia"},
		{"Sheikh Rashid Ahmed", "Sheikh Rashid Ahmed"},
		{"Sheikh Mohammed bin Zayed", "Mohammed bin Zayed"},
		{"Sheikh Tamim Al-Thani", "Tamim Al-Thani"},
		{"Al-Thani, Sheikh Tamim", "Tamim Al-Thani"},
		{"Al Maktoum, Sheikh Mohammed bin Rashid", "Mohammed bin Rashid Al Maktoum"},
		{"Prince Kwame Mensah", "Prince Kwame Mensah"},
		{"Prince Albert of Monaco", "Prince Albert of Monaco"},
		{"Lord Mayor of London", "Lord Mayor of London"},
		{"López Obrador, Lic. Andrés Manuel", "Andrés Manuel López Obrador"},
		{"John Smith, Dr. h.c.", "John Smith"},
		{"Vice President of Ukraine", "Vice President of Ukraine"},
		{"Prime Minister of India Narendra Modi", "Narendra Modi"},
		{"Smith J. K.", "J. K. Smith"},
		{"Иванов И. И.", "И. И. Иванов"},
		{"Иванов И.И.", "И.И. Иванов"},
		{"Kofi Annan A. B.", "Kofi Annan"},
		{"SMITH Dr John", "John SMITH"},
		{"MACRON M. Emmanuel", "Emmanuel MACRON"},
		{"Felipe VI, Rey de España", "Felipe VI"},
		{"Kim Jong - un", "Kim Jong - un"},
		{"Mr. 王毅", "王毅"},
		{"The Rt. Hon. Владимир Путин", "Владимир Путин"},
		{"王毅 (China)", "王毅"},
		{"Donald Trump, Jr.", "Donald Trump Jr."},
		{"Geh Ming, Dr", "Geh Ming"},
		{"King, Martin", "Martin King"},
		{"Smith, Major", "Major Smith"},
		{"John Smith (diplomat)", "John Smith"},
		{"John Smith [born 1950]", "John Smith"},
		{"Steven “Wit” Witkoff", "Steven Witkoff"},
		{"Steven Witkoff{born 1957}", "Steven Witkoff"},
		{"Steven Witkoff<x@example.org>", "Steven Witkoff"},
		{`Steven "Wit" Witkoff`, "Steven Witkoff"},
		{"Steven „Wit“ Witkoff", "Steven Witkoff"},
		{"Laurent Mbida S.", "Laurent Mbida"},
		{"M. Emmanuel MACRON", "Emmanuel MACRON"},
		{"S.E. M. Paul Biya", "Paul Biya"},
		{"J. D. Vance", "J. D. Vance"},
		{"J. Edgar Hoover", "Edgar Hoover"},
		{"MACRON Emmanuel", "Emmanuel MACRON"},
		{"NGUTE Joseph Dion", "Joseph Dion NGUTE"},
		{"von der LEYEN Ursula", "Ursula von der LEYEN"},
		{"M. de VILLEPIN Dominique", "Dominique de VILLEPIN"},
		{"LEE Hsien Loong", "LEE Hsien Loong"},
		{"LI Qiang", "LI Qiang"},
		{"JD Vance", "JD Vance"},
		{"Rep. Alexandria Ocasio-Cortez [D-NY-14]", "Alexandria Ocasio-Cortez"},
		{"Hon'ble Justice Anita Rao", "Anita Rao"},
		{"His Excellency Mr. Paul Biya", "Paul Biya"},
		{"Vice-President Sara Duterte", "Sara Duterte"},
		{"Mr.Rishi Sunak", "Rishi Sunak"},
		{"Micheál Martin TD", "Micheál Martin"},
		{"Kevin Rudd AC", "Kevin Rudd"},
		{"Amadou BA", "Amadou BA"},
		{"Bola Ahmed Tinubu, GCFR", "Bola Ahmed Tinubu"},
		{"Edgars Rinkēvičs, Latvijas prezidents", "Edgars Rinkēvičs"},
		{"H.E. Anna Smith, Apostolic Nuncio", "Anna Smith"},
		{"President of France, Emmanuel Macron", "Emmanuel Macron"},
		{"Emmanuel Macron - Président de la République", "Emmanuel Macron"},
		{"Emmanuel Macron: President", "Emmanuel Macron"},
		{"President of France: Emmanuel Macron", "Emmanuel Macron"},
		{"1. Emmanuel Macron", "Emmanuel Macron"},
		{"Anna Kuprova - Denisova", "Anna Kuprova - Denisova"},
		{"(Rob) Jetten", "Rob Jetten"},
		{"Macron (M. Emmanuel)", "Emmanuel Macron"},
		{"Macron;Emmanuel", "Emmanuel Macron"},
		{"Macron, , Emmanuel", "Emmanuel Macron"},
		{"Name: 1: ABDUL 2: GHANI 3: BARADAR 4: na", "ABDUL GHANI BARADAR"},
		{"이재명 대통령", "이재명"},
		{"국회의원 안철수", "안철수"},
		{"习近平主席", "习近平"},
		{"د. مصطفى مدبولي", "مصطفى مدبولي"},
		{"श्री राहुल गांधी", "राहुल गांधी"},
		{"Nguyen Thi Y", "Nguyen Thi Y"},
		{"Malcolm X", "Malcolm X"},
		{"(politician)", "(politician)"},
		{"Jr. Jr.", "Jr. Jr."},
		{"Smith (", "Smith"},
		{"Lula (politician)", "Lula"},
		{"Mark_Carney", "Mark Carney"},
		{"Viktor\u2060Orbán", "Viktor Orbán"},
		{"Эммануэль\u200bМакрон", "Эммануэль Макрон"},
		{"김정은 (정치인)", "김정은"},
	} {
		require.Equal(t, c.printed, PrintedName(c.listed), c.listed)
		require.Equal(t, c.printed, PrintedName(c.printed), "as printed")
	}
}

// TestALongNameIsNotTakenApart: what no watch may be called takes no time.
func TestALongNameIsNotTakenApart(t *testing.T) {
	long := strings.Repeat("Dr. (", 100_000)
	require.Equal(t, long, PrintedName(long))
}

// TestAListGivesOtherNames: what a list says somebody is called besides.
func TestAListGivesOtherNames(t *testing.T) {
	for listed, others := range map[string][]string{
		"Ahmed al-Sharaa (a.k.a. Abu Mohammad al-Jolani; a.k.a. Ahmed Hussein)": {"Abu Mohammad al-Jolani", "Ahmed Hussein"},
		"Rafael Edward (Ted) Cruz":           {"Ted Cruz"},
		`Ferdinand "Bongbong" R. Marcos Jr.`: {"Bongbong Marcos"},
		"drs. R.A.A. (Rob) Jetten":           {"Rob Jetten"},
		"A T Didiza (Thoko)":                 {"Thoko Didiza"},
		"Pushpa Kamal Dahal 'Prachanda'":     {"Prachanda Dahal"},
		`Mahmoud Abbas "Abu Mazen"`:          {"Abu Mazen"},
		"Anna Smith a.k.a. Jones":            nil,
		`Steve Smith "Wit"`:                  {"Wit Smith"},
		"Владимир Путин MP":                  nil,
		"Сергей Wang Путин":                  nil,
		"王毅 (Foreign Minister)":              nil,
		"王毅 (Wang Yi)":                       {"Wang Yi"},
		"Wang Yi (中国)":                       nil,
		"Wang Yi (外交部长)":                     nil,
		"Ishiba Shigeru (自民党)":               nil,
		"Lee Jae-myung (더불어민주당)":             nil,
		"Lee Jae-myung (이재명)":                {"이재명"},
		"Trump Jr., Donald":                  nil,
		"Smith II, John Paul":                {"John Smith II"},
		"Duncan Smith, Iain":                 nil,
		"Abu Bakr, Ahmed":                    nil,
		"Ahmed, Sheikh Rashid":               nil,
		"Wang Yi (王毅)":                       {"王毅"},
		"Wang Yi/王毅":                         {"王毅"},
		"Robert Kyagulanyi alias Bobi Wine":  {"Bobi Wine"},
		"Anna Smith née Jones":               nil,
		"Maduro Moros, Nicolás":              {"Nicolás Maduro"},
		"STARMER, Keir Rodney":               {"Keir STARMER"},
		"KIM, Jong Un":                       nil,
		"Pietro Cardinal Parolin":            {"Pietro Parolin"},
		"Syed Yousaf Raza Gillani":           {"Yousaf Raza Gillani"},
		"Syed Ali Shah":                      nil,
		"John Smith (diplomat)":              nil,
		"Vladimir Putin":                     nil,
	} {
		require.Equal(t, others, printedName(listed).others, listed)
	}
}

// TestAListedNameFires: what is left out of a name matters neither to the index nor to what it is compared with.
func TestAListedNameFires(t *testing.T) {
	for _, c := range []struct{ listed, text string }{
		{"Hon. Peter O'Brien, MP", "The talks with Peter O’Brien went on."},
		{"Modi, Shri Narendra", "The talks with Narendra Modi went on."},
		{"Volodymyr Zelensky, President of Ukraine", "Президент Владимир Зеленский заявил."},
		{"Lula (politician)", "The talks with Lula went on."},
		{"Lord Cameron of Chipping Norton", "The talks with Lord Cameron went on."},
		{"Shri Narendra Modi", "The talks with Shri Narendra Modi went on."},
	} {
		p, err := Compile(Spec{Kind: Person, Name: c.listed})
		require.NoError(t, err)
		x := NewIndex()
		x.Put("w", p)
		d := Doc{Text: c.text}
		got := x.Find(d)
		require.Len(t, got.Matches, 1, c)
		require.Equal(t, byForce(map[string]*Pattern{"w": p}, d), got, c)
		require.Equal(t, c.listed, got.Matches[0].Evidence[0].Term, "as written")
	}
}

// TestAnotherNumeralIsAnotherPerson: a watch with a numeral does not find who has another.
func TestAnotherNumeralIsAnotherPerson(t *testing.T) {
	for _, c := range []struct {
		name, text string
		fires      bool
	}{
		{"Pope Leo XIV", "Pope Leo XIV spoke.", true},
		{"Pope Leo XIV", "Pope Leo spoke.", true},
		{"Pope Leo XIV", "Pope Leo XIII wrote Rerum novarum.", false},
		{"Pope Leo XIV", "Pope Leo I met Attila.", true}, // I is the writer as often
		{"Prince Albert II", "Prince Albert V spoke.", false},
		{"Ferdinand Marcos Jr.", "Ferdinand Marcos Sr. ruled.", false},
		{"Ferdinand Marcos Jr.", "Ferdinand Marcos Jr. rules.", true},
	} {
		p, err := Compile(Spec{Kind: Person, Name: c.name})
		require.NoError(t, err)
		x := NewIndex()
		x.Put("w", p)
		require.Len(t, x.Find(Doc{Text: c.text}).Matches, map[bool]int{true: 1}[c.fires], c)
	}
}

// TestPrintedNamesOfAllSorts makes up names of all that lists write: none is lost, and the index finds what each pattern does.
func TestPrintedNamesOfAllSorts(t *testing.T) {
	pieces := strings.Split("Foreign|Minister|Prime|Vice|President|of|France|the|Rt|Hon.|Dr.|HRH|Prince|Jr.|Sr.|III|M.|J.|S.E.|MP|KC|PhD,|,|(|)|“|”|'|-|–|/|;|a.k.a.|alias|née|Anna|Maria|"+
		"PUTIN|Vladimir|de|van|LI|Qiang|Lord|Cameron|王毅|주석|이재명|Путин|Г-н|השר|1.|2:|Name:|y|el|Mr/Ms|<x>|{|}|*|†|Sheikh|Syed|Graf|Tan|Sri", "|")
	r := rand.New(rand.NewPCG(11, 3))
	x, patterns := NewIndex(), map[string]*Pattern{}
	var names []string
	for i := range 3000 / oneIn(10) {
		var b strings.Builder
		for range 1 + r.IntN(6) {
			b.WriteString(pick(r, pieces) + pick(r, []string{" ", " ", " ", "", ", "}))
		}
		name := strings.TrimSpace(b.String())
		p, err := Compile(Spec{Kind: Person, Name: name})
		if err != nil {
			continue
		}
		require.NotEmpty(t, PrintedName(name), name)
		patterns[fmt.Sprint(i)], names = p, append(names, name)
		x.Put(fmt.Sprint(i), p)
	}
	for range 60 / oneIn(10) {
		d := Doc{Text: "Then " + PrintedName(pick(r, names)) + " met " + pick(r, names) + " and Vladimir PUTIN."}
		if diff := cmp.Diff(byForce(patterns, d), x.Find(d)); diff != "" {
			t.Fatalf("%+v\n%s", d, diff)
		}
	}
}

func FuzzPrintedName(f *testing.F) {
	for _, s := range []string{"Hon. A B, MP", "A (b", "„a” b c, d", "Lord C of D, E", "Х. Г-н У", "a,,b", " , ", "\xe8", "a (\xe8 b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		plain := PrintedName(s)
		if p, err := Compile(Spec{Kind: Person, Name: s}); err == nil {
			x := NewIndex()
			x.Put("w", p)
			x.Find(Doc{Text: s + " hello " + plain})
		}
		if strings.ContainsFunc(s, unicode.IsLetter) && strings.TrimSpace(plain) == "" {
			t.Fatalf("nothing is left of %q", s)
		}
		if utf8.ValidString(s) && (!utf8.ValidString(plain) || len(plain) > len(s)+1) {
			t.Fatalf("%q of %q", plain, s)
		}
	})
}
