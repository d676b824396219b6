package feeds

import (
	"bytes"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// signatures are byte order marks and the first bytes of "<?xml" in encodings that are no superset of ASCII
// (XML 1.0, appendix F). Longer ones come first.
//
//nolint:gochecknoglobals // a table that never changes
var signatures = []struct {
	prefix string
	enc    encoding.Encoding
}{
	{"\x00\x00\xfe\xff", utf32.UTF32(utf32.BigEndian, utf32.UseBOM)},
	{"\xff\xfe\x00\x00", utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)},
	{"\x00\x00\x00<", utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)},
	{"<\x00\x00\x00", utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)},
	{"\xfe\xff", unicode.UTF16(unicode.BigEndian, unicode.UseBOM)},
	{"\xff\xfe", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)},
	{"\x00<\x00", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
	{"<\x00", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
	{"\x4c\x6f\xa7\x94", charmap.CodePage037},
}

// declaration finds the encoding in an XML declaration.
var declaration = regexp.MustCompile(`^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([A-Za-z0-9._:-]+)\s*["']`)

// decode returns the body as valid UTF-8, and a warning if the way there was not the declared one. The order is: byte
// order mark, declared charset (HTTP header, then XML declaration), valid UTF-8, guess. Text that is valid UTF-8 beyond
// ASCII is never anything else by chance, so it overrules a declared charset of another kind; a declared charset that does
// not fit the bytes is passed over for the next.
func decode(body []byte, contentType string) (text, warning string) {
	for _, s := range signatures {
		if bytes.HasPrefix(body, []byte(s.prefix)) {
			return convert(s.enc, body), ""
		}
	}
	if rest, ok := bytes.CutPrefix(body, []byte("\xef\xbb\xbf")); ok {
		return mendUTF8(rest), ""
	}
	labels := declared(body, contentType)
	if enc := sevenBit(body, labels); enc != nil {
		return convert(enc, body), ""
	}
	if utf8.Valid(body) {
		return string(body), overruled(body, labels)
	}
	good, bad := countUTF8(body)
	if good > 4*bad {
		return mendUTF8(body), warnBytes
	}
	for i, label := range labels {
		enc, name := lookup(label)
		if enc == nil || name == "utf-8" || name == "windows-1252" && !latin(body) {
			continue
		}
		if text := convert(enc, body); fits(text) {
			if i > 0 {
				warning = "The feed declares two character sets; the second was taken."
			}
			return text, warning
		}
	}
	if good >= bad {
		return mendUTF8(body), warnBytes
	}
	return guess(body)
}

const warnBytes = "The feed has bytes that are not UTF-8; they were mended."

// sevenBit returns the encoding of a body that is ASCII only to the eye: Japanese and Chinese have such, with signs that
// switch between alphabets; nil if it is none.
func sevenBit(body []byte, labels []string) encoding.Encoding {
	switch {
	case !ascii(body):
	case bytes.Contains(body, []byte("\x1b$")), bytes.Contains(body, []byte("\x1b(")):
		return japanese.ISO2022JP
	case len(labels) > 0 && strings.EqualFold(labels[0], "hz-gb-2312"):
		return simplifiedchinese.HZGB2312
	}
	return nil
}

// overruled returns the warning for a body that is UTF-8 and may say otherwise.
func overruled(body []byte, labels []string) string {
	if len(labels) == 0 {
		return ""
	}
	switch enc, name := lookup(labels[0]); {
	case enc == nil:
		return "The feed declares an unknown character set; it was read as UTF-8."
	case name != "utf-8" && !ascii(body):
		return "The feed declares another character set but is UTF-8."
	}
	return ""
}

// declared returns the charsets that the header and the XML declaration name, those to be tried first first. A header
// that names Latin-1 says what some servers add to everything; the feed itself knows better.
func declared(body []byte, contentType string) []string {
	var labels []string
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		if enc, _ := lookup(params["charset"]); enc != nil {
			labels = append(labels, params["charset"])
		}
	}
	if m := declaration.FindSubmatch(body[:min(len(body), 1024)]); m != nil {
		labels = append(labels, strings.ToLower(string(m[1])))
	}
	if len(labels) == 2 {
		if _, name := lookup(labels[0]); name == "windows-1252" {
			labels[0], labels[1] = labels[1], labels[0]
		}
	}
	return labels
}

