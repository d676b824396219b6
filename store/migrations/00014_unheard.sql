-- +goose Up
-- When a platform's events were lost, since its connection had to be made anew: commands that people typed and the like.
CREATE TABLE unheard (
    platform TEXT    NOT NULL,
    began    INTEGER NOT NULL,
    ended    INTEGER NOT NULL,
    PRIMARY KEY (platform, began)
) STRICT, WITHOUT ROWID;
CREATE INDEX unheard_by_end ON unheard (ended);
DELETE FROM meta WHERE name = 'discord.unheard';
