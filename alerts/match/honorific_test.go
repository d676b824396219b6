package match

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

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
		{"Trump, Donald Jr. J.", "Donald J. Trump"},
		{"Donald Trump, Jr.", "Donald Trump Jr."},
		{"Geh Ming, Dr", "Geh Ming"},
		{"King, Martin", "Martin King"},
		{"Smith, Major", "Major Smith"},
		{"John Smith (diplomat)", "John Smith"},
		{"John Smith [born 1950]", "John Smith"},
		{"Steven “Wit” Witkoff", "Steven Witkoff"},
		{`Steven "Wit" Witkoff`, "Steven Witkoff"},
		{"Steven „Wit“ Witkoff", "Steven Witkoff"},
		{"Laurent Mbida S.", "Laurent Mbida"},
		{"Nguyen Thi Y", "Nguyen Thi Y"},
		{"Malcolm X", "Malcolm X"},
		{"(politician)", "(politician)"},
		{"Jr. Jr.", "Jr. Jr."},
		{"Smith (", "Smith"},
		{"Lula (politician)", "Lula"},
		{"김정은 (정치인)", "김정은"},
	} {
		require.Equal(t, c.printed, PrintedName(c.listed), c.listed)
		require.Equal(t, c.printed, PrintedName(c.printed), "as printed")
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

func FuzzPrintedName(f *testing.F) {
	for _, s := range []string{"Hon. A B, MP", "A (b", "„a” b c, d", "Lord C of D, E", "Х. Г-н У", "a,,b", " , "} {
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
		if utf8.ValidString(s) && !utf8.ValidString(plain) || len(plain) > len(s)+1 {
			t.Fatalf("%q of %q", plain, s)
		}
	})
}
