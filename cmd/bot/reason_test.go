package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/store"
	"github.com/seed-6c43f0f2/attache/web"
)

func TestAReasonIsOneBoundedLine(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{fmt.Errorf("ask store: %w", &alerts.Invalid{Say: "Start it."}), "Start it."},
		{fmt.Errorf("ask store: %w", context.DeadlineExceeded), "It gave no answer in time."},
		{errors.New("line one\n\tline two\x1b[31m\u202e"), "line one line two [31m"},
		{errors.New("ERROR: odd (SQLSTATE XX000)"), "ERROR: odd (SQLSTATE XX000)"},
	} {
		require.Equal(t, c.want, reason(c.err))
	}
	long := reason(errors.New(strings.Repeat("ä", 10_000)))
	require.Equal(t, 400, utf8.RuneCountInString(long))
	require.True(t, strings.HasSuffix(long, "ä…"))
}

// A store that refuses is failing, and says why, at the first question.
func TestAStoreThatRefusesIsFailingAtOnce(t *testing.T) {
	db, err := store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "attache.db"), store.Options{})
	require.NoError(t, err)
	a := &app{store: db, now: time.Now}
	registry := prometheus.NewRegistry()
	web.NewMetrics(registry, "test", a.backlog)
	failing := func() (out float64) {
		families, err := registry.Gather()
		require.NoError(t, err)
		for _, f := range families {
			if f.GetName() == "attache_store_failing" {
				return f.GetMetric()[0].GetGauge().GetValue()
			}
		}
		require.Fail(t, "it is not served")
		return out
	}
	require.Zero(t, failing())
	require.NoError(t, db.Close())
	require.Equal(t, 1.0, failing())
}
