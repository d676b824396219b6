-- +goose Up
-- Times are microseconds since 1970 UTC; lists and structures are JSON; a folded column is a name as it is compared.
-- One text for both engines: written as SQLite takes it, with BOOLEAN besides; see words.go for what is put in its place.

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- One row: it grows with every change of a watchlist or subscription.
CREATE TABLE roster (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    version INTEGER NOT NULL
) STRICT;
INSERT INTO roster (one, version) VALUES (1, 1);

-- Workspaces that the bot has left: nothing is said there until it is back.
CREATE TABLE departures (
    workspace TEXT PRIMARY KEY,
    departed  INTEGER NOT NULL
) STRICT;

CREATE TABLE feeds (
    id            INTEGER PRIMARY KEY,
    url           TEXT    NOT NULL UNIQUE,
    announce      INTEGER NOT NULL,
    source        TEXT    NOT NULL,             -- JSON: the label that alerts carry
    title         TEXT    NOT NULL DEFAULT '',  -- the feed's own
    moved         TEXT    NOT NULL DEFAULT '',
    etag          TEXT    NOT NULL DEFAULT '',
    last_modified TEXT    NOT NULL DEFAULT '',
    body_hash     TEXT    NOT NULL DEFAULT '',
    visited       INTEGER NOT NULL,
    succeeded     INTEGER NOT NULL,
    failures      INTEGER NOT NULL DEFAULT 0,
    failure       TEXT    NOT NULL DEFAULT '',
    articles      INTEGER NOT NULL DEFAULT 0,   -- recorded so far
    next_poll     INTEGER NOT NULL,
    lease_until   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX feeds_due ON feeds (next_poll);

-- A feed as one workspace has it; workspace '' is the configuration file.
CREATE TABLE listings (
    workspace TEXT    NOT NULL,
    folded    TEXT    NOT NULL,
    name      TEXT    NOT NULL,
    feed      INTEGER NOT NULL REFERENCES feeds (id),
    schedule  TEXT    NOT NULL,
    source    TEXT    NOT NULL,                 -- JSON: the label as this workspace wrote it
    listed    INTEGER NOT NULL,
    PRIMARY KEY (workspace, folded),
    UNIQUE (feed, workspace)
) STRICT;

CREATE TABLE stories (
    id     TEXT PRIMARY KEY,
    title  TEXT    NOT NULL,
    opened INTEGER NOT NULL,
    newest INTEGER NOT NULL,                    -- time of its newest article
    pruned BOOLEAN NOT NULL DEFAULT FALSE       -- it is found by nothing any more
) STRICT;
CREATE INDEX stories_unpruned ON stories (newest) WHERE NOT pruned;

-- By which later articles find a story; dropped when it is too old to be joined.
CREATE TABLE story_keys (
    name  TEXT NOT NULL,
    story TEXT NOT NULL REFERENCES stories (id),
    PRIMARY KEY (name, story)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_keys_by_story ON story_keys (story);

CREATE TABLE articles (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    feed        INTEGER NOT NULL REFERENCES feeds (id),
    item        TEXT    NOT NULL,               -- its key within the feed
    url         TEXT    NOT NULL,
    canonical   TEXT    NOT NULL,
    title       TEXT    NOT NULL,
    body        TEXT    NOT NULL,
    author      TEXT    NOT NULL,
    categories  TEXT    NOT NULL,               -- JSON
    language    TEXT    NOT NULL,
    published   INTEGER NOT NULL,
    updated     INTEGER NOT NULL,
    seen        INTEGER NOT NULL,
    told        INTEGER NOT NULL,               -- when it was published as far as can be believed
    story       TEXT    NOT NULL REFERENCES stories (id),
    fingerprint TEXT    NOT NULL,               -- JSON; '' once it is too old to be compared with
    pruned      BOOLEAN NOT NULL DEFAULT FALSE,
    UNIQUE (feed, item)
) STRICT;
CREATE INDEX articles_by_story ON articles (story);
CREATE INDEX articles_by_url ON articles (url) WHERE url <> '';
CREATE INDEX articles_by_canonical ON articles (canonical) WHERE canonical <> '';
CREATE INDEX articles_unpruned ON articles (seen) WHERE NOT pruned;

-- The full-text index behind lookups: its rowid is the article's id, and it keeps no copy of the words. They are the
-- matcher's and folded already, so nothing is folded here.
CREATE VIRTUAL TABLE article_words USING fts5 (
    words, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
);

CREATE TABLE watchlists (
    workspace TEXT    NOT NULL,
    folded    TEXT    NOT NULL,
    name      TEXT    NOT NULL,
    version   INTEGER NOT NULL,
    PRIMARY KEY (workspace, folded)
) STRICT;

CREATE TABLE watches (
    workspace TEXT    NOT NULL,
    list      TEXT    NOT NULL,                 -- the list's folded name
    folded    TEXT    NOT NULL,
    position  INTEGER NOT NULL,
    watch     TEXT    NOT NULL,                 -- JSON
    PRIMARY KEY (workspace, list, folded),
    FOREIGN KEY (workspace, list) REFERENCES watchlists (workspace, folded)
) STRICT;

CREATE TABLE subscriptions (
    channel        TEXT    NOT NULL,
    workspace      TEXT    NOT NULL,            -- the channel's
    list_workspace TEXT    NOT NULL,
    list           TEXT    NOT NULL,            -- the list's folded name
    least          TEXT    NOT NULL,
    ping           TEXT    NOT NULL,
    when_uncertain TEXT    NOT NULL,
    from_file      BOOLEAN NOT NULL,
    PRIMARY KEY (channel, list_workspace, list),
    FOREIGN KEY (list_workspace, list) REFERENCES watchlists (workspace, folded)
) STRICT;
CREATE INDEX subscriptions_by_workspace ON subscriptions (workspace);

CREATE TABLE decisions (
    id             INTEGER PRIMARY KEY,
    channel        TEXT    NOT NULL,
    workspace      TEXT    NOT NULL,
    list_workspace TEXT    NOT NULL,
    list           TEXT    NOT NULL,
    watch          TEXT    NOT NULL,
    feed           INTEGER NOT NULL,
    item           TEXT    NOT NULL,
    story          TEXT    NOT NULL,
    verb           TEXT    NOT NULL,
    reason         TEXT    NOT NULL,
    mention        TEXT    NOT NULL,
    evidence       TEXT    NOT NULL,            -- JSON
    decided        INTEGER NOT NULL,
    UNIQUE (feed, item, channel, list_workspace, list, watch)
) STRICT;
CREATE INDEX decisions_by_story ON decisions (story, channel);

-- The lease belongs to the channel, so that there are never two sends into one.
CREATE TABLE channels (
    channel     TEXT PRIMARY KEY,
    platform    TEXT    NOT NULL,
    workspace   TEXT    NOT NULL,
    lease_until INTEGER NOT NULL DEFAULT 0,
    stopped     TEXT    NOT NULL DEFAULT '',    -- why; '' if it is not
    stopped_at  INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX channels_by_workspace ON channels (workspace);

-- The outbox. A channel's deliveries go out by position, then id; a plain-text second try takes its first try's position.
CREATE TABLE deliveries (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    channel       TEXT    NOT NULL REFERENCES channels (channel),
    workspace     TEXT    NOT NULL,
    story         TEXT    NOT NULL,
    part          TEXT    NOT NULL,
    kind          TEXT    NOT NULL,             -- post, reply or edit
    plain         BOOLEAN NOT NULL,             -- a second try as plain text
    alert_id      TEXT    NOT NULL,
    alert         TEXT    NOT NULL,             -- JSON, frozen
    drawing       INTEGER NOT NULL,
    on_uncertain  TEXT    NOT NULL,
    position      INTEGER NOT NULL,
    state         TEXT    NOT NULL,
    attempts      INTEGER NOT NULL DEFAULT 0,
    first_attempt INTEGER NOT NULL,
    last_attempt  INTEGER NOT NULL,
    not_before    INTEGER NOT NULL,
    uncertain     BOOLEAN NOT NULL DEFAULT FALSE,
    message_id    TEXT    NOT NULL DEFAULT '',
    reason        TEXT    NOT NULL DEFAULT '',
    created       INTEGER NOT NULL,
    settled       INTEGER NOT NULL DEFAULT 0,
    pruned        BOOLEAN NOT NULL DEFAULT FALSE,
    UNIQUE (channel, story, part)
) STRICT;
CREATE INDEX deliveries_open ON deliveries (channel, position, id) WHERE state IN ('pending', 'sending');
CREATE INDEX deliveries_by_position ON deliveries (channel, position);
CREATE INDEX deliveries_by_story ON deliveries (story);
CREATE INDEX deliveries_by_alert ON deliveries (alert_id);
CREATE INDEX deliveries_dead ON deliveries (state, settled) WHERE state IN ('failed', 'uncertain');
CREATE INDEX deliveries_unpruned ON deliveries (settled) WHERE settled > 0 AND NOT pruned;

CREATE TABLE audit (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    at         INTEGER NOT NULL,
    workspace  TEXT    NOT NULL,
    channel    TEXT    NOT NULL,
    actor_id   TEXT    NOT NULL,
    actor_name TEXT    NOT NULL,
    command    TEXT    NOT NULL,
    request_id TEXT    NOT NULL,
    detail     TEXT    NOT NULL,
    before     TEXT    NOT NULL,                -- JSON; null for what was made
    after      TEXT    NOT NULL                 -- JSON; null for what was removed
) STRICT;
CREATE INDEX audit_by_workspace ON audit (workspace, at);
