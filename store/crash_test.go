package store

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/stretchr/testify/require"
)

// perVisit is how many articles, each with a decision and a delivery, a visit of the child's has.
const perVisit = 20

// TestMain runs the tests or, in a process that they started, the part that is to be killed.
func TestMain(m *testing.M) {
	path := os.Getenv("STORE_TEST_CHILD")
	if path == "" {
		os.Exit(withTemplates(m.Run))
	}
	if err := child(context.Background(), os.Stdout, path); err != nil {
		fmt.Fprintln(os.Stdout, "error:", alerts.Say(err))
		os.Exit(1)
	}
}

// child records and claims without end and prints what is done after it is done: "recorded N" and "claimed ID ATTEMPTS".
func child(ctx context.Context, out io.Writer, path string) error {
	s, err := Open(ctx, "sqlite:"+path, Options{})
	if err != nil {
		return err
	}
	fmt.Fprintln(out, "open")
	for n := 0; ; n++ {
		now := noon.Add(time.Duration(n) * time.Hour)
		f, err := s.ClaimFeeds(ctx, now, lease, 1)
		if err != nil {
			return err
		}
		o := alerts.Outcome{Visit: visit(f[0])}
		for i := range perVisit {
			r := article(f[0], f[0].Cursor.Failures*perVisit+i) // the cursor counts the visits
			o.Recorded = append(o.Recorded, r)
			o.Decisions = append(o.Decisions, decision(desk, r))
			o.Deliveries = append(o.Deliveries, root(desk, r))
		}
		o.Visit.Cursor.Failures, o.Visit.NextPoll = f[0].Cursor.Failures+1, noon
		if err := s.Record(ctx, []alerts.Outcome{o}); err != nil {
			return err
		}
		fmt.Fprintln(out, "recorded", o.Visit.Cursor.Failures)
		for _, d := range must(s.Claim(ctx, everywhere, now, lease, 10)) {
			fmt.Fprintln(out, "claimed", d.ID, d.Attempts)
		}
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// start runs the child on the file and waits for its first line.
func start(t *testing.T, path string) (*exec.Cmd, *bufio.Scanner, string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "STORE_TEST_CHILD="+path)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	lines := bufio.NewScanner(out)
	require.True(t, lines.Scan())
	return cmd, lines, lines.Text()
}

func TestAKilledProcessLeavesAllOrNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	s := reopen(t, "sqlite:"+path)
	require.NoError(t, s.SyncFile(t.Context(), FileContent{Feeds: []alerts.Feed{fileFeed("un")}, Now: noon}))
	require.NoError(t, s.Close())
	for kill := range 6 {
		cmd, lines, first := start(t, path)
		require.Equal(t, "open", first)
		time.AfterFunc(time.Duration(20+13*kill)*time.Millisecond, func() { cmd.Process.Kill() })
		var visits int
		var id, attempts int64
		for lines.Scan() {
			fmt.Sscanf(lines.Text(), "recorded %d", &visits)
			fmt.Sscanf(lines.Text(), "claimed %d %d", &id, &attempts)
		}
		cmd.Wait()

		s := reopen(t, "sqlite:"+path)
		var check string
		require.NoError(t, s.read.QueryRow(`PRAGMA integrity_check`).Scan(&check))
		require.Equal(t, "ok", check)
		articles := count(t, s, `SELECT COUNT(*) FROM articles`)
		require.GreaterOrEqual(t, articles, visits*perVisit, "what was said to be recorded is")
		require.Zero(t, articles%perVisit, "a visit is whole")
		for _, query := range []string{
			`SELECT COUNT(*) FROM decisions`, `SELECT COUNT(*) FROM deliveries`, `SELECT articles FROM feeds`,
			`SELECT failures * 20 FROM feeds`, `SELECT COUNT(*) FROM article_words WHERE article_words MATCH 'witkoff'`,
		} {
			require.Equal(t, articles, count(t, s, query), query)
		}
		if attempts > 0 {
			require.GreaterOrEqual(t, count(t, s, `SELECT attempts FROM deliveries WHERE id = $1`, id), int(attempts), "a claim is durable before it is answered")
			require.Equal(t, 1, count(t, s, `SELECT COUNT(*) FROM deliveries WHERE uncertain`))
		}
		require.Zero(t, count(t, s, `SELECT COUNT(*) FROM deliveries WHERE state = 'sending' AND attempts <= 3`))
		require.Zero(t, count(t, s, `SELECT COUNT(*) FROM channels WHERE lease_until > 0`))
		require.NoError(t, s.Close())
	}
}

func TestASecondProcessOnTheFileIsRefused(t *testing.T) {
	s, path := openFile(t)
	require.NoError(t, s.SyncFile(t.Context(), FileContent{Feeds: []alerts.Feed{fileFeed("un")}, Now: noon}))
	_, _, first := start(t, path)
	require.Contains(t, first, "error: Another process is using "+path)
	_, err := Open(t.Context(), "sqlite:"+path, Options{})
	require.Contains(t, alerts.Say(err), "Another process", "nor may this one open it twice")
	_, _, err = Migrate(t.Context(), "sqlite:"+path)
	require.Contains(t, alerts.Say(err), "Another process")
	link := filepath.Join(t.TempDir(), "link.db")
	require.NoError(t, os.Symlink(path, link))
	_, err = Open(t.Context(), "sqlite:"+link, Options{})
	require.Contains(t, alerts.Say(err), "Another process", "nor by another name")

	require.NoError(t, s.Close())
	cmd, _, first := start(t, path)
	require.Equal(t, "open", first, "once it is closed it is free")
	require.NoError(t, cmd.Process.Kill())
	cmd.Wait()
	reopen(t, "sqlite:"+path) // also after a kill
}
