-- +goose Up
-- The replica that leased a feed: when it gives no more signs of life, its feeds are due again.
ALTER TABLE feeds ADD COLUMN leased_by TEXT NOT NULL DEFAULT '';
