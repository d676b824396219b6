package chaos

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// ran is what .ci/ran says of an output of go test -v, and whether CI goes on.
func ran(t *testing.T, output, excuses string, tests ...string) (said string, well bool) {
	t.Helper()
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("SKIPPED: no bash, in which the scripts of CI are written")
	}
	file := filepath.Join(t.TempDir(), "output")
	require.NoError(t, os.WriteFile(file, []byte(output), 0o600))
	out, err := exec.CommandContext(t.Context(), "bash", append([]string{"../.ci/ran", file, excuses}, tests...)...).CombinedOutput()
	return string(out), err == nil
}

// passes and skips are what go test -v prints of a subtest.
func passes(name string) string {
	return "=== RUN   T/" + name + "\n    --- PASS: T/" + name + " (1.00s)\n"
}

func skips(name, why string) string {
	return "=== NAME  T/" + name + "\n    disk_test.go:1: " + why + "\n    --- SKIP: T/" + name + " (0.00s)\n"
}

// What the machine of CI does not allow is said loudly; what it lacks, and what says nothing, ends CI.
func TestASkipInCIIsLoudOrFails(t *testing.T) {
	script, err := os.ReadFile("../.ci/run")
	require.NoError(t, err)
	found := regexp.MustCompile(`(?m)^excuses='(.*)'$`).FindSubmatch(script)
	require.NotNil(t, found, "the excuses that CI knows")
	excuses := string(found[1])

	for why, excused := range map[string]bool{
		notMounted: true, notWatched + "strace: attach: ptrace(PTRACE_SEIZE, 7): Operation not permitted": true, noRelease: true,
		noMount: false, noStrace: false, noServer: false, noShared: false, "SKIPPED: for fun": false, "for fun": false,
	} {
		said, well := ran(t, passes("a")+skips("b", why)+passes("c"), excuses, "T/a", "T/b")
		require.Equal(t, excused, well, "%s\n%s", why, said)
		if reason, told := strings.CutPrefix(why, "SKIPPED: "); told {
			require.Contains(t, said, "!!   T/b\n!! because: "+reason)
		}
	}
	said, well := ran(t, passes("a"), excuses, "T/a")
	require.True(t, well)
	require.Empty(t, said)
	for _, output := range []string{"", "ok  \tchaos\t1s\n", passes("ab"), "    --- FAIL: T/a (0.00s)\n"} {
		said, well = ran(t, output, excuses, "T/a")
		require.False(t, well)
		require.Contains(t, said, "T/a DID NOT RUN")
	}
}

// What the end-to-end tests skip for is what CI excuses there; a reason of another's, or none, ends CI.
func TestWhatTheEndToEndTestsSkipForIsExcused(t *testing.T) {
	script, err := os.ReadFile("../.ci/run")
	require.NoError(t, err)
	found := regexp.MustCompile(`(?m)^absent='(.*)'$`).FindSubmatch(script)
	require.NotNil(t, found, "the excuses that CI knows")
	files, err := filepath.Glob("../e2e/*_test.go")
	require.NoError(t, err)
	said := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, why := range regexp.MustCompile(`"(SKIPPED: .*?)"`).FindAllSubmatch(text, -1) {
			said++
			told, well := ran(t, skips("b", string(why[1])), string(found[1]), "T/b")
			require.True(t, well, told)
		}
		require.NotRegexp(t, `\.Skipf?\("[^S]`, string(text), "%s skips and does not say so", file)
	}
	require.Equal(t, strings.Count(string(found[1]), "|")+1, said, "an excuse for each reason")
	_, well := ran(t, skips("b", noMount), string(found[1]), "T/b")
	require.False(t, well)
}

// What CI asks for by name is there: a test of another name would not be missed, but looked for in vain.
func TestCIAsksForTestsThatAreThere(t *testing.T) {
	script, err := os.ReadFile("../.ci/run")
	require.NoError(t, err)
	files, err := filepath.Glob("../*/*_test.go") // those of chaos, storm and e2e among them
	require.NoError(t, err)
	var source strings.Builder
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		source.Write(text)
	}
	names := regexp.MustCompile(`\bTest\w+`).FindAllString(string(script[strings.Index(string(script), "excuses="):]), -1)
	require.NotEmpty(t, names)
	for _, name := range names {
		require.Contains(t, source.String(), "func "+name+"(t *testing.T)")
	}
}
