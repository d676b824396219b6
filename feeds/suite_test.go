package feeds

import (
	"html"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/stretchr/testify/require"
)

// TestSuiteFloor reads the public suite of another reader and holds what docs/feeds.md says: .97 of the files hold, and in
// no folder fewer than gofeed alone reaches, which is measured here, on the same claims.
func TestSuiteFloor(t *testing.T) {
	root := beside(t, "eval", "feeds")
	type score struct{ all, ours, alone int }
	folders, sum := map[string]score{}, score{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".xml" || strings.HasPrefix(entry.Name(), "http_") {
			return err
		}
		body, err := os.ReadFile(path)
		require.NoError(t, err)
		claims := claimsOf(string(body))
		if len(claims) == 0 {
			return nil
		}
		folder, _ := filepath.Rel(root, filepath.Dir(path))
		s := folders[folder]
		s.all, sum.all = s.all+1, sum.all+1
		if doc, err := Read(body, "", ""); err == nil && holdsAll(doc.Escaped(), claims) {
			s.ours, sum.ours = s.ours+1, sum.ours+1
		} else {
			t.Log("fails: ", path)
		}
		if holdsAll(gofeedAlone(body), claims) {
			s.alone, sum.alone = s.alone+1, sum.alone+1
		}
		folders[folder] = s
		return nil
	})
	require.NoError(t, err)
	for folder, s := range folders {
		t.Logf("%-24s %3d of %3d, gofeed alone %3d", folder, s.ours, s.all, s.alone)
		require.GreaterOrEqual(t, s.ours, s.alone, folder)
	}
	t.Logf("all: %d of %d = %.4f, gofeed alone %d = %.4f", sum.ours, sum.all, ratio(sum.ours, sum.all), sum.alone, ratio(sum.alone, sum.all))
	require.Greater(t, sum.all, 200)
	require.GreaterOrEqual(t, ratio(sum.ours, sum.all), .97)
	require.Less(t, ratio(sum.alone, sum.all), .97, "the check must be able to fail")
}

// beside returns a folder of ../shared beside the project, and skips the test if it is absent.
func beside(t *testing.T, path ...string) string {
	t.Helper()
	up := ".."
	for range 3 {
		up = filepath.Join(up, "..")
		root := filepath.Join(append([]string{up, "shared"}, path...)...)
		if _, err := os.Stat(root); err == nil {
			return root
		}
	}
	t.Skip("THE PUBLIC FEEDS ARE NOT THERE (../shared): NOTHING WAS CHECKED AGAINST THEM")
	return ""
}

func ratio(a, b int) float64 { return float64(a) / float64(b) }

// gofeedAlone is the document as gofeed gives it, HTML and all.
func gofeedAlone(body []byte) Document {
	feed, err := gofeed.NewParser().ParseString(string(body))
	if err != nil {
		return Document{}
	}
	doc := Document{Feed: Header{
		Title: feed.Title, Link: feed.Link, Description: feed.Description, Language: feed.Language, Updated: feed.UpdatedParsed,
	}}
	for _, i := range feed.Items {
		item := Item{
			ID: i.GUID, URL: i.Link, Title: i.Title, Summary: i.Description, Content: i.Content,
			Published: i.PublishedParsed, Updated: i.UpdatedParsed, Categories: i.Categories,
		}
		if i.Author != nil {
			item.Author = i.Author.Name
		}
		doc.Items = append(doc.Items, item)
	}
	return doc
}

// A claim is that a field has a value, as the suite's files make it in a comment: feed['title'] == 'x'.
type claim struct {
	field string // "feed title", "entry 0 tags 1"
	want  string
}

var (
	expectation = regexp.MustCompile(`Expect:[ \t]*(.+)`)
	oneClaim    = regexp.MustCompile(`(feed|entries)((?:\[[^\]]*\]|\.\w+)+)\s*==\s*(?:u?("""(?:.*?)"""|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|\(([\d, ]+)\))`)
	chained     = regexp.MustCompile(`==\s*(?:feed|entries)\[| or `) // is no plain claim
	step        = regexp.MustCompile(`\[u?'?(\w+)'?\]|\.(\w+)`)
	escape      = regexp.MustCompile(`\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))`)
)

