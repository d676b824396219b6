-- +goose Up
-- What the feed links to, in its canonical form, where that only sends readers on to the article's own address.
ALTER TABLE articles ADD COLUMN link TEXT NOT NULL DEFAULT '';
CREATE INDEX articles_by_link ON articles (link) WHERE link <> '';
