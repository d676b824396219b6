-- +goose Up
-- Imported catalogues of names. Each import is a generation; persons of an earlier one went from the file.
CREATE TABLE catalogues (
    id         INTEGER PRIMARY KEY,
    folded     TEXT    NOT NULL UNIQUE,
    name       TEXT    NOT NULL,
    generation INTEGER NOT NULL,
    persons    INTEGER NOT NULL,
    names      INTEGER NOT NULL,
    imported   INTEGER NOT NULL
) STRICT;

CREATE TABLE persons (
    id         INTEGER PRIMARY KEY,
    catalogue  INTEGER NOT NULL REFERENCES catalogues (id),
    item       TEXT    NOT NULL,                -- the person's key within the catalogue
    names      TEXT    NOT NULL,                -- JSON: those that a watch learns
    bare       TEXT    NOT NULL,                -- JSON: those that only tell who is meant
    generation INTEGER NOT NULL,
    UNIQUE (catalogue, item)
) STRICT;

-- By which a watch finds a person: every name as names are compared.
CREATE TABLE person_names (
    name   TEXT    NOT NULL,
    person INTEGER NOT NULL REFERENCES persons (id),
    PRIMARY KEY (name, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_names_by_person ON person_names (person);

CREATE TABLE near_misses (
    id             INTEGER PRIMARY KEY,
    channel        TEXT    NOT NULL,
    workspace      TEXT    NOT NULL,
    list_workspace TEXT    NOT NULL,
    list           TEXT    NOT NULL,
    watch          TEXT    NOT NULL,
    feed           INTEGER NOT NULL,
    item           TEXT    NOT NULL,
    reason         TEXT    NOT NULL,
    evidence       TEXT    NOT NULL,            -- JSON
    missed         INTEGER NOT NULL,
    UNIQUE (feed, item, channel, list_workspace, list, watch)
) STRICT;
CREATE INDEX near_misses_by_time ON near_misses (missed);

-- Why nothing of an article was announced, whatever it matched. Of those read before this column, what a first visit
-- brought is known by its time.
ALTER TABLE articles ADD COLUMN barred TEXT NOT NULL DEFAULT '';
UPDATE articles SET barred = 'first visit to this feed: its older articles are not announced'
    WHERE NOT pruned AND (SELECT announce FROM feeds WHERE feeds.id = articles.feed) = 0
    AND seen = (SELECT MIN(b.seen) FROM articles b WHERE b.feed = articles.feed);
