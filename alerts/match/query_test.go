package match

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

func TestQueryMistakesHaveTheirColumn(t *testing.T) {
	for _, c := range []struct {
		query  string
		column int
		says   string
	}{
		{" ", 1, "empty"},
		{"\t\n", 1, "empty"},
		{`"peace talks`, 1, "quotation"},
		{`мир "peace talks`, 5, "quotation"},
		{`“peace`, 1, "quotation"},
		{`a "" b`, 3, "no word"},
		{`a "--" b`, 3, "no word"},
		{"(a OR b", 1, "never closed"},
		{"мир AND (a OR (b)", 9, "never closed"},
		{"a OR b)", 7, "closes nothing"},
		{")", 1, "closes nothing"},
		{"()", 2, "nothing in these"},
		{"a AND", 3, "AND needs"},
		{"a OR", 3, "OR needs"},
		{"OR a", 1, "before it"},
		{"AND a", 1, "before it"},
		{"a OR OR b", 3, "OR needs"},
		{"a AND OR b", 3, "AND needs"},
		{"a AND AND b", 3, "AND needs"},
		{"a (OR b)", 4, "before it"},
		{"a NOT", 3, "NOT needs"},
		{"NOT a", 1, "NOT alone"},
		{"NOT a NOT b", 1, "NOT alone"},
		{"a OR NOT b", 6, "NOT alone"},
		{"NOT", 1, "NOT needs"},
		{"a NEAR b", 3, "NEAR/"},
		{"a NEAR/ b", 3, "NEAR/"},
		{"a NEAR/0 b", 3, "NEAR/"},
		{"a NEAR/101 b", 3, "NEAR/"},
		{"a NEAR/x b", 3, "NEAR/"},
		{"a NEAR/-1 b", 3, "NEAR/"},
		{"a NEAR/3", 3, "NEAR needs"},
		{"NEAR/3 a", 1, "before it"},
		{"a NEAR/3 NOT b", 10, "NOT before"},
		{"a NEAR/3 (b AND c)", 11, "AND and NOT outside"},
		{"a NEAR/3 source:x", 10, "AND and NOT outside"},
		{"foo:bar", 1, "no field"},
		{"a Author:bar", 3, "no field"},
		{"https://example.org", 1, "no field"},
		{"a title:", 3, "right behind"},
		{"a title: AND b", 3, "right behind"},
		{"title:title:a", 7, "once"},
		{"a source:(b)", 10, "right behind"},
		{"a source:--", 10, "right behind"},
		{"source:x", 1, "only narrows"},
		{"lang:en", 1, "only narrows"},
		{"a OR lang:en", 6, "only narrows"},
		{"person:12", 8, "letters"},
		{"sa*", 1, "at least 3"},
		{"a *", 3, "one word"},
		{"peace-ta*", 1, "one word"},
		{"san*tion", 4, "at the end"},
		{"=sanction*", 1, "not both"},
		{"a = b", 3, "right behind ="},
		{"a =", 3, "right behind ="},
		{"=title:a", 1, "behind the field"},
		{"a -- b", 3, "no letter"},
		{strings.Repeat("(", 60) + "a" + strings.Repeat(")", 60), 51, "flatter"},
		{strings.Repeat("a ", 2001), 4001, "shorter"},
	} {
		_, err := Compile(Spec{Kind: Topic, Name: "t", Query: c.query})
		var bad *SpecError
		require.ErrorAs(t, err, &bad, c.query)
		require.Equal(t, "match", bad.Field, c.query)
		require.Contains(t, bad.Say, c.says, c.query)
		require.Equal(t, c.column, bad.Column, "%s: %s", c.query, bad.Say)
	}
}

func FuzzParseQuery(f *testing.F) {
	for _, seed := range []string{`"peace talks" OR ceasefire`, "a AND (b OR c) NOT d", "x NEAR/3 y", "title:(a b) person:\"A B\"", "=a b*", "„x“", "((((", "a NOT NOT NOT b"} {
		f.Add(seed, "peace talks a b c")
	}
	f.Fuzz(func(t *testing.T, query, body string) {
		p, err := Compile(Spec{Kind: Topic, Name: "t", Query: query})
		if err != nil {
			var bad *SpecError
			if !errors.As(err, &bad) || bad.Say == "" || bad.Column < 1 || bad.Column > utf8.RuneCountInString(query)+1 {
				t.Fatalf("%q: %+v", query, err)
			}
			return
		}
		x := NewIndex()
		x.Put("1", p)
		d := Doc{Title: body, Text: body}
		checkResult(t, p, d, x.Find(d))
		if diff := cmp.Diff(byForce(map[string]*Pattern{"1": p}, d), x.Find(d)); diff != "" {
			t.Fatal(diff)
		}
	})
}
