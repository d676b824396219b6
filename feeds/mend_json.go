package feeds

import "strings"

// maxObjects bounds the objects of a JSON feed; items, authors and attachments are such.
const maxObjects = 50_000

// maxValues bounds the values of a JSON feed that stand after another.
const maxValues = 400_000

// A jsonMender reads JSON once and makes good what JSON forbids and feeds have.
type jsonMender struct {
	out     []byte
	depth   int
	objects int
	values  int
	comma   int    // a comma with nothing but white space after it, -1 for none
	word    string // the last string at depth 1, such as a member's name
	items   bool   // inside of the list of items
	read    bool   // an item, or all of them
	count   int    // items
	whole   int    // up to here all is whole: the last item, or the last member of the feed
	sift    jsonSieve
}

// mendJSON returns the text with raw control characters inside strings made spaces and commas before a closing bracket
// dropped; what ends in the middle ends after its last whole item, with a warning, and items beyond the bound are blanked,
// with another. ok tells whether depth and number of
// objects are within bounds. Items that the sieve knows are left out; it may be nil.
func mendJSON(text string, known *sieve) (mended, warning string, ok bool) {
	m := jsonMender{out: []byte(text), comma: -1, sift: jsonSieve{sieve: known, comma: -1}}
	for i := 0; i < len(m.out); i++ {
		m.watch(i)
		if m.out[i] == '"' {
			i = m.quoted(i)
		} else if !m.mark(i) {
			return "", "", false
		}
		if i < len(m.out) && m.depth == 0 {
			return m.text(len(m.out)), m.warning(), true // what follows is for the parser to judge
		}
	}
	return m.cut()
}

// quoted reads the string that begins at i and returns where it ends.
func (m *jsonMender) quoted(i int) int {
	from := i + 1
	m.comma = -1
	for i++; i < len(m.out) && m.out[i] != '"'; i++ {
		if m.out[i] == '\\' {
			i++
		} else if m.out[i] < 0x20 {
			m.out[i] = ' '
		}
	}
	if m.depth == 1 && i < len(m.out) {
		m.word = string(m.out[from:i])
	}
	return i
}

// mark reads one character outside of strings; false says that a bound is met.
func (m *jsonMender) mark(i int) bool {
	switch c := m.out[i]; c {
	case ' ', '\n', '\r', '\t':
		return true
	case ',':
		m.comma = i
		if m.depth == 1 {
			m.whole = i
		}
		m.values++
		return m.values <= maxValues
	case '{', '[':
		m.comma = -1
		if c == '{' {
			m.objects++
		}
		m.depth++
		if m.depth == 2 {
			m.items = c == '[' && m.word == "items"
		}
		return m.depth <= maxDepth && m.objects <= maxObjects
	case '}', ']':
		if m.comma >= 0 {
			m.out[m.comma] = ' '
		}
		m.comma = -1
		m.depth--
		if m.depth == 2 && m.items {
			if m.count++; m.count > maxItems {
				copy(m.out[m.whole:i+1], strings.Repeat(" ", i+1-m.whole))
			} else {
				m.pass(i + 1)
			}
		}
		if m.depth == 1 || m.depth == 2 && m.items {
			m.read, m.whole = m.read || m.items, i+1
			m.items = m.depth == 2
		}
	default:
		m.comma = -1
	}
	return true
}

func (m *jsonMender) warning() string {
	if m.count > maxItems {
		return warnItems
	}
	return ""
}

// cut returns what is whole of a text that ends in the middle; all of it where no item is.
func (m *jsonMender) cut() (mended, warning string, ok bool) {
	if !m.read {
		return m.text(len(m.out)), "", true
	}
	rest := strings.Trim(string(m.out[m.whole:]), ", \n\r\t")
	switch whole := m.text(m.whole); {
	case !m.items:
		return whole + "}", warnEnds, true
	case rest == "":
		return whole + "]}", warnEnds, true
	default:
		return whole + "]}", warnHalf, true
	}
}
