package aliases

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// What is wrong with files that are no catalogue, and what to do.
const (
	markup  = "this is a web page (HTML) or XML, not a catalogue; sites send one in place of a file that they refuse: open it in a browser to see why, and download the file again"
	notUTF8 = "a letter here is not UTF-8 but, say, Latin-1 or Windows-1251; save the file as UTF-8"
	utf16   = "it is UTF-16; save it as UTF-8"
)

// signature is how many bytes tell a file of another form.
const signature = 6

// packer names what packed a file that begins so; "" if nothing did.
func packer(start []byte) string {
	for _, p := range []struct{ start, name string }{
		{"\x1f\x8b", "gzip"},            // https://www.rfc-editor.org/rfc/rfc1952#page-5
		{"BZh9", "bzip2"},               // as it is packed unless asked otherwise: https://en.wikipedia.org/wiki/Bzip2#File_format
		{"PK\x03\x04", "zip"},           // https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.7
		{"\xfd7zXZ\x00", "xz"},          // https://tukaani.org/xz/xz-file-format.txt, 2.1.1.1
		{"\x28\xb5\x2f\xfd", "zstd"},    // https://www.rfc-editor.org/rfc/rfc8878#section-3.1.1
		{"7z\xbc\xaf\x27\x1c", "7-Zip"}, // https://www.7-zip.org/7z.html
	} {
		if bytes.HasPrefix(start, []byte(p.start)) {
			return p.name
		}
	}
	return ""
}

// foreign says what a file that begins so is instead of a catalogue; "" if nothing tells. No text has a zero byte; UTF-16 has
// one beside every ASCII character.
func foreign(start []byte) string {
	if p := packer(start); p != "" {
		return fmt.Sprintf("it is packed (%s); unpack it first", p)
	}
	if bytes.HasPrefix(start, []byte("\xff\xfe")) || bytes.HasPrefix(start, []byte("\xfe\xff")) || bytes.IndexByte(start, 0) >= 0 {
		return utf16
	}
	return ""
}

// invalidUTF8 is where text has the first byte that is not UTF-8; -1 if it has none.
func invalidUTF8(text []byte) int {
	if utf8.Valid(text) {
		return -1
	}
	for i := 0; ; {
		r, n := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
}

// wrongWith says what a decoder's error about an entry means; its keys are behind prefix.
func wrongWith(err error, prefix string) string {
	var syntax *json.SyntaxError
	var form *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Sprintf("the entry that begins here is not JSON, from its byte %d on", syntax.Offset)
	case errors.As(err, &form):
		where := "a value"
		if key := strings.TrimPrefix(form.Field, "item."); key != "" { // the embedded struct is not the reader's
			where = prefix + key
		}
		kind, _, _ := strings.Cut(form.Value, " ") // the decoder names numbers: "number 5"
		is := map[string]string{"number": "a number", "array": "a list", "object": "an object", "bool": "true or false", "string": "text"}[kind]
		return fmt.Sprintf("in the entry that begins here %s must be %s, not %s", where, must(form.Type.Kind().String()), is)
	}
	return "the entry that begins here cannot be read as JSON"
}

// must names the value of JSON that goes into a kind of Go's.
func must(kind string) string {
	switch kind {
	case "string":
		return "text in quotes"
	case "slice":
		return "a list"
	}
	return "an object"
}
