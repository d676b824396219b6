-- +goose Up
-- When a row says nothing any more and may go; 0 is never. A wait says itself until when it is, in milliseconds.
ALTER TABLE meta ADD COLUMN until INTEGER NOT NULL DEFAULT 0;
UPDATE meta SET until = 1000 * CAST(value AS INTEGER) WHERE name = 'discord.paused' OR name LIKE 'discord.paused %' OR name LIKE 'slack.paused %';
CREATE INDEX meta_by_until ON meta (until) WHERE until > 0;
