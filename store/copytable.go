package store

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
)

// moveTable copies a table's rows, reads them again from where they went, and lets ids go on behind the last.
func moveTable(ctx context.Context, r, w txn, table string) (rows int, err error) {
	columns, kinds, err := w.columns(ctx, table)
	if err != nil {
		return 0, err
	}
	query := `SELECT ` + strings.Join(columns, ", ") + ` FROM ` + table
	var sum uint64
	var batch []any
	send := func() error {
		if len(batch) == 0 {
			return nil
		}
		_, err := w.exec(ctx, insertRows(table, columns, len(batch)/len(columns)), batch...)
		batch = batch[:0]
		return err
	}
	err = r.values(ctx, query, len(columns), func(row []any) error {
		for i := range row {
			row[i] = w.engine.argument(asKind(row[i], kinds[i]))
		}
		rows++
		sum += fingerprint(row)
		batch = append(batch, row...)
		if len(batch) < copied*len(columns) {
			return nil
		}
		return send()
	})
	if err == nil {
		err = send()
	}
	if err != nil {
		return rows, err
	}
	there, thereSum := 0, uint64(0)
	if err := w.values(ctx, query, len(columns), func(row []any) error {
		for i := range row {
			row[i] = asKind(row[i], kinds[i])
		}
		there++
		thereSum += fingerprint(row)
		return nil
	}); err != nil {
		return rows, err
	}
	if there != rows || thereSum != sum {
		return rows, fmt.Errorf("read %d rows and wrote %d, or their content differs", rows, there)
	}
	return rows, w.engine.goOn(ctx, w, table, columns, kinds)
}

// insertRows is a statement that adds n rows.
func insertRows(table string, columns []string, n int) string {
	values := make([]string, n)
	for i := range values {
		values[i] = `(` + marks(i*len(columns)+1, len(columns)) + `)`
	}
	return `INSERT INTO ` + table + ` (` + strings.Join(columns, ", ") + `) VALUES ` + strings.Join(values, ", ")
}

// columns returns a table's columns and their types as the engine names them.
func (t txn) columns(ctx context.Context, table string) (names, kinds []string, err error) {
	rows, err := t.QueryContext(ctx, `SELECT * FROM `+table+` WHERE 1 = 0`)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, nil, err
	}
	for _, c := range types {
		names, kinds = append(names, c.Name()), append(kinds, c.DatabaseTypeName())
	}
	return names, kinds, rows.Err()
}

// values asks for rows of n columns as they are.
func (t txn) values(ctx context.Context, query string, n int, do func(row []any) error) error {
	return t.each(ctx, query, nil, func(columns func(...any) error) error {
		row, into := make([]any, n), make([]any, n)
		for i := range row {
			into[i] = &row[i]
		}
		if err := columns(into...); err != nil {
			return err
		}
		return do(row)
	})
}

// asKind is a value as a column of that type takes it: SQLite keeps truth as 0 and 1.
func asKind(v any, kind string) any {
	n, number := v.(int64)
	truth, is := v.(bool)
	switch {
	case number && kind == "BOOL":
		return n != 0
	case is && kind == "INTEGER" && truth:
		return int64(1)
	case is && kind == "INTEGER":
		return int64(0)
	}
	return v
}

// fingerprint tells one row from another; the sum of a table's does not depend on their order.
func fingerprint(row []any) uint64 {
	h := sha256.New()
	for _, v := range row {
		text := fmt.Sprintf("%T:%v", v, v)
		fmt.Fprintf(h, "%d:%s", len(text), text)
	}
	return binary.BigEndian.Uint64(h.Sum(nil))
}
