-- +goose Up
-- One row: it grows with every recording of something new, so that a plan made on an older state is noticed.
CREATE TABLE ledger (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    version INTEGER NOT NULL
) STRICT;
INSERT INTO ledger (one, version) VALUES (1, 1);

-- The processes that work with the database, by when they last said so.
CREATE TABLE replicas (
    id   TEXT PRIMARY KEY,
    seen INTEGER NOT NULL
) STRICT;

-- What one process does for all, such as listening to Discord, until its lease ends.
CREATE TABLE duties (
    name        TEXT PRIMARY KEY,
    holder      TEXT    NOT NULL,
    lease_until INTEGER NOT NULL
) STRICT;
