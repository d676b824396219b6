package feeds

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// drawJSON draws a JSON Feed of few possible items, so that they come again, with all that is wrong in some.
func drawJSON(t *rapid.T, now time.Time) string {
	odd := rapid.Bool().Draw(t, "odd")
	trick := func(name string, most int) int {
		if !odd {
			return 0
		}
		return rapid.IntRange(0, most).Draw(t, name)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `{"version":"https://jsonfeed.org/version/1.1","title":"Feed at %s",`, now)
	switch trick("head", 30) {
	case 1:
		b.WriteString(`"Items":[{"id":"other","title":"Other"}],`)
	case 2:
		b.WriteString(`"it\u0065ms":[{"id":"id1"},{"id":"id2"}],`)
	case 3:
		b.WriteString(`"items":{"id":"one"},`)
	case 4:
		b.WriteString(`"language":5,`)
	case 5:
		b.WriteString(`"hubs":[{"type":"x"},{"url":"y"}],"items_":[1],`)
	}
	b.WriteString(`"items":[`)
	for i := range rapid.IntRange(0, 8).Draw(t, "items") {
		if i > 0 && trick("comma", 40) != 1 {
			b.WriteString(",")
		}
		b.WriteString(drawJSONItem(t, trick("trick", 24)))
	}
	end := "]}"
	switch trick("end", 20) {
	case 1:
		end = ",]}"
	case 2:
		end = `],"items":null}`
	case 3:
		end = `],"items":[{"title":"Twice"}]}`
	case 4:
		end = `],"description":"items","authors":[{"name":"a"}]}`
	case 5:
		end = ""
	case 6:
		end = "]}}"
	case 7:
		end = ",,]}"
	case 8:
		end = "}"
	}
	return b.String() + end
}

func drawJSONItem(t *rapid.T, trick int) string {
	n := rapid.IntRange(0, 9).Draw(t, "item")
	id, page, title := fmt.Sprintf(`"id%d"`, n), fmt.Sprintf("https://a.example/%d", n), fmt.Sprintf(`"Title %d %d"`, n, rapid.IntRange(0, 1).Draw(t, "edit"))
	more := ""
	switch trick {
	case 1:
		id = `"same"`
	case 2:
		page = "https://a.example/all"
	case 3:
		id = `""`
	case 4:
		title = `"a } ] {[ \" , b"`
	case 5:
		title = "\"a\tb\u0001c\""
	case 6:
		title = fmt.Sprint(n)
	case 7:
		id = fmt.Sprint(n)
	case 8:
		more = `,"authors":["Somebody"]`
	case 9:
		more = `,"tags":["a","b",],"attachments":[{"url":"x","items":[{"id":"id1"}]}],`
	case 10:
		return []string{"null", "5", `"x"`, "[]", "{}", "{]", "", ",", `{"id":"a"`, `"`}[n]
	}
	if n%3 > 0 {
		more += fmt.Sprintf(`,"date_published":"2026-11-%02dT11:00:00Z"`, 10+n)
	}
	return strings.ReplaceAll(fmt.Sprintf(`{"id":%s,"url":%q,"title":%s%s}`, id, page, title, more), ",,", ",")
}

// TestKnownItemsOfJSONAreNotReadAgain counts what is read of a JSON Feed of which a window of 25 items moves on by one each visit.
func TestKnownItemsOfJSONAreNotReadAgain(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	body := func(newest int, more string) string {
		items := make([]string, 0, 26)
		for i := newest; i > newest-25; i-- {
			items = append(items, fmt.Sprintf(`{"id": "%d", "title": "Title %[1]d", "url": "https://a.example/%[1]d", "attachments": [{"url": "a"}]}`, i))
		}
		return fmt.Sprintf(`{"title": "Feed", "user_comment": "%d", "items": [`, newest) + strings.Join(append(items, more), ",\n ") + "], \"authors\": []}"
	}
	r := newReader()
	for i := range 10 {
		out := r.read(t, body(100+i, ""), now.Add(time.Duration(i)*time.Hour))
		require.Empty(t, out.Failed)
		require.Nil(t, out.Gap)
		require.Len(t, out.Window, 25)
		if i > 0 {
			require.Equal(t, []string{fmt.Sprint(100 + i)}, out.Fresh)
		}
	}
	require.Equal(t, 25+9, r.parsed)

	shared := r.read(t, body(110, `{"id": "105", "title": "Other", "url": "https://a.example/105"}`), now.Add(20*time.Hour))
	require.Equal(t, []string{"110"}, shared.Fresh)
	require.Equal(t, 25+9+26-1, r.parsed, "an id that is known from another item: the body is read whole")

	typed := r.read(t, body(111, `{"id": "x", "title": 5}`), now.Add(21*time.Hour))
	require.ElementsMatch(t, []string{"111", "x"}, typed.Fresh)
	require.Equal(t, 25+9+26-1+26, r.parsed, "a value of the wrong type: the body is read whole")
}

