-- +goose Up
-- When a channel had its last turn, so that all that wait have one.
ALTER TABLE channels ADD COLUMN served INTEGER NOT NULL DEFAULT 0;
