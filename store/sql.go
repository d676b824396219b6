package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A txn is a transaction. A statement that was prepared is used as such.
type txn struct {
	*sql.Tx
	engine *engine
	hot    map[string]*sql.Stmt // of the connection
	own    map[string]*sql.Stmt // the same in this transaction, as far as they were used
	rows   *int64               // changed so far
	try    int                  // how often it has begun, from 1
}

// prepared returns the statement if it was prepared. It ends with the transaction, which would keep one for every call.
func (t txn) prepared(ctx context.Context, query string) *sql.Stmt {
	stmt := t.own[query]
	if hot := t.hot[query]; stmt == nil && hot != nil {
		stmt = t.StmtContext(ctx, hot)
		t.own[query] = stmt
	}
	return stmt
}

// arguments makes the parameters what the engine takes.
func (t txn) arguments(args []any) {
	for i := range args {
		args[i] = t.engine.argument(args[i])
	}
}

// shrink has the connection keep nothing of what it read: what was read once and whole would take the place of what is read
// again and again, or room beside it.
func (t txn) shrink(ctx context.Context) error {
	if t.engine.shrink == "" {
		return nil
	}
	_, err := t.ExecContext(ctx, t.engine.shrink)
	return err
}

// exec runs a statement and returns how many rows it changed.
func (t txn) exec(ctx context.Context, query string, args ...any) (int64, error) {
	var r sql.Result
	var err error
	t.arguments(args)
	if stmt := t.prepared(ctx, query); stmt != nil { //nolint:sqlclosecheck // it ends with the transaction
		r, err = stmt.ExecContext(ctx, args...)
	} else {
		r, err = t.ExecContext(ctx, query, args...)
	}
	if err != nil {
		return 0, err
	}
	n, err := r.RowsAffected()
	*t.rows += n
	return n, err
}

// row asks for one row and scans it; found is false if there is none.
func (t txn) row(ctx context.Context, query string, args []any, into ...any) (found bool, err error) {
	t.arguments(args)
	if stmt := t.prepared(ctx, query); stmt != nil { //nolint:sqlclosecheck // it ends with the transaction
		err = stmt.QueryRowContext(ctx, args...).Scan(into...)
	} else {
		err = t.QueryRowContext(ctx, query, args...).Scan(into...)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// each asks for rows and calls scan for each with the function that reads its columns.
func (t txn) each(ctx context.Context, query string, args []any, scan func(columns func(into ...any) error) error) (err error) {
	var rows *sql.Rows
	t.arguments(args)
	if stmt := t.prepared(ctx, query); stmt != nil { //nolint:sqlclosecheck // it ends with the transaction
		rows, err = stmt.QueryContext(ctx, args...)
	} else {
		rows, err = t.QueryContext(ctx, query, args...)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := scan(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// chunk is how many values one IN list holds at most, far below any engine's limit.
const chunk = 400

// marks returns n placeholders from $first, separated by commas.
func marks(first, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("$" + strconv.Itoa(first+i))
	}
	return b.String()
}

// anys returns the values as arguments, after those given first.
func anys[T any](values []T, first ...any) []any {
	args := first
	for _, v := range values {
		args = append(args, v)
	}
	return args
}

// A moment is a time as a parameter or a column: microseconds since 1970.
type moment struct{ t *time.Time }

// at is a time as a parameter.
func at(t time.Time) int64 { return t.UnixMicro() }

// Scan reads the column into the time, in UTC.
func (m moment) Scan(v any) error {
	n, ok := v.(int64)
	if !ok {
		return fmt.Errorf("read a time from %T", v)
	}
	*m.t = time.UnixMicro(n).UTC()
	return nil
}

// A document is a value as a parameter or, as a pointer to it, a column: JSON.
type document struct{ v any }

// Value writes the value.
func (d document) Value() (driver.Value, error) {
	b, err := json.Marshal(d.v)
	return string(b), err
}

// Scan reads the column into what v points to; an empty one leaves it as it is.
func (d document) Scan(column any) error {
	text, ok := column.(string)
	if !ok {
		return fmt.Errorf("read JSON from %T", column)
	}
	if text == "" {
		return nil
	}
	return json.Unmarshal([]byte(text), d.v)
}
