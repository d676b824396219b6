package aliases

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// separator finds out what parts the columns, and leaves the reader where the table begins, behind a line sep=, as Excel
// has it, and comments.
func (f *file) separator(in *bufio.Reader) (rune, error) {
	said := rune(0)
	for {
		switch _, err := f.firstByte(in); {
		case errors.Is(err, io.EOF):
			return ',', nil
		case err != nil:
			return 0, f.badRow(err)
		}
		start, _ := in.Peek(4096) // what there is of it is enough
		line, _, _ := strings.Cut(string(start), "\n")
		line = strings.TrimRight(line, "\r")
		mark := strings.HasPrefix(line, "#")
		if sign, ok := strings.CutPrefix(strings.Trim(line, `"`), "sep="); ok && said == 0 {
			if said, _ = utf8.DecodeRuneInString(sign); !strings.ContainsRune(",;|\t", said) || len(sign) != 1 {
				return 0, f.wrong(1+f.skipped, "sep= may be followed by , ; | or a tab")
			}
		} else if found, header := f.parted(strings.TrimPrefix(line, "#"), said); !mark || header {
			if mark {
				_, _ = in.Discard(1) // what was peeked is there
			}
			if found == '|' && said == 0 {
				return 0, f.wrong(1+f.skipped, "the columns here are parted by |; part them by commas, semicolons or tabs, or write sep=| as the first line")
			}
			return found, nil
		}
		if err := f.pass(in); err != nil {
			return 0, err
		}
	}
}

// pass reads to the line's end.
func (f *file) pass(in *bufio.Reader) error {
	for {
		c, err := in.ReadByte()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return f.badRow(err)
		}
		if c == '\n' {
			f.skipped++
			return nil
		}
	}
}

// parted tells what parts the columns of the first line, and whether it is a header: the sign with which it is one, else the
// first of tab, comma, semicolon and | that stands in it outside quotes. Where it was said, it is what was said.
func (f *file) parted(line string, said rune) (comma rune, header bool) {
	quoted := false
	bare := strings.Map(func(r rune) rune {
		if r == '"' {
			quoted = !quoted
		}
		if quoted {
			return -1
		}
		return r
	}, line)
	found := rune(0)
	for _, sign := range "\t,;|" {
		if said != 0 && sign != said || said == 0 && !strings.ContainsRune(bare, sign) {
			continue
		}
		if f.titles.asHeader(strings.Split(line, string(sign))).name >= 0 {
			return sign, true
		}
		if found == 0 {
			found = sign
		}
	}
	if found == 0 {
		return ',', f.titles.asHeader([]string{line}).name >= 0
	}
	return found, false
}
