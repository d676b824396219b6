package main

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"bot": main})
}

// TestScripts runs every script of testdata: the program as its users call it. A script may start a server of its folder
// with "serve", which sets $SERVER.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("TZ", "UTC")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"serve": func(ts *testscript.TestScript, _ bool, args []string) {
				server := httptest.NewServer(http.FileServer(http.Dir(ts.MkAbs(args[0]))))
				ts.Defer(server.Close)
				ts.Setenv("SERVER", server.URL)
			},
			"exits": func(ts *testscript.TestScript, _ bool, args []string) { // exits STATUS COMMAND...
				status := 0
				var exit *exec.ExitError
				if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
					status = exit.ExitCode()
				} else {
					ts.Check(err)
				}
				if args[0] != strconv.Itoa(status) {
					ts.Fatalf("%v ended with status %d, not %s", args[1:], status, args[0])
				}
			},
			"expand": func(ts *testscript.TestScript, _ bool, args []string) { // put $NAMEs of the environment into a file
				path := ts.MkAbs(args[0])
				text := os.Expand(ts.ReadFile(path), func(name string) string {
					if v := ts.Getenv(name); v != "" {
						return v
					}
					return "$" + name
				})
				ts.Check(os.WriteFile(path, []byte(text), 0o600))
			},
		},
	})
}