// claimsOf returns the claims about fields that a Document has.
func claimsOf(body string) []claim {
	m := expectation.FindStringSubmatch(body)
	if m == nil || chained.MatchString(m[1]) {
		return nil
	}
	var list []claim
	for _, c := range oneClaim.FindAllStringSubmatch(m[1], -1) {
		var path []string
		for _, s := range step.FindAllStringSubmatch(c[2], -1) {
			path = append(path, s[1]+s[2])
		}
		field := fieldOf(c[1], path)
		dated := strings.HasSuffix(field, "published") || strings.HasSuffix(field, "updated")
		if field == "" || dated != (c[4] != "") || regexp.MustCompile(`(?i)<(script|object|embed|style)`).MatchString(c[3]) {
			continue
		}
		want := unquote(c[3])
		if dated {
			want = stamp(c[4])
		}
		list = append(list, claim{field, want})
	}
	return list
}

// fieldOf returns the name of our field, "" if we have none.
func fieldOf(root string, path []string) string {
	feed := map[string]string{
		"title": "title", "link": "link", "subtitle": "description", "tagline": "description", "description": "description",
		"language": "language", "updated_parsed": "updated", "modified_parsed": "updated",
	}
	entry := map[string]string{
		"title": "title", "link": "url", "id": "id", "guid": "id", "summary": "summary", "description": "summary", "author": "author",
		"published_parsed": "published", "issued_parsed": "published", "created_parsed": "published",
		"updated_parsed": "updated", "modified_parsed": "updated",
	}
	switch {
	case root == "feed" && len(path) == 1 && feed[path[0]] != "":
		return "feed " + feed[path[0]]
	case root == "entries" && len(path) == 2 && entry[path[1]] != "":
		return "entry " + path[0] + " " + entry[path[1]]
	case root == "entries" && len(path) == 4 && path[1] == "content" && path[3] == "value":
		return "entry " + path[0] + " content"
	case root == "entries" && len(path) == 4 && path[1] == "tags" && path[3] == "term":
		return "entry " + path[0] + " tag " + path[2]
	}
	return ""
}

// unquote reads a Python string.
func unquote(s string) string {
	if strings.HasPrefix(s, `"""`) {
		s = strings.Trim(s, `"`)
	} else if s != "" {
		s = s[1 : len(s)-1]
	}
	return escape.ReplaceAllStringFunc(s, func(e string) string {
		m := escape.FindStringSubmatch(e)
		if n, err := strconv.ParseInt(m[1]+m[2]+m[3], 16, 32); err == nil && m[4] == "" {
			return string(rune(n))
		}
		return map[string]string{"n": "\n", "t": "\t"}[m[4]] + strings.Trim(m[4], "nt")
	})
}

// stamp writes a tuple of numbers as RFC 3339.
func stamp(tuple string) string {
	var n [6]int
	for i, part := range strings.Split(tuple, ",")[:6] {
		n[i], _ = strconv.Atoi(strings.TrimSpace(part))
	}
	return time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], 0, time.UTC).Format(time.RFC3339)
}

func holdsAll(doc Document, claims []claim) bool {
	for _, c := range claims {
		if squash(doc.field(c.field)) != squash(c.want) {
			return false
		}
	}
	return true
}

// field returns the text of a field by a claim's name.
func (d Document) field(name string) string {
	parts := strings.Fields(name)
	if parts[0] == "feed" {
		return map[string]string{
			"title": d.Feed.Title, "link": d.Feed.Link, "description": d.Feed.Description, "language": d.Feed.Language, "updated": written(d.Feed.Updated),
		}[parts[1]]
	}
	n, err := strconv.Atoi(parts[1])
	if err != nil || n >= len(d.Items) {
		return ""
	}
	item := d.Items[n]
	if parts[2] == "tag" {
		i, err := strconv.Atoi(parts[3])
		if err != nil || i >= len(item.Categories) {
			return ""
		}
		return item.Categories[i]
	}
	return map[string]string{
		"title": item.Title, "url": item.URL, "id": item.ID, "summary": item.Summary, "content": item.Content, "author": item.Author,
		"published": written(item.Published), "updated": written(item.Updated),
	}[parts[2]]
}

func written(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// squash is the text without markup and white space, so that plain text and HTML are judged alike.
func squash(s string) string {
	s = regexp.MustCompile(`<[^>]*>`).ReplaceAllString(s, " ")
	s = html.UnescapeString(html.UnescapeString(s))
	return strings.Join(strings.Fields(s), "")
}
