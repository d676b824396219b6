package feeds

import (
	"encoding/json"
	"strings"
)

// retype returns a JSON feed with its values made of the types that JSON Feed names, such as a number for an id made
// text and one author made a list; ok is false for what is no JSON object.
func retype(text string) (mended string, ok bool) {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var feed map[string]any
	if err := decoder.Decode(&feed); err != nil {
		return "", false
	}
	out := map[string]any{"authors": persons(feed)}
	for _, name := range []string{"title", "home_page_url", "feed_url", "description", "language"} {
		out[name] = word(feed[name])
	}
	items := []any{}
	for _, value := range list(feed["items"]) {
		item, ok := value.(map[string]any)
		if !ok {
			continue
		}
		mended := map[string]any{"authors": persons(item)}
		for _, name := range []string{
			"id", "url", "external_url", "title", "content_html", "content_text", "summary", "date_published", "date_modified", "language",
		} {
			mended[name] = word(item[name])
		}
		tags := []any{}
		for _, tag := range list(item["tags"]) {
			tags = append(tags, word(tag))
		}
		mended["tags"] = tags
		items = append(items, mended)
	}
	out["items"] = items
	encoded, err := json.Marshal(out)
	return string(encoded), err == nil
}

// word returns a value as text, "" for what is none.
func word(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	}
	return ""
}

// list returns a list as it is, and one value as a list of one.
func list(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	return []any{v}
}

// persons returns the authors of a feed or an item, which may be names only.
func persons(of map[string]any) []any {
	all := []any{}
	authors := list(of["authors"])
	if len(authors) == 0 {
		authors = list(of["author"])
	}
	for _, v := range authors {
		name := word(v)
		if person, ok := v.(map[string]any); ok {
			name = word(person["name"])
		}
		if name != "" {
			all = append(all, map[string]any{"name": name})
		}
	}
	return all
}
