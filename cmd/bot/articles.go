package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// article is a line of ARTICLES.
type article struct {
	ID        string    `json:"id"`
	Title     string    `json:"title"`
	Text      string    `json:"text"`
	URL       string    `json:"url"`
	Language  string    `json:"language"`
	Published time.Time `json:"published"`
	Source    source    `json:"source"`
}

// source is an article's publisher: a name, or an object with its label.
type source struct {
	Name      string `json:"name"`
	Country   string `json:"country"`
	Ownership string `json:"ownership"`
}

// UnmarshalJSON takes "UN News" and {"name":"UN News","country":"US"} alike.
func (s *source) UnmarshalJSON(b []byte) error {
	if bytes.HasPrefix(bytes.TrimSpace(b), []byte(`"`)) {
		return json.Unmarshal(b, &s.Name)
	}
	type plain source
	return json.Unmarshal(b, (*plain)(s))
}

func (a article) doc() match.Doc {
	return match.Doc{
		Title: a.Title, Text: a.Text, Language: a.Language,
		Source: match.Source{Name: a.Source.Name, Country: a.Source.Country, Ownership: a.Source.Ownership},
	}
}

// maxLine is the most bytes of one line of ARTICLES.
const maxLine = 16 << 20

// eachArticle calls do with each article of the files, or of stdin where there are none ("-" is stdin too). A bad line
// ends it with an error that names the file and line.
func eachArticle(files []string, stdin io.Reader, do func(article) error) error {
	if len(files) == 0 {
		files = []string{"-"}
	}
	for _, name := range files {
		if err := readArticles(name, stdin, do); err != nil {
			return err
		}
	}
	return nil
}

func readArticles(name string, stdin io.Reader, do func(article) error) error {
	in := stdin
	if name == "-" {
		name = "standard input"
	} else {
		f, err := openArticles(name)
		if err != nil {
			return err
		}
		defer f.Close() //nolint:errcheck // only read
		in = f
	}
	lines := bufio.NewScanner(unmarked(in))
	lines.Buffer(make([]byte, 64<<10), maxLine)
	n := 0
	for lines.Scan() {
		n++
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		a, say := parseArticle(lines.Bytes())
		if say != "" {
			return fmt.Errorf(`read articles: %s, line %d: %s; each line is an object such as {"id":"1","title":"...","text":"..."}`, name, n, say)
		}
		if err := do(a); err != nil {
			return err
		}
	}
	err := lines.Err()
	if errors.Is(err, bufio.ErrTooLong) {
		err = fmt.Errorf("the line is longer than %d MiB; each article stands on a line of its own, and a longer text has to be cut", maxLine>>20)
	}
	if err != nil {
		return fmt.Errorf("read articles: %s, line %d: %w", name, n+1, err)
	}
	return nil
}

// unmarked is what follows the mark that some programs write before UTF-8.
func unmarked(in io.Reader) io.Reader {
	b := bufio.NewReader(in)
	if mark, err := b.Peek(3); err == nil && string(mark) == "\ufeff" {
		_, _ = b.Discard(3) // what was peeked is there
	}
	return b
}

func openArticles(name string) (*os.File, error) {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("read articles: there is no file %s", name)
	case err == nil && info.IsDir():
		return nil, fmt.Errorf("read articles: %s is a folder; name the files in it", name)
	}
	f, err := os.Open(name) //nolint:gosec // the user names the file
	if err != nil {
		return nil, fmt.Errorf("read articles: %w", err)
	}
	return f, nil
}

// parseArticle reads a line; say is what is wrong with it, in words for who wrote it. Keys that it does not know are fine.
func parseArticle(line []byte) (a article, say string) {
	given := struct {
		*article
		ID    *string `json:"id"`
		Title *string `json:"title"`
		Text  *string `json:"text"`
	}{article: &a}
	err := json.Unmarshal(line, &given)
	switch {
	case err != nil:
		return a, wrongWith(line, err)
	case bytes.Equal(bytes.TrimSpace(line), []byte("null")):
		return a, "the line is no object"
	case given.ID == nil || *given.ID == "":
		return a, "there is no id"
	case given.Title == nil && given.Text == nil:
		return a, "there is neither title nor text"
	}
	a.ID = *given.ID
	if given.Title != nil {
		a.Title = *given.Title
	}
	if given.Text != nil {
		a.Text = *given.Text
	}
	return a, ""
}

// wrongWith says what a decoder's error means.
func wrongWith(line []byte, err error) string {
	var syntax *json.SyntaxError
	var form *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		if int(syntax.Offset) >= len(line) {
			return "the line is cut off"
		}
		return fmt.Sprintf("the line is not JSON, from character %d on", max(1, utf8.RuneCount(line[:syntax.Offset])))
	case errors.As(err, &form) && form.Field == "":
		return "the line is no object"
	case errors.As(err, &form):
		key, must := strings.TrimPrefix(form.Field, "article."), "text in quotes" // the embedded struct is not the reader's
		if key == "source" {
			must += " or an object with name, country and ownership"
		}
		kind, _, _ := strings.Cut(form.Value, " ") // the decoder names numbers: "number 5"
		is := map[string]string{"number": "a number", "array": "a list", "object": "an object", "bool": "true or false", "string": "text"}[kind]
		return fmt.Sprintf("%s must be %s, not %s", key, must, is)
	}
	return `published must be a time such as "2026-11-22T16:10:00Z"` // the one value that is more than its kind
}

// printer returns a function that prints values as JSON Lines, and one that flushes them.
func printer(w io.Writer) (func(any) error, func() error) {
	buffered := bufio.NewWriter(w)
	enc := json.NewEncoder(buffered)
	enc.SetEscapeHTML(false)
	return enc.Encode, buffered.Flush
}
