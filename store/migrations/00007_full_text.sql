-- +goose Up
-- Whether a listing wants the pages behind the feed's articles read, what became of each article's page ('' not asked for,
-- 'read', else why not), and how a feed's pages fared.
ALTER TABLE listings ADD COLUMN full_text BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE articles ADD COLUMN page TEXT NOT NULL DEFAULT '';
ALTER TABLE feeds ADD COLUMN pages_read INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN pages_failed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN page_failure TEXT NOT NULL DEFAULT '';
