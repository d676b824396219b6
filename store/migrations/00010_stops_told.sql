-- +goose Up
-- Whether the admins were told that a channel is stopped.
ALTER TABLE channels ADD COLUMN told BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE channels SET told = TRUE WHERE stopped <> '';
