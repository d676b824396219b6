package store

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// sqlstate returns the code of PostgreSQL's error in err, "" if there is none.
// https://www.postgresql.org/docs/current/errcodes-appendix.html
func sqlstate(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// againPostgres is true of conflicts between replicas and of a server that went away. A row that another replica added
// meanwhile breaks a unique key once; the second run finds it.
func againPostgres(err error) bool {
	switch sqlstate(err) {
	case "40001", "40P01", "23505", "55P03": // serialization, deadlock, unique key, lock not available
		return true
	}
	return away(err)
}

// away tells whether the server ended the connection, can't be reached or is just starting.
func away(err error) bool {
	switch state := sqlstate(err); {
	case strings.HasPrefix(state, "57P"), strings.HasPrefix(state, "08"), state == "25P03": // shutdown, connection, idle too long
		return true
	case state != "":
		return false
	}
	var dial *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &dial) || errors.As(err, &network) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, io.EOF) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) || pgconn.SafeToRetry(err) // it found the connection closed
}

func standsAlready(err error) bool {
	state := sqlstate(err)
	return state == "23505" || state == "42P07"
}

// explainPostgres says what to do about an error of PostgreSQL's; nil if that is not known.
func explainPostgres(err error) error {
	var dial *pgconn.ConnectError
	refused := errors.As(err, &dial)
	state := sqlstate(err)
	var say string
	switch {
	case state == "28P01" || state == "28000":
		say = "PostgreSQL refuses the user or the password. Check both in the configuration's store, or the password in PGPASSWORD."
	case state == "3D000":
		say = "PostgreSQL has no database of that name. Make it (createdb attache), or name another in the configuration's store."
	case state == "42501":
		say = "The PostgreSQL user may not make or change tables in this database. Make the user its owner: ALTER DATABASE name OWNER TO user"
	case state == "53100":
		say = "The disk of the PostgreSQL server is full. Make room; nothing else is needed."
	case state == "53300":
		say = "The PostgreSQL server has no connection left. Raise its max_connections, end what else uses it, or give each bot fewer (pool_max_conns in the store's address)."
	case state == "55P03":
		say = "Another transaction keeps the database's tables locked, such as a copy or a migration. Wait until it is over, and try again."
	case state == "57P03":
		say = "The PostgreSQL server is starting or ending. Try again in a moment."
	case state == "25006":
		say = "The PostgreSQL server takes no changes: it is a stand-by. Name the primary in the configuration's store, or all of them with target_session_attrs=read-write."
	case refused && state == "":
		say = fmt.Sprintf("No PostgreSQL server answers at %s. Start it, or mend the address in the configuration's store.", address(dial.Config))
	default:
		return nil
	}
	return fmt.Errorf("%w (%w)", invalid("%s", say), err)
}

func address(c *pgconn.Config) string {
	if strings.HasPrefix(c.Host, "/") {
		return c.Host
	}
	return net.JoinHostPort(c.Host, fmt.Sprint(c.Port))
}
