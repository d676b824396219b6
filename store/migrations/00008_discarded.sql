-- +goose Up
-- Who took a delivery that did not arrive off the list; '' for nobody.
ALTER TABLE deliveries ADD COLUMN discarded TEXT NOT NULL DEFAULT '';
