-- +goose Up
-- How often a feed was visited, ever; since when it fails (year 1: it does not); what the admins were told of that; why it
-- is not polled any more.
ALTER TABLE feeds ADD COLUMN polls INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN polls_failed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN failing INTEGER NOT NULL DEFAULT -62135596800000000;
ALTER TABLE feeds ADD COLUMN told_ill BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE feeds ADD COLUMN disabled TEXT NOT NULL DEFAULT '';

-- A feed's counts as they stood before its first visit of a day (UTC), so that a visit counts at no cost of its own.
CREATE TABLE feed_days (
    feed         INTEGER NOT NULL REFERENCES feeds (id),
    day          INTEGER NOT NULL,
    polls        INTEGER NOT NULL,
    polls_failed INTEGER NOT NULL,
    articles     INTEGER NOT NULL,
    PRIMARY KEY (feed, day)
) STRICT;

-- What a feed held when it was last read.
CREATE TABLE windows (
    feed  INTEGER PRIMARY KEY REFERENCES feeds (id),
    items TEXT NOT NULL                         -- JSON
) STRICT;

-- When a feed may have had articles that were never read.
CREATE TABLE gaps (
    id    INTEGER PRIMARY KEY,
    feed  INTEGER NOT NULL REFERENCES feeds (id),
    began INTEGER NOT NULL,
    ended INTEGER NOT NULL,
    found INTEGER NOT NULL,
    told  BOOLEAN NOT NULL DEFAULT FALSE,
    UNIQUE (feed, found)
) STRICT;
CREATE INDEX gaps_untold ON gaps (found) WHERE NOT told;

-- What an article is known by when it comes again under another id: its title, date and text. Of those read before this
-- column it is empty.
ALTER TABLE articles ADD COLUMN print TEXT NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN late BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE articles ADD COLUMN elsewhere BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX articles_by_print ON articles (print) WHERE print <> '';

-- A story that a channel is told together with others in one message; the message's story is its batch, '' until it is made.
CREATE TABLE gatherings (
    channel   TEXT    NOT NULL,
    story     TEXT    NOT NULL,
    workspace TEXT    NOT NULL,
    alert_id  TEXT    NOT NULL,
    feed      INTEGER NOT NULL,
    item      TEXT    NOT NULL,
    reason    TEXT    NOT NULL,
    piece     TEXT    NOT NULL,                 -- JSON: how the message names it
    gathered  INTEGER NOT NULL,
    batch     TEXT    NOT NULL DEFAULT '',
    told      INTEGER NOT NULL,                 -- when the message was made
    PRIMARY KEY (channel, story)
) STRICT;
CREATE INDEX gatherings_waiting ON gatherings (gathered) WHERE batch = '';
CREATE INDEX gatherings_by_time ON gatherings (told);
CREATE INDEX gatherings_by_batch ON gatherings (batch, channel);
CREATE INDEX gatherings_by_alert ON gatherings (alert_id);

-- How many stories a feed brought a channel in each minute: new ones in all, and those that were posted one by one.
CREATE TABLE paces (
    feed    INTEGER NOT NULL,
    channel TEXT    NOT NULL,
    slot    INTEGER NOT NULL,                   -- minutes since 1970
    posted  INTEGER NOT NULL,
    fresh   INTEGER NOT NULL,
    PRIMARY KEY (feed, channel, slot)
) STRICT, WITHOUT ROWID;
CREATE INDEX paces_by_slot ON paces (slot);
