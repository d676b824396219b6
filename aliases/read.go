package aliases

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// maxEntry is the most bytes of one entry: a JSON object or a row. Wikidata's largest item has about 4 MB.
// https://www.wikidata.org/wiki/Special:LongPages
const maxEntry = 64 << 20

// Counts are what was read.
type Counts struct {
	Persons int // entries that were taken
	Names   int // of those, that a watch learns
	Others  int // entries about anything but a person, left out
	Bare    int // names left out of what a watch learns, since they are only a word of a longer one, or weak
	Unfit   int // names left out since they have no letter, are too long, are an address or an item's number, or say that there is nobody
	Cut     int // names left out since the person has alerts.MaxAliases others
	Offices int // names left out since they are an office or a title alone, by which everybody who has it would be found

	SomeOffices []string // the first few of those, each once

	Columns *Columns // of a table; nil of other forms
}

// Read calls do with each person of a catalogue, which may be Wikidata's JSON (a dump, JSON Lines, or Special:EntityData),
// FollowTheMoney JSON Lines or CSV, told apart by its first character, in UTF-8. name is the file's, for errors. What is wrong with
// the file is an *alerts.Invalid with the line; an error of do is returned as it is.
func Read(r io.Reader, name string, do func(alerts.Person) error) (Counts, error) {
	f := &file{name: name, do: do, titles: newTitles()}
	in := bufio.NewReaderSize(r, 256<<10)
	start, _ := in.Peek(signature) // of a shorter file there is less
	if say := foreign(start); say != "" {
		return f.counts, f.wrong(1, "%s", say)
	}
	if bytes.HasPrefix(start, []byte("\xef\xbb\xbf")) {
		_, _ = in.Discard(3) // what was peeked is there
	}
	first, err := f.firstByte(in)
	switch {
	case errors.Is(err, io.EOF):
		return f.counts, f.wrong(1, "it is empty")
	case err != nil:
		return f.counts, fmt.Errorf("read aliases: %s: %w", name, err)
	case first == '<':
		return f.counts, f.wrong(1+f.skipped, "%s", markup)
	case first == '{' || first == '[':
		err = f.json(in)
	default:
		err = f.csv(in)
	}
	return f.counts, err
}

// firstByte skips white space and returns the byte that follows, unread.
func (f *file) firstByte(in *bufio.Reader) (byte, error) {
	for {
		c, err := in.ReadByte()
		switch {
		case err != nil:
			return 0, err
		case c == '\n':
			f.skipped++
		case c == ' ' || c == '\t' || c == '\r':
		default:
			return c, in.UnreadByte()
		}
	}
}

// A file is one catalogue while it is read.
type file struct {
	name    string
	do      func(alerts.Person) error
	skipped int // lines before the first entry
	titles  titles
	counts  Counts
}

// wrong is a mistake in the file.
func (f *file) wrong(line int, format string, args ...any) error {
	return fmt.Errorf("read aliases: %w", &alerts.Invalid{Say: fmt.Sprintf("%s, line %d: %s.", f.name, line, fmt.Sprintf(format, args...))})
}

// person hands on somebody with these names.
func (f *file) person(n names) error {
	p := n.person(&f.counts)
	if len(p.Names) == 0 {
		f.counts.Others++
		return nil
	}
	f.counts.Persons++
	f.counts.Names += len(p.Names)
	return f.do(p)
}