// lookup returns the encoding of a label as browsers know it (https://encoding.spec.whatwg.org/#names-and-labels), else as
// IANA does, and its name; nil if there is none. Those of two or four bytes a letter are none here: a body in one of them
// was found by its first bytes.
func lookup(label string) (enc encoding.Encoding, name string) {
	label = strings.ToLower(strings.TrimSpace(label))
	enc, name = charset.Lookup(label)
	switch {
	case label == "hz-gb-2312":
		return simplifiedchinese.HZGB2312, label
	case strings.HasPrefix(name, "utf-16"), name == "replacement":
		return nil, ""
	case enc != nil || label == "":
		return enc, name
	}
	if found, err := ianaindex.IANA.Encoding(label); err == nil && found != nil && !strings.HasPrefix(label, "utf-") {
		return found, label
	}
	return nil, ""
}

// fits tells whether hardly any letter was lost in decoding: at most one in twenty of those beyond ASCII, and no more
// than one where there are few.
func fits(text string) bool {
	lost, letters := 0, 0
	for _, r := range text {
		switch {
		case r == utf8.RuneError:
			lost++
		case r >= utf8.RuneSelf:
			letters++
		}
	}
	return lost <= 1+letters/20
}

func convert(enc encoding.Encoding, body []byte) string {
	out, err := enc.NewDecoder().Bytes(body)
	if err != nil {
		return mendUTF8(body)
	}
	return strings.ToValidUTF8(string(out), "")
}

// noLetters is what tells nothing about a text's letters.
var noLetters = regexp.MustCompile(`<[^<>]*>|[\x00-\x40]+`)

// lettersOf returns the beginning of a body without its tags and what else tells nothing.
func lettersOf(body []byte) []byte {
	const sample = 256 << 10
	return noLetters.ReplaceAll(body[:min(len(body), sample)], []byte(" "))
}

// latin tells whether a body may be in Latin-1, which software claims for whatever it does not know. In the languages that
// are written in it letters beyond ASCII stand between others; in Cyrillic or Greek they make whole words.
func latin(body []byte) bool {
	const first = 0xC0 // of the letters
	beyond, together, before := 0, 0, byte(0)
	for _, b := range lettersOf(body) {
		if b >= first {
			beyond++
			if before >= first {
				together++
			}
		}
		before = b
	}
	return beyond < 10 || together < beyond/2
}

// guess decides by the letters' frequencies.
func guess(body []byte) (text, warning string) {
	warning = warnGuessed
	letters := lettersOf(body)
	best, err := chardet.NewTextDetector().DetectBest(letters)
	if err == nil {
		if enc, _ := charset.Lookup(best.Charset); enc != nil {
			return convert(enc, body), warning
		}
	}
	return convert(charmap.Windows1252, body), warning
}

func ascii(body []byte) bool {
	for _, b := range body {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// countUTF8 returns how many of the characters beyond ASCII are valid UTF-8, and how many bytes are none.
func countUTF8(body []byte) (good, bad int) {
	for i := 0; i < len(body); {
		r, n := utf8.DecodeRune(body[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		i += n
	}
	return good, bad
}

// mendUTF8 keeps what is valid. A stray byte in the range of Windows-1252's quotes and dashes is read as such, and so is
// any in a text whose other letters are Latin; the rest are halves of characters that were cut, and are dropped.
func mendUTF8(body []byte) string {
	if utf8.Valid(body) {
		return string(body)
	}
	latin, other := 0, 0
	for _, r := range string(body) {
		switch {
		case r >= 0xA0 && r < 0x250:
			latin++
		case r >= 0x250 && r != utf8.RuneError && (r < 0x2000 || r > 0x20FF):
			other++
		}
	}
	var out strings.Builder
	out.Grow(len(body))
	for i := 0; i < len(body); {
		r, n := utf8.DecodeRune(body[i:])
		if r == utf8.RuneError && n == 1 {
			b := body[i]
			cut := b >= 0xC2 && i+1 < len(body) && !utf8.RuneStart(body[i+1]) // the start of a character, and not its end
			if (b < 0xA0 || latin >= other) && !cut {
				r = charmap.Windows1252.DecodeByte(b)
			}
		}
		if r != utf8.RuneError {
			out.WriteRune(r)
		}
		i += n
	}
	return out.String()
}
