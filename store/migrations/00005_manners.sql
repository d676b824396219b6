-- +goose Up
-- What a feed asks of its readers and what was learnt of it (JSON): its own pace, a move that is being watched, its trouble.
ALTER TABLE feeds ADD COLUMN manners TEXT NOT NULL DEFAULT '';

-- The subscription of a feed at the WebSub hub that it names: asked for when due, valid until it expires.
CREATE TABLE hubs (
    feed    INTEGER PRIMARY KEY REFERENCES feeds (id),
    path    TEXT    NOT NULL DEFAULT '',         -- of the address that the hub calls; '' until it is first asked
    secret  TEXT    NOT NULL DEFAULT '',         -- what the hub signs with
    hub     TEXT    NOT NULL,
    topic   TEXT    NOT NULL,
    due     INTEGER NOT NULL,
    expires INTEGER NOT NULL DEFAULT 0,
    tries   INTEGER NOT NULL DEFAULT 0           -- since it was last verified
) STRICT;
CREATE UNIQUE INDEX hubs_by_path ON hubs (path) WHERE path <> '';
CREATE INDEX hubs_due ON hubs (due);

-- So that a watch is added behind the others without counting them.
CREATE INDEX watches_by_position ON watches (workspace, list, position);
