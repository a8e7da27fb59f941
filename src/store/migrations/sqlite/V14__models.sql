-- Models that were made here. Their files are beside the database, under their
-- content hash. The model that ships with the program has no row: where a hash
-- is missing below, it is meant.
CREATE TABLE models (
    model_hash  TEXT PRIMARY KEY CHECK (length(model_hash) = 64),
    made_at     INTEGER NOT NULL,
    made_by     TEXT NOT NULL,
    card        TEXT NOT NULL,
    -- By site id, after which time its comments were left out of training, as
    -- a JSON object of microseconds.
    left_out    TEXT NOT NULL,
    -- Changes of labels, over all sites, when it was trained.
    changes     INTEGER NOT NULL,
    -- When its file was removed to save room.
    removed_at  INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX models_in_order ON models (made_at);

CREATE TABLE model_roles (
    role       TEXT PRIMARY KEY CHECK (role IN ('champion', 'challenger', 'shadow')),
    model_hash TEXT REFERENCES models,
    since      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What became of models, by whom and why.
CREATE TABLE model_events (
    event      INTEGER PRIMARY KEY AUTOINCREMENT,
    at         INTEGER NOT NULL,
    kind       TEXT NOT NULL CHECK
               (kind IN ('trained', 'kept', 'promoted', 'rolled_back', 'shadowed', 'unshadowed')),
    model_hash TEXT,
    -- The champion before.
    previous   TEXT,
    done_by    TEXT NOT NULL,
    reason     TEXT NOT NULL,
    -- JSON; holds ids and numbers, and no text of a comment.
    report     TEXT
) STRICT;

CREATE INDEX events_of_a_model ON model_events (model_hash, event);

-- How often a shadow's verdict was another one than the champion's.
CREATE TABLE shadow_verdicts (
    shadow   TEXT NOT NULL,
    champion TEXT NOT NULL,
    was      TEXT NOT NULL CHECK (was IN ('accept', 'hold', 'reject')),
    would_be TEXT NOT NULL CHECK (would_be IN ('accept', 'hold', 'reject')),
    comments INTEGER NOT NULL,
    PRIMARY KEY (shadow, champion, was, would_be)
) STRICT, WITHOUT ROWID;

-- The newest comments on which they differed.
CREATE TABLE shadow_differences (
    difference INTEGER PRIMARY KEY AUTOINCREMENT,
    shadow     TEXT NOT NULL,
    site_id    INTEGER NOT NULL REFERENCES sites,
    comment_id BLOB NOT NULL CHECK (length(comment_id) = 16),
    was        TEXT NOT NULL CHECK (was IN ('accept', 'hold', 'reject')),
    would_be   TEXT NOT NULL CHECK (would_be IN ('accept', 'hold', 'reject'))
) STRICT;

CREATE INDEX differences_of_a_shadow ON shadow_differences (shadow, difference);

-- Honest comments that no model may reject which is to be promoted.
CREATE TABLE pinned (
    pin        INTEGER PRIMARY KEY AUTOINCREMENT,
    pinned_at  INTEGER NOT NULL,
    pinned_by  TEXT NOT NULL,
    -- Where it is a stored comment; it goes with that.
    comment    INTEGER UNIQUE REFERENCES comments ON DELETE CASCADE,
    -- SHA-256 of the body, so that the same is pinned once.
    body_hash  BLOB NOT NULL UNIQUE CHECK (length(body_hash) = 32),
    body       TEXT NOT NULL
) STRICT;
