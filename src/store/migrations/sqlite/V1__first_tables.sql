-- Times are microseconds since 1970. `comment` is this file's own number of a
-- comment; the world knows it as `comment_id`, a UUID version 7.

CREATE TABLE sites (
    site_id    INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL UNIQUE,
    url        TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE api_keys (
    key_id     INTEGER PRIMARY KEY,
    site_id    INTEGER NOT NULL REFERENCES sites,
    kind       TEXT NOT NULL CHECK (kind IN ('api', 'akismet')),
    mac        BLOB NOT NULL CHECK (length(mac) = 32),
    created_at INTEGER NOT NULL,
    -- After a rotation, when the older key ends.
    live_until INTEGER,
    revoked_at INTEGER
) STRICT;

CREATE UNIQUE INDEX keys_of_a_site ON api_keys (site_id, kind, mac);
CREATE UNIQUE INDEX one_site_for_an_api_key ON api_keys (mac) WHERE kind = 'api';
CREATE INDEX sites_of_an_akismet_key ON api_keys (mac) WHERE kind = 'akismet';

CREATE TABLE comments (
    comment     INTEGER PRIMARY KEY,
    site_id     INTEGER NOT NULL REFERENCES sites,
    comment_id  BLOB NOT NULL CHECK (length(comment_id) = 16),
    -- The blog's own id.
    own_id      TEXT,
    received_at INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    purge_after INTEGER NOT NULL,
    verdict     TEXT NOT NULL CHECK (verdict IN ('accept', 'hold', 'reject')),
    log_odds    REAL NOT NULL,
    -- What is in force of the present text.
    label       TEXT CHECK (label IN ('ham', 'spam')),
    decision    TEXT CHECK (decision IN ('accept', 'reject')),
    decision_id BLOB,
    traces      BLOB NOT NULL,
    fingerprint BLOB,
    -- The comment as JSON, last, so that the columns above are read without it.
    body        TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX comments_in_order ON comments (site_id, comment_id);
CREATE UNIQUE INDEX comments_by_own_id ON comments (site_id, own_id) WHERE own_id IS NOT NULL;
-- The hold queue is a range of it, and it answers all counts by itself.
CREATE INDEX comments_by_state
    ON comments (site_id, verdict, decision, comment_id, label, received_at);
CREATE INDEX comments_to_purge ON comments (purge_after);

CREATE TABLE judgements (
    judgement INTEGER PRIMARY KEY,
    comment   INTEGER NOT NULL REFERENCES comments ON DELETE CASCADE,
    at        INTEGER NOT NULL,
    body      TEXT NOT NULL
) STRICT;

CREATE INDEX judgements_of_a_comment ON judgements (comment);

CREATE TABLE decisions (
    decision_id BLOB PRIMARY KEY CHECK (length(decision_id) = 16),
    comment     INTEGER NOT NULL REFERENCES comments ON DELETE CASCADE,
    kind        TEXT NOT NULL CHECK (kind IN ('accept', 'reject')),
    learn       INTEGER NOT NULL CHECK (learn IN (0, 1)),
    note        TEXT,
    decided_by  TEXT NOT NULL,
    at          INTEGER NOT NULL,
    -- When it ceased to be in force, for whatever reason.
    undone_at   INTEGER
) STRICT;

CREATE INDEX decisions_of_a_comment ON decisions (comment);

-- The comment as it was when a person labelled it, so that taking the label
-- back subtracts exactly what it added.
CREATE TABLE labels (
    comment_id  BLOB PRIMARY KEY CHECK (length(comment_id) = 16),
    site_id     INTEGER NOT NULL REFERENCES sites,
    label       TEXT NOT NULL CHECK (label IN ('ham', 'spam')),
    at          INTEGER NOT NULL,
    -- The decision that taught it, if one did.
    decision_id BLOB,
    traces      BLOB NOT NULL,
    fingerprint BLOB,
    -- Null once the text is forgotten.
    body        TEXT
) STRICT;

-- How many labels each trace got. Site 0 is the sum over all sites; subject 0
-- is the text itself, by the hash of its fingerprint.
CREATE TABLE tallies (
    subject INTEGER NOT NULL,
    hash    BLOB NOT NULL CHECK (length(hash) = 16),
    site_id INTEGER NOT NULL,
    ham     INTEGER NOT NULL CHECK (ham >= 0),
    spam    INTEGER NOT NULL CHECK (spam >= 0),
    PRIMARY KEY (subject, hash, site_id)
) STRICT, WITHOUT ROWID;

-- Where the texts with a tally are found by likeness. Copies of one text share
-- their rows, so a campaign of a thousand equal comments is one candidate.
CREATE TABLE bands (
    band        INTEGER NOT NULL,
    hash        BLOB NOT NULL CHECK (length(hash) = 16),
    fingerprint BLOB NOT NULL,
    PRIMARY KEY (band, hash)
) STRICT, WITHOUT ROWID;

-- The judgement is referred to, not copied: forgetting a comment forgets it here.
CREATE TABLE idempotency (
    site_id    INTEGER NOT NULL REFERENCES sites,
    key        TEXT NOT NULL,
    request    BLOB NOT NULL CHECK (length(request) = 32),
    comment_id BLOB NOT NULL,
    judgement  INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    PRIMARY KEY (site_id, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotency_to_purge ON idempotency (at);

-- Written to by the readiness check.
CREATE TABLE heartbeat (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    at  INTEGER NOT NULL
) STRICT;
