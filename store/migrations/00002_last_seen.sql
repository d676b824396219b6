-- +goose Up
-- A story is dropped by when an article of it was last read, not by when that says it was published: an article dated long
-- ago is announced up to max_age, and must be found again as long.
ALTER TABLE stories ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;   -- when an article of it was last first read
UPDATE stories SET seen = COALESCE((SELECT MAX(a.seen) FROM articles a WHERE a.story = stories.id), newest);
DROP INDEX stories_unpruned;
CREATE INDEX stories_unpruned ON stories (seen) WHERE NOT pruned;
