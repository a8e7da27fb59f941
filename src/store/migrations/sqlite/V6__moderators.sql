CREATE TABLE moderators (
    moderator_id  INTEGER PRIMARY KEY AUTOINCREMENT,
    name          TEXT NOT NULL,
    -- The name in lower case: SQLite folds ASCII only.
    name_key      TEXT NOT NULL UNIQUE,
    role          TEXT NOT NULL CHECK (role IN ('viewer', 'moderator', 'admin')),
    -- A PHC string (argon2id); null before the first password.
    password_hash TEXT,
    -- Sessions of an earlier epoch are dead.
    epoch         INTEGER NOT NULL DEFAULT 0,
    created_at    INTEGER NOT NULL,
    last_sign_in  INTEGER
) STRICT;

CREATE TABLE moderator_sites (
    moderator_id INTEGER NOT NULL REFERENCES moderators ON DELETE CASCADE,
    site_id      INTEGER NOT NULL REFERENCES sites,
    PRIMARY KEY (moderator_id, site_id)
) STRICT, WITHOUT ROWID;

-- SHA-256 of the token that the link carries.
CREATE TABLE one_time_links (
    token        BLOB PRIMARY KEY CHECK (length(token) = 32),
    moderator_id INTEGER NOT NULL REFERENCES moderators ON DELETE CASCADE,
    ends_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX links_of_a_moderator ON one_time_links (moderator_id);

-- SHA-256 of the token that the browser's cookie carries.
CREATE TABLE sessions (
    session_id   INTEGER PRIMARY KEY AUTOINCREMENT,
    token        BLOB NOT NULL UNIQUE CHECK (length(token) = 32),
    moderator_id INTEGER NOT NULL REFERENCES moderators ON DELETE CASCADE,
    epoch        INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    seen_at      INTEGER NOT NULL,
    ends_at      INTEGER NOT NULL,
    agent        TEXT NOT NULL
) STRICT;

CREATE INDEX sessions_of_a_moderator ON sessions (moderator_id);
CREATE INDEX sessions_to_purge ON sessions (ends_at);

-- The keyed hash of the author's e-mail address, out of `traces`: there they
-- are sorted by their subject, so it is the first or, after the name, the second.
ALTER TABLE comments ADD COLUMN email_trace BLOB GENERATED ALWAYS AS (
    CASE
        WHEN substr(traces, 1, 1) = x'02' THEN substr(traces, 2, 16)
        WHEN substr(traces, 1, 1) = x'01' AND substr(traces, 18, 1) = x'02'
            THEN substr(traces, 19, 16)
    END
) VIRTUAL;

-- What became of an author's comments is counted from it alone.
CREATE INDEX comments_by_email
    ON comments (site_id, email_trace, verdict, decision, received_at)
    WHERE email_trace IS NOT NULL;
-- The hold queue, likeliest spam first.
CREATE INDEX queue_by_odds ON comments (site_id, log_odds, comment_id)
    WHERE verdict = 'hold' AND decision IS NULL;
