package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// explain is explain, and says of a right that is missing whose it is to give.
func (s *Store) explain(ctx context.Context, err error) error {
	var dial *pgconn.ConnectError
	if sqlstate(err) != "42501" || alerts.Say(err) != "" || errors.As(err, &dial) || s.read == nil {
		return explain(err)
	}
	b, unknown := askBelonging(ctx, s.read)
	if unknown != nil {
		return explain(err)
	}
	return fmt.Errorf("%w (%w)", invalid("%s", b.say()), err)
}

// A belonging is who a connection is, where it works, and whose the tables there are.
type belonging struct {
	user, database, schema string
	owner                  string // of tables that are not the user's; "" if all are
	first                  bool   // the owner is the user with which the server was made
}

// say says what gives the user what it needs.
func (b belonging) say() string {
	user := quoted(b.user)
	switch {
	case b.owner != "" && b.first: // https://www.postgresql.org/docs/current/sql-reassign-owned.html: not what the system needs
		return fmt.Sprintf("The tables in the database %s belong to the PostgreSQL user %s, and %s may not use or change them. Connect as %s, or let it give over each: ALTER TABLE name OWNER TO %s",
			b.database, b.owner, b.user, b.owner, user)
	case b.owner != "":
		return fmt.Sprintf("The tables in the database %s belong to the PostgreSQL user %s, and %s may not use or change them. Connect as %s, or let an administrator give them over there: REASSIGN OWNED BY %s TO %s",
			b.database, b.owner, b.user, b.owner, quoted(b.owner), user)
	}
	return fmt.Sprintf("The PostgreSQL user %s may not make tables in the database %s. Give it the right there: GRANT USAGE, CREATE ON SCHEMA %s TO %s",
		b.user, b.database, quoted(b.schema), user)
}
