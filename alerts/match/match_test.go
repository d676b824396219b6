package match

import "testing"

func find(t *testing.T, s Spec, d Doc) Result {
	t.Helper()
	p, err := Compile(s)
	if err != nil {
		t.Fatal(err)
	}
	x := NewIndex()
	x.Put("w", p)
	return x.Find(d)
}

func TestSmoke(t *testing.T) {
	for _, c := range []struct{ name, text string }{
		{"Владимир Путин", "Сегодня президент Владимиром Путиным сказал. В. В. Путин и Путин Владимир Владимирович. Путину плохо"},
		{"Steve Witkoff", "Witkoff, Steve said. Steve Witkoff's plan; S. Witkoff"},
		{"Ursula von der Leyen", "Ursula von der Leyen spoke. Von der Leyen left. von der Leyens Plan"},
		{"Abdel Fattah al-Sisi", "President Abdel-Fattah El Sisi spoke. Sisi left."},
		{"Donald Trump", "Melania Trump and Donald J. Trump; Trump said"},
	} {
		t.Logf("%+v", find(t, Spec{Kind: Person, Name: c.name}, Doc{Text: c.text}))
	}
	t.Logf("%+v", find(t, Spec{Kind: Country, Name: "Ukraine"}, Doc{Text: "Война в Украине. L'Ukraine et d'Ukraine. wojna na Ukrainie"}))
	t.Logf("%+v", find(t, Spec{Kind: Topic, Name: "x", Query: `sanctions AND (Iran OR "peace talks") NOT football`}, Doc{Text: "New sanction imposed on Iran after peace talk in Geneva"}))
}
