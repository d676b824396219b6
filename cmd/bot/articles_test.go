package main

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

func TestABadLineIsToldInPlainWords(t *testing.T) {
	for line, say := range map[string]string{
		`{"id":1,"title":"a"}`:                            `id must be text in quotes, not a number`,
		`{"title":"a"}`:                                   `there is no id`,
		`{"id":"","title":"a"}`:                           `there is no id`,
		`{"id":null,"title":"a"}`:                         `there is no id`,
		`{"id":"1"}`:                                      `there is neither title nor text`,
		`{"id":"1","headline":"a"}`:                       `there is neither title nor text`,
		`{"id":"1","title":["a"]}`:                        `title must be text in quotes, not a list`,
		`{"id":"1","title":"a","text":{"p":"b"}}`:         `text must be text in quotes, not an object`,
		`{"id":"1","title":"a","url":true}`:               `url must be text in quotes, not true or false`,
		`{"id":"1","title":"a","published":"yesterday"}`:  `published must be a time such as "2026-11-22T16:10:00Z"`,
		`{"id":"1","title":"a","published":1234567}`:      `published must be a time such as "2026-11-22T16:10:00Z"`,
		`{"id":"1","title":"a","published":"2026-13-40"}`: `published must be a time such as "2026-11-22T16:10:00Z"`,
		`{"id":"1","title":"a","source":5}`:               `source must be text in quotes or an object with name, country and ownership, not a number`,
		`{"id":"1","title":"a","source":{"name":3}}`:      `source.name must be text in quotes, not a number`,
		`[]`:                        `the line is no object`,
		`"id"`:                      `the line is no object`,
		`null`:                      `the line is no object`,
		`{"id":"1",`:                `the line is cut off`,
		`hello`:                     `the line is not JSON, from character 1 on`,
		`{"id":"1","title":"a"} {}`: `the line is not JSON, from character 24 on`,
		"\xff\xfe{":                 `the line is not JSON, from character 1 on`,
	} {
		err := eachArticle(nil, strings.NewReader("{\"id\":\"0\",\"title\":\"\"}\n\n"+line), func(article) error { return nil })
		require.Error(t, err, line)
		require.Contains(t, err.Error(), "standard input, line 3: "+say+"; each line is", line)
		require.NotRegexp(t, `Go |json:|unmarshal|parsing|2006|main\.|struct|invalid character`, err.Error(), line)
	}
}

func TestAGoodLineIsTaken(t *testing.T) {
	for _, line := range []string{
		`{"id":"1","title":"a","text":"b","note":{"mine":[1]},"published":"2026-11-22T16:10:00+01:00","source":"The Herald"}`,
		`{"id":"1","title":"","text":""}`, `{"id":"1","text":"b"}`, `{"id":"1","title":"a"}`,
		`{"id":"1","title":"a","text":null,"source":null,"published":null,"url":null}`,
		`{"id":"1","title":"a","source":{"name":"The Herald","country":"US","more":1}}`,
	} {
		n := 0
		require.NoError(t, eachArticle(nil, strings.NewReader(line), func(a article) error {
			n++
			require.Equal(t, "1", a.ID)
			return nil
		}), line)
		require.Equal(t, 1, n)
	}
}

func TestAnArticlesFileThatIsNoneIsToldInPlainWords(t *testing.T) {
	for name, say := range map[string]string{"absent.jsonl": "there is no file absent.jsonl", t.TempDir(): "is a folder"} {
		require.ErrorContains(t, eachArticle([]string{name}, nil, nil), say)
	}
	require.ErrorContains(t, eachArticle(nil, strings.NewReader(strings.Repeat(" ", maxLine+1)), nil), "line 1: the line is longer than 16 MiB")
}

// FuzzArticles: a line is an article with an id, or there is a sentence about what is wrong with it.
func FuzzArticles(f *testing.F) {
	f.Add([]byte(`{"id":"1","title":"A","text":"B","source":"UN News","published":"2026-11-22T16:10:00Z"}`))
	f.Add([]byte(`{"id":"1","text":5,"source":{"name":"x"}}`))
	f.Add([]byte(`{"id":"1","title":"A","published":"soon"}`))
	f.Add([]byte("null"))
	f.Add([]byte(`[{"id":`))
	f.Fuzz(func(t *testing.T, line []byte) {
		a, say := parseArticle(line)
		require.True(t, say != "" || a.ID != "")
		require.True(t, utf8.ValidString(say))
	})
}

func TestAMarkBeforeTheArticlesIsSkipped(t *testing.T) {
	n := 0
	count := func(article) error { n++; return nil }
	require.NoError(t, eachArticle(nil, strings.NewReader("\ufeff{\"id\":\"1\",\"title\":\"a\"}\n{\"id\":\"2\",\"title\":\"b\"}\n"), count))
	require.Equal(t, 2, n)
	require.NoError(t, eachArticle(nil, strings.NewReader("\ufeff"), count))
	require.NoError(t, eachArticle(nil, strings.NewReader(""), count))
	require.Equal(t, 2, n)
	require.ErrorContains(t, eachArticle(nil, strings.NewReader("\ufeff\ufeff{}"), count), "line 1: the line is not JSON, from character 1 on")
}

func TestALineThatIsTooLongSaysWhatToDo(t *testing.T) {
	err := eachArticle(nil, strings.NewReader(strings.Repeat(" ", maxLine+1)), func(article) error { return nil })
	require.ErrorContains(t, err, "the line is longer than 16 MiB; each article stands on a line of its own, and a longer text has to be cut")
}
