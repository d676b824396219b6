package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAStoresPasswordIsNotShown(t *testing.T) {
	for store, want := range map[string]string{
		"sqlite:a b.db": "sqlite:a b.db",
		"postgres://bot:hunter2@db.example/attache":                          "postgres://bot@db.example/attache",
		"postgres://db.example/attache?sslmode=verify-full&password=hunter2": "postgres://USER@HOST/DATABASE",
		"postgres://bot:hun ter2@%zz/attache":                                "postgres://USER@HOST/DATABASE",
	} {
		require.Equal(t, want, withoutPassword(store))
	}
}
