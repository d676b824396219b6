package store

import (
	"context"
	"database/sql"
	"net"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// This file holds a server's connections: how they are made, how many there are, and who may have the last one.

const (
	// connectWithin is how long a server may take to answer, where the address does not say connect_timeout.
	connectWithin = 5 * time.Second

	// connections is how many connections a process has at most, where the address does not say pool_max_conns; fewest is
	// how many it may be told: a migration takes two. Each is a process of the server's.
	connections, fewest, most = 4, 2, 100

	// deafAfter is how long a connection may acknowledge nothing: with a new one made, less than the lease of a claim.
	deafAfter = 14 * time.Second
)

// dial opens a server's connections. Looks leave one to changes, however long they take.
func (s *Store) dial(dsn string, reading bool) error {
	db, size, err := openPostgres(dsn, reading)
	if err != nil {
		return err
	}
	s.read, s.seats = db, make(chan struct{}, size-1)
	return nil
}

// sit waits for a seat among those who look; leave gives it back.
func (s *Store) sit(ctx context.Context) (leave func(), err error) {
	if s.seats == nil {
		return func() {}, nil
	}
	select {
	case s.seats <- struct{}{}:
		return func() { <-s.seats }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// openPostgres returns connections, none of which is made yet, and how many there can be. Those for reading can't write.
func openPostgres(dsn string, reading bool) (db *sql.DB, size int, err error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		// What the parser says may hold the password.
		return nil, 0, invalid("Write the store as postgres://USER@HOST/DATABASE, such as postgres://attache@localhost/attache; a password may stand in PGPASSWORD.")
	}
	defaults := map[string]string{
		"application_name": "attache",
		// A replica that is cut off while it changes something must not keep others waiting.
		"idle_in_transaction_session_timeout": "15s", "lock_timeout": "15s", "statement_timeout": "60s",
	}
	for name, value := range defaults {
		if _, set := config.RuntimeParams[name]; !set {
			config.RuntimeParams[name] = value
		}
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = connectWithin
	}
	config.DialFunc = postgresDialer(config.ConnectTimeout).DialContext
	if reading {
		config.RuntimeParams["default_transaction_read_only"] = "on"
	}
	if size, err = poolSize(config.RuntimeParams); err != nil {
		return nil, 0, err
	}
	db = stdlib.OpenDB(*config)
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	db.SetConnMaxIdleTime(5 * time.Minute)
	return db, size, nil
}

// poolSize takes pool_max_conns out of what the address says, which would be told to the server: the name is pgxpool's.
// https://pkg.go.dev/github.com/jackc/pgx/v5/pgxpool#ParseConfig
func poolSize(params map[string]string) (int, error) {
	const name = "pool_max_conns"
	said, set := params[name]
	if !set {
		return connections, nil
	}
	delete(params, name)
	size, err := strconv.Atoi(said)
	if err != nil || size < fewest || size > most {
		return 0, invalid("In the store's address, %s is how many connections the bot may have: from %d to %d, or left out for %d.", name, fewest, most, connections)
	}
	return size, nil
}

// postgresDialer gives up what answers nothing, whether something is on its way to the server or not.
func postgresDialer(timeout time.Duration) *net.Dialer {
	return &net.Dialer{
		Timeout: timeout, Control: giveUp(deafAfter),
		KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: 5 * time.Second, Interval: 3 * time.Second, Count: 3},
	}
}
