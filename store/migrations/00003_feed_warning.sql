-- +goose Up
-- What the last body that was read lacks or may have wrong: a feed can be read and yet not be whole.
ALTER TABLE feeds ADD COLUMN warning TEXT NOT NULL DEFAULT '';
