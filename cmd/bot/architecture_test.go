package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/seed-6c43f0f2/attache"

// part is a folder of the house with the packages that it may import of ours, and those outside that are its alone.
type part struct {
	folder string
	ours   []string // folders, by prefix
	alone  []string // import paths, by prefix: nobody else may import them
}

// house is the map of docs/architecture.md.
func house() []part {
	heart := []string{"alerts", "alerts/match", "alerts/story", "alerts/summary"}
	chat := append(slices.Clone(heart), "commands", "adapters/visible")
	return []part{
		{folder: "alerts/match"},
		{folder: "alerts/story"},
		{folder: "alerts/summary"},
		{folder: "alerts", ours: heart},
		{folder: "aliases", ours: heart},
		{folder: "config", alone: []string{"github.com/goccy/go-yaml"}},
		{folder: "feeds", ours: heart, alone: []string{"github.com/mmcdole/gofeed"}},
		{folder: "store", ours: heart, alone: []string{"modernc.org/sqlite", "github.com/jackc/pgx", "database/sql", "github.com/pressly/goose"}},
		{folder: "commands", ours: heart},
		{folder: "web", ours: append(slices.Clone(heart), "commands"), alone: []string{"github.com/prometheus/client_golang"}},
		{folder: "adapters/visible", ours: nil},
		{folder: "adapters/wire", ours: nil},
		{folder: "adapters/adaptertest", ours: chat},
		{folder: "adapters/console", ours: chat},
		{folder: "adapters/discord", ours: chat, alone: []string{"github.com/bwmarrin/discordgo"}},
		{folder: "adapters/slack", ours: chat, alone: []string{"github.com/slack-go/slack"}},
	}
}

// imports returns the direct imports of every package of the module, tests left out.
func imports(t *testing.T) map[string][]string {
	t.Helper()
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "../../...").CombinedOutput()
	require.NoError(t, err, string(out))
	all := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		all[strings.TrimPrefix(words[0], module+"/")] = words[1:]
	}
	return all
}

// violations returns what breaks the map of the house.
func violations(all map[string][]string) (broken []string) {
	parts := house()
	for folder, imported := range all {
		i := slices.IndexFunc(parts, func(p part) bool { return p.folder == folder })
		for _, path := range imported {
			ours, is := strings.CutPrefix(path, module+"/")
			if is && i >= 0 && !slices.Contains(parts[i].ours, ours) {
				broken = append(broken, folder+" imports "+ours)
			}
			if is && ours == "config" && !strings.HasPrefix(folder, "cmd/bot") {
				broken = append(broken, folder+" imports config")
			}
			if strings.HasPrefix(folder, "alerts") && (path == "net/http" || path == "os" || path == "net") {
				broken = append(broken, folder+" does I/O: "+path)
			}
			for _, p := range parts {
				for _, own := range p.alone {
					if strings.HasPrefix(path, own) && folder != p.folder && !strings.HasPrefix(folder, p.folder+"/") && !strings.HasPrefix(folder, "cmd/bot") {
						broken = append(broken, folder+" imports "+path+", which is for "+p.folder)
					}
				}
			}
		}
	}
	slices.Sort(broken)
	return broken
}

func TestTheHouseKeepsItsMap(t *testing.T) {
	all := imports(t)
	for _, p := range house() {
		require.Contains(t, all, p.folder, "a folder of the map is missing")
	}
	require.Empty(t, violations(all))
}

// The check must be able to fail.
func TestTheMapIsHeld(t *testing.T) {
	for folder, path := range map[string]string{
		"alerts":           "net/http",
		"feeds":            module + "/store",
		"commands":         "github.com/bwmarrin/discordgo",
		"adapters/console": module + "/config",
		"alerts/match":     module + "/alerts",
	} {
		require.NotEmpty(t, violations(map[string][]string{folder: {path}}), "%s imports %s", folder, path)
	}
}

// What alerts needs, through and through, is text and nothing that reaches outside.
func TestTheHeartReachesNothing(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "../../alerts/...").CombinedOutput()
	require.NoError(t, err, string(out))
	deps := strings.Fields(string(out))
	for _, outside := range []string{"net", "net/http", "database/sql", "os/exec", module + "/feeds", module + "/store", module + "/commands"} {
		require.NotContains(t, deps, outside)
	}
	for _, d := range deps {
		host, _, dotted := strings.Cut(d, "/")
		if !dotted || !strings.Contains(host, ".") || strings.HasPrefix(d, module) {
			continue
		}
		require.True(t, slices.ContainsFunc([]string{
			"golang.org/x/text", "github.com/clipperhouse/uax29", "github.com/blevesearch/snowballstem",
		}, func(pure string) bool { return strings.HasPrefix(d, pure) }), "alerts depends on %s", d)
	}
}
