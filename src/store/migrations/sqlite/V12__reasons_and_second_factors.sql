-- The reasons that spoke on a comment when it was labelled, as JSON, so that
-- taking the label back subtracts exactly what it added. Null of labels that
-- are older than these tallies.
ALTER TABLE labels ADD COLUMN reasons TEXT;

-- On how many labelled comments of a site each reason spoke, and for what. They
-- are the sum of what `labels.reasons` hold.
CREATE TABLE reason_tallies (
    site_id INTEGER NOT NULL,
    source  TEXT NOT NULL,
    reason  TEXT NOT NULL,
    -- What its weight spoke for.
    speaks  TEXT NOT NULL CHECK (speaks IN ('spam', 'ham', 'neither')),
    ham     INTEGER NOT NULL CHECK (ham >= 0),
    spam    INTEGER NOT NULL CHECK (spam >= 0),
    PRIMARY KEY (site_id, source, reason, speaks)
) STRICT, WITHOUT ROWID;

-- What a moderator shows beside the password (RFC 6238).
CREATE TABLE second_factors (
    moderator_id INTEGER PRIMARY KEY REFERENCES moderators ON DELETE CASCADE,
    -- Sealed with the installation's secret.
    secret       BLOB NOT NULL,
    -- Null until a first code has shown that the app has the secret.
    confirmed_at INTEGER,
    -- The newest time step of which a code was used: none is used twice.
    last_step    INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Keyed hashes of what lets a moderator in once without the app.
CREATE TABLE recovery_codes (
    moderator_id INTEGER NOT NULL REFERENCES second_factors ON DELETE CASCADE,
    code         TEXT NOT NULL,
    PRIMARY KEY (moderator_id, code)
) STRICT, WITHOUT ROWID;
