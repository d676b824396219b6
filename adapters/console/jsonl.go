package console

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
	"github.com/seed-6c43f0f2/attache/commands"
)

// A delivered line is a contract with the programs that read it: fields are added, never changed.
type delivered struct {
	Type      string               `json:"type"` // post, reply or edit
	Alert     string               `json:"alert"`
	Channel   alerts.Channel       `json:"channel"`
	Story     alerts.StoryID       `json:"story"`
	Title     string               `json:"title"`
	URL       string               `json:"url"` // http(s) or ""
	Summary   string               `json:"summary"`
	Sources   []alerts.AlertSource `json:"sources"`
	Published *time.Time           `json:"published"` // UTC; null unknown
	Matches   []alerts.Hit         `json:"matches"`
	Sample    bool                 `json:"sample,omitempty"`
	Notice    bool                 `json:"notice,omitempty"`
	Stories   []told               `json:"stories,omitempty"` // of a message that tells several: then matches have no evidence
	More      int                  `json:"more,omitempty"`    // stories beyond these
}

// told is one story of a message that tells several. Its matches' evidence is of its own title and text.
type told struct {
	Story     alerts.StoryID     `json:"story"`
	Title     string             `json:"title"`
	URL       string             `json:"url"` // http(s) or ""
	Source    alerts.AlertSource `json:"source"`
	Published *time.Time         `json:"published"` // UTC; null unknown
	Matches   []alerts.Hit       `json:"matches"`
}

// deliveryLine is the delivery as a line of JSON.
func deliveryLine(d alerts.Delivery) (string, error) {
	a := d.Alert
	line := delivered{
		Type: d.Part.Kind(), Alert: a.ID, Channel: a.Channel, Story: a.Story, Title: a.Title, URL: web(a.URL), Summary: a.Summary,
		Sources: []alerts.AlertSource{}, Published: known(a.Published), Matches: hitsOf(a.Matches), Sample: a.Sample, Notice: a.Notice, More: a.More,
	}
	for _, s := range a.Sources {
		s.URL = web(s.URL)
		line.Sources = append(line.Sources, s)
	}
	for _, p := range a.Stories {
		p.Source.URL = web(p.Source.URL)
		line.Stories = append(line.Stories, told{p.Story, p.Title, web(p.URL), p.Source, known(p.Published), hitsOf(p.Matches)})
	}
	return jsonLine(line)
}

// known is the time in UTC, nil where it is not known.
func known(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

// hitsOf are the hits, with lists that are never null.
func hitsOf(all []alerts.Hit) []alerts.Hit {
	out := []alerts.Hit{}
	for _, h := range all {
		h.Evidence = append([]match.Evidence{}, h.Evidence...)
		out = append(out, h)
	}
	return out
}

// answerLine is the Desk's reply as a line of JSON, of the type answer.
func answerLine(r commands.Reply) (string, error) {
	return jsonLine(struct {
		Type   string  `json:"type"`
		Failed bool    `json:"failed"`
		Text   string  `json:"text"`
		Offers []offer `json:"offers,omitempty"`
	}{"answer", r.Failed, r.Text(), offersOf(r)})
}

// offer is what an answer offers: a command to send as it is.
type offer struct {
	Label string `json:"label"`
	Line  string `json:"line"`
}

func offersOf(r commands.Reply) (out []offer) {
	for _, o := range r.Offers {
		out = append(out, offer(o))
	}
	return out
}

// web returns the address as it is if it is http(s), else "".
func web(s string) string {
	if address(s) == "" {
		return ""
	}
	return s
}

// jsonLine encodes v in one line. Characters that would command or reorder a terminal are written as \u escapes, which
// mean the same to a program.
func jsonLine(v any) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return "", fmt.Errorf("encode delivery: %w", err)
	}
	var line strings.Builder
	for _, r := range b.String() {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
			for _, unit := range utf16.Encode([]rune{r}) {
				fmt.Fprintf(&line, `\u%04x`, unit)
			}
			continue
		}
		line.WriteRune(r)
	}
	return line.String(), nil
}
