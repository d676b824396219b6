package store

import (
	"cmp"
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"unicode"

	"github.com/jackc/pgx/v5"
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

// standsAlready tells whether a table or a row could not be made since another process did at the same moment. IF NOT EXISTS
// does not rule that out: the server may meet the other's table, the type that comes with it, or their catalogue's keys.
func standsAlready(err error) bool {
	switch sqlstate(err) {
	case "42P07", "42710", "23505":
		return true
	}
	return false
}

// explainPostgres says what to do about an error of PostgreSQL's; nil if that is not known.
func explainPostgres(err error) error {
	var dial *pgconn.ConnectError
	refused := errors.As(err, &dial)
	var say string
	if refused {
		say = sayRefused(dial, err)
	}
	if say == "" {
		say = sayFailed(err)
	}
	switch {
	case say != "":
		return fmt.Errorf("%w (%w)", invalid("%s", say), plainly(err))
	case refused:
		return plainly(err)
	}
	return nil
}

// sayFailed says what to do about an error of a connection that stood, or of any.
func sayFailed(err error) string {
	switch state := sqlstate(err); {
	case state == "42501":
		return "The PostgreSQL user may not use or change the tables in this database. Connect as the user to whom they belong."
	case state == "53100":
		return "The disk of the PostgreSQL server is full. Make room; nothing else is needed."
	case state == "53300":
		return "The PostgreSQL server has no connection left. Raise its max_connections, end what else uses it, or give each bot fewer (pool_max_conns in the store's address)."
	case state == "55P03":
		return "Another transaction keeps the database's tables locked, such as a copy or a migration. Wait until it is over, and try again."
	case state == "40001", state == "40P01":
		return "Other bots on the database changed the same rows at the same moment, again and again. Try again."
	case state == "57P03":
		return "The PostgreSQL server is starting or ending. Try again in a moment."
	case state == "25006":
		return "The PostgreSQL server takes no changes: it is a stand-by. Name the primary in the store's address, or all of them with target_session_attrs=read-write."
	case errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled): // it may be the caller's time
		return ""
	case away(err):
		return "The PostgreSQL server ended the connection, or the way to it is cut. If it does not come back by itself, see whether it runs."
	}
	return ""
}

// sayRefused says what to do where no connection was made; "" if that is not known, or is no matter of connecting.
func sayRefused(dial *pgconn.ConnectError, err error) string {
	c := dial.Config
	database := cmp.Or(c.Database, c.User) // as the server takes it
	switch state := sqlstate(err); state {
	case "":
		return fmt.Sprintf("No PostgreSQL server answers at %s. Start it, or mend the store's address.", address(c))
	case "28P01", "28000":
		return "PostgreSQL refuses the user or the password. Check both in the store's address, or the password in PGPASSWORD."
	case "3D000":
		return fmt.Sprintf("PostgreSQL has no database named %s. Make it (createdb %s), or name another in the store's address.", database, word(database))
	case "42704", "22023", "42501", "55P02": // unknown, a wrong value, not this user's to set, not to be set by a connection
		option := optionOf(c.RuntimeParams, err)
		switch {
		case option != "" && state == "42704":
			return fmt.Sprintf("PostgreSQL knows no option named %s. Mend its name in the store's address, or take it out.", option)
		case option != "":
			return fmt.Sprintf("PostgreSQL does not take the option %s as the store's address has it. Mend it, or take it out.", option)
		case state == "42501":
			return fmt.Sprintf("The PostgreSQL user %s may not connect to the database %s. Give it the right: GRANT CONNECT ON DATABASE %s TO %s",
				c.User, database, quoted(database), quoted(c.User))
		}
	}
	return ""
}

// optionOf returns the option of the address that the server's error names: the longest one, in whatever language and
// quotation marks the server speaks.
func optionOf(options map[string]string, err error) (name string) {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return ""
	}
	for option := range options {
		if len(option) > len(name) && strings.Contains(e.Message, option) {
			name = option
		}
	}
	return name
}

// quoted is a name as SQL takes it, and word as a shell does.
func quoted(name string) string { return pgx.Identifier{name}.Sanitize() }

func word(name string) string {
	if strings.IndexFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_-.", r)
	}) < 0 {
		return name
	}
	return "'" + strings.ReplaceAll(name, "'", `'\''`) + "'"
}

// An unconnected is an error of connecting whose text holds what each of the server's addresses said last. pgx asks each
// with TLS first and then without, unless sslmode says otherwise: that the first was refused is no cause.
type unconnected struct {
	error
	says string
}

func (u unconnected) Error() string { return u.says }
func (u unconnected) Unwrap() error { return u.error }

// plainly makes an unconnected of an error of connecting; others stay as they are.
func plainly(err error) error {
	var dial *pgconn.ConnectError
	if !errors.As(err, &dial) {
		return err
	}
	tries := []error{dial.Unwrap()}
	if all, several := tries[0].(interface{ Unwrap() []error }); several {
		tries = all.Unwrap()
	}
	var causes []string
	last := map[string]int{} // by address: where its cause is
	for _, try := range tries {
		text := try.Error()
		where, _, _ := strings.Cut(text, "): ") // pgx writes "address (name): cause"
		if i, tried := last[where]; tried {
			causes[i] = text
			continue
		}
		last[where] = len(causes)
		causes = append(causes, text)
	}
	says := fmt.Sprintf("connect to database %s as %s: %s", dial.Config.Database, dial.Config.User, strings.Join(causes, "; "))
	return unconnected{err, strings.Replace(err.Error(), dial.Error(), says, 1)}
}

func address(c *pgconn.Config) string {
	if strings.HasPrefix(c.Host, "/") {
		return c.Host
	}
	return net.JoinHostPort(c.Host, fmt.Sprint(c.Port))
}
