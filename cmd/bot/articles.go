package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"

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
		f, err := os.Open(name) //nolint:gosec // the user names the file
		if err != nil {
			return fmt.Errorf("read articles: %w", err)
		}
		defer f.Close() //nolint:errcheck // only read
		in = f
	}
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 64<<10), maxLine)
	n := 0
	for lines.Scan() {
		n++
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var a article
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			return fmt.Errorf(`read articles: %s, line %d: %w; each line is an object such as {"id":"1","title":"...","text":"..."}`, name, n, err)
		}
		if err := do(a); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read articles: %s, line %d: %w", name, n+1, err)
	}
	return nil
}

// printer returns a function that prints values as JSON Lines, and one that flushes them.
func printer(w io.Writer) (func(any) error, func() error) {
	buffered := bufio.NewWriter(w)
	enc := json.NewEncoder(buffered)
	enc.SetEscapeHTML(false)
	return enc.Encode, buffered.Flush
}
