package chaos

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// turns prints the first of the outputs when it runs first, the second then, and so on, and fails where the output does.
const turns = `cd "$0"; n=$(ls | grep -c ran); touch ran$n; cat out$n; ! grep -q '^FAIL' out$n`

// raced is what .ci/race says of a command that prints each of outputs in turn, how often it ran it, and whether CI goes on.
func raced(t *testing.T, outputs ...string) (said string, runs int, well bool) {
	t.Helper()
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("SKIPPED: no bash, in which the scripts of CI are written")
	}
	dir := t.TempDir()
	for i, output := range outputs {
		require.NoError(t, os.WriteFile(filepath.Join(dir, fmt.Sprint("out", i)), []byte(output), 0o600))
	}
	out, err := exec.CommandContext(t.Context(), "bash", "../.ci/race", "bash", "-c", turns, dir).CombinedOutput()
	ran, globErr := filepath.Glob(filepath.Join(dir, "ran*"))
	require.NoError(t, globErr)
	return string(out), len(ran), err == nil
}

// What the detector's own fault brings down is run again, and said; all else fails at once, whatever fell beside it.
func TestOnlyTheRaceDetectorsOwnFaultIsRunAgain(t *testing.T) {
	const (
		pass   = "ok  \thouse/alerts\t1.234s\n"
		cached = "ok  \thouse/alerts\t(cached)\n"
		check  = `ThreadSanitizer: CHECK failed: tsan_rtl.cpp:346 "((exiting || thr->fast_state.epoch() == kEpochLast)) != (0)" (0x0, 0x0) (tid=12807)` + "\n"
		crash  = check + "FAIL\thouse/storm\t4.099s\n"
		second = check + "FAIL\thouse/store\t0.5s\n"
		end    = "FAIL\n"
		fails  = "--- FAIL: TestA (0.00s)\n    a_test.go:1: no\nFAIL\n"
		fail   = fails + "FAIL\thouse/feeds\t0.1s\n"
	)
	for name, c := range map[string]struct {
		outputs []string
		runs    int
		well    bool
	}{
		"pass":                              {[]string{pass}, 1, true},
		"real failure":                      {[]string{pass + fail + end, pass}, 1, false},
		"crash, then pass":                  {[]string{pass + crash + end, cached}, 2, true},
		"two packages crash, then pass":     {[]string{crash + pass + second + end, cached}, 2, true},
		"crash twice, then pass":            {[]string{crash + end, crash + end, cached}, 3, true},
		"crash three times":                 {[]string{crash + end, crash + end, crash + end, cached}, 3, false},
		"crash, then a real failure":        {[]string{crash + end, fail + end, cached}, 2, false},
		"crash and a failure elsewhere":     {[]string{fail + crash + end, pass}, 1, false},
		"crash and another falls silently":  {[]string{crash + "FAIL\thouse/feeds\t0.1s\n" + end, pass}, 1, false},
		"a silent fall, then a crash":       {[]string{"FAIL\thouse/feeds\t0.1s\n" + crash + end, pass}, 1, false},
		"crash after a failure":             {[]string{"--- FAIL: TestA (0.00s)\n" + crash + end, pass}, 1, false},
		"crash after a subtest's failure":   {[]string{"    --- FAIL: TestA/b (0.00s)\n" + crash + end, pass}, 1, false},
		"crash after a race":                {[]string{"WARNING: DATA RACE\n" + crash + end, pass}, 1, false},
		"crash after a panic":               {[]string{"panic: nil\n" + crash + end, pass}, 1, false},
		"crash after a fault of memory":     {[]string{"SIGSEGV: segmentation violation\n" + crash + end, pass}, 1, false},
		"crash after the runtime gave up":   {[]string{"fatal error: fault\n" + crash + end, pass}, 1, false},
		"crash and what does not build":     {[]string{crash + "FAIL\thouse/web [build failed]\n" + end, pass}, 1, false},
		"what does not build":               {[]string{"FAIL\thouse/web [build failed]\n" + end, pass}, 1, false},
		"crash of what is no package":       {[]string{check + end, pass}, 1, false},
		"crash of a package that passes":    {[]string{check + pass + "FAIL\thouse/feeds\t0.1s\n" + end, pass}, 1, false},
		"no word at all":                    {[]string{end, pass}, 1, false},
		"a crash of another kind, and none": {[]string{"exit status 66\nFAIL\thouse/storm\t4.099s\n" + end, pass}, 1, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			said, runs, well := raced(t, c.outputs...)
			require.Equal(t, c.well, well, said)
			require.Equal(t, c.runs, runs, said)
			require.True(t, strings.HasPrefix(said, c.outputs[0]), "what the command prints is shown: %s", said)
			if c.runs > 1 {
				require.Contains(t, said, "!! THE RACE DETECTOR ITSELF CRASHED (golang/go#78156) IN:\n!!   house/stor")
			}
		})
	}
}

// The command's own status is what CI ends with, and make race is what goes through it.
func TestARaceEndsWithTheCommandsStatus(t *testing.T) {
	makefile, err := os.ReadFile("../Makefile")
	require.NoError(t, err)
	require.Regexp(t, `(?m)^race:.*\n\t\.ci/race .*-race`, string(makefile))
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("SKIPPED: no bash, in which the scripts of CI are written")
	}
	var exit *exec.ExitError
	require.ErrorAs(t, exec.CommandContext(t.Context(), "bash", "../.ci/race", "bash", "-c", "exit 7").Run(), &exit)
	require.Equal(t, 7, exit.ExitCode())
	require.ErrorAs(t, exec.CommandContext(t.Context(), "bash", "../.ci/race").Run(), &exit)
}