// TestWhatIsLeftOutOfJSON: a list without its known items is a list, wherever they stood.
func TestWhatIsLeftOutOfJSON(t *testing.T) {
	const a, b, x, y = `{"id":"a"}`, `{"id":"b","tags":[1,2]}`, `{"id":"x"}`, `{"id":"y","tags":["{",{}]}`
	known := traces{hashOfItem([]byte(x)): {}, hashOfItem([]byte(y)): {}}
	for list, want := range map[string]struct {
		text  string
		ahead []int
		mixed bool
	}{
		"":                              {"", nil, false},
		x:                               {"", []int{0}, false},
		x + "," + y:                     {"", []int{0, 0}, false},
		a + "," + b:                     {a + "," + b, nil, false},
		x + ", " + a:                    {" " + a, []int{0}, false},
		a + ", " + x:                    {a, []int{1}, false},
		a + "," + x + "," + b + "," + y: {a + "," + b, []int{1, 2}, false},
		x + "," + a + "," + y:           {a, []int{0, 1}, false},
		a + "," + x + ",":               {a + " ", []int{1}, false},
		x + "," + x:                     {"", []int{0, 0}, true},
		a + x:                           {a + x, nil, true},
		x + a:                           {a, []int{0}, true},
		"," + x:                         {"," + x, nil, true},
		"null," + x:                     {"null," + x, nil, true},
		a + ",," + x:                    {a + ",," + x, nil, true},
	} {
		s := newSieve(known)
		text, _, ok := mendJSON(`{"items":[`+list+`],"title":"t"}`, s)
		require.True(t, ok)
		require.Equal(t, want.mixed, s.mixed, list)
		if !want.mixed {
			require.Equal(t, `{"items":[`+want.text+`],"title":"t"}`, text, list)
		}
		var ahead []int
		for _, still := range s.still {
			ahead = append(ahead, still.Ahead)
		}
		require.Equal(t, want.ahead, ahead, list)
	}
}

// FuzzKnownJSON: whatever a JSON Feed becomes from one visit to the next, it is understood as it is by who reads it whole.
func FuzzKnownJSON(f *testing.F) {
	const head, tail = `{"title":"t","items":[`, `]}`
	for _, s := range [][2]string{
		{`{"id":"a"},{"id":"b","title":"B"}`, `{"id":"c"},{"id":"a"}`},
		{`{"id":"a"}`, `{"id":"a"},{"id":1,"title":2},`},
		{`{"title":"a"}`, `null,{"title":"a"}`},
		{`{"url":"https://a.example/"}`, `{"url":"https://a.example/"}],"Items":[{"title":"x"}`},
		{`{"id":"a"},{"id":"b"}`, `{"id":"b"}{"id":"a"}`},
		{`{"id":"a"}`, `{"id":"a"},{"id":"n"}],"Items":[{"title":"x"}`},
		{`{"id":"a"}`, `{"id":"a"},{"id":"n"}],"it\u0065ms":[{"title":"x"}`},
	} {
		f.Add(head+s[0]+tail, head+s[1]+tail)
	}
	f.Fuzz(func(t *testing.T, first, second string) {
		now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
		passes, whole := newReader(), newReader()
		whole.forgets = true
		for i, body := range []string{first, second, first} {
			at := now.Add(time.Duration(i) * time.Hour)
			require.Equal(t, whole.read(t, body, at), passes.read(t, body, at), body)
		}
	})
}
