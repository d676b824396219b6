package store

import (
	"context"
	"os"
	"strings"
)

// A database can't be copied to itself: it would wait for its own lock, or find the team that it holds.
var errSame = invalid("FROM and TO are the same database. Name another one to copy to.")

// sameFile refuses two names of one SQLite file, be it by a link. Nothing is opened.
func sameFile(from, to string) error {
	if !strings.HasPrefix(from, "sqlite:") || !strings.HasPrefix(to, "sqlite:") {
		return nil
	}
	source, err := parseDSN(from)
	if err != nil {
		return err
	}
	target, err := parseDSN(to)
	if err != nil {
		return err
	}
	one, gone := os.Stat(source)
	other, away := os.Stat(target)
	if source == target || (gone == nil && away == nil && os.SameFile(one, other)) {
		return errSame
	}
	return nil
}

// sameTables refuses two addresses of one PostgreSQL database, however each names the server: where the database, and the
// schema in it, is one of a server that was started at the same microsecond.
func sameTables(ctx context.Context, source, target *Store) error {
	if !source.Shared() || !target.Shared() {
		return nil
	}
	var of [2]string
	for i, s := range []*Store{source, target} {
		if err := s.read.QueryRowContext(ctx, placePostgres).Scan(&of[i]); err != nil {
			return s.explain(ctx, err)
		}
	}
	if of[0] == of[1] {
		return errSame
	}
	return nil
}
