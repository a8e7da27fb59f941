-- Who asked to be told of what happens to comments.
CREATE TABLE webhooks (
    webhook    INTEGER PRIMARY KEY AUTOINCREMENT,
    webhook_id BLOB NOT NULL UNIQUE CHECK (length(webhook_id) = 16),
    site_id    INTEGER NOT NULL REFERENCES sites,
    url        TEXT NOT NULL,
    -- Types of events, separated by spaces.
    events     TEXT NOT NULL,
    -- Sealed with the installation's secret.
    secret     BLOB NOT NULL,
    old_secret BLOB,
    old_until  INTEGER,
    created_at INTEGER NOT NULL,
    off_since  INTEGER
) STRICT;

CREATE INDEX webhooks_of_a_site ON webhooks (site_id);

-- Where a blog that speaks Akismet's protocol hears of a decision.
CREATE TABLE callbacks (
    comment INTEGER PRIMARY KEY REFERENCES comments ON DELETE CASCADE,
    url     TEXT NOT NULL,
    -- Sealed with the installation's secret.
    key     BLOB NOT NULL,
    post_id TEXT
) STRICT;

-- The outbox. A message goes with its comment when that is forgotten.
CREATE TABLE messages (
    message      INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id   BLOB NOT NULL UNIQUE CHECK (length(message_id) = 16),
    site_id      INTEGER NOT NULL REFERENCES sites,
    comment      INTEGER NOT NULL REFERENCES comments ON DELETE CASCADE,
    -- Null for the comment's callback.
    webhook      INTEGER REFERENCES webhooks ON DELETE CASCADE,
    -- Of each lane only a few messages are under way at a time.
    lane         INTEGER NOT NULL AS (ifnull(webhook, -site_id)) STORED,
    kind         TEXT NOT NULL CHECK (kind IN ('comment.decided', 'comment.verdict_changed')),
    at           INTEGER NOT NULL,
    event        TEXT NOT NULL,
    -- With the event's `was`: how things stood before it.
    was_decision TEXT CHECK (was_decision IN ('accept', 'reject')),
    state        TEXT NOT NULL DEFAULT 'waiting'
                 CHECK (state IN ('waiting', 'delivered', 'failed')),
    -- Attempts ever, and since the schedule began.
    attempts     INTEGER NOT NULL DEFAULT 0,
    step         INTEGER NOT NULL DEFAULT 0,
    due_at       INTEGER NOT NULL,
    -- Who claimed it last. Null as long as it cannot have been sent.
    holder       BLOB,
    leased_until INTEGER,
    done_at      INTEGER
) STRICT;

CREATE INDEX messages_due ON messages (lane, due_at) WHERE state = 'waiting';
CREATE INDEX messages_in_line ON messages (lane, comment, message) WHERE state = 'waiting';
CREATE INDEX messages_under_way ON messages (lane, leased_until) WHERE leased_until IS NOT NULL;
CREATE INDEX messages_of_a_comment ON messages (comment, lane);
CREATE INDEX messages_of_a_site ON messages (site_id);
CREATE INDEX messages_of_a_webhook ON messages (webhook, state);
CREATE INDEX messages_done ON messages (done_at) WHERE done_at IS NOT NULL;

-- Every try to deliver a message. Never a part of an answer.
CREATE TABLE attempts (
    attempt INTEGER PRIMARY KEY,
    message INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE,
    at      INTEGER NOT NULL,
    millis  INTEGER NOT NULL,
    status  INTEGER,
    failure TEXT
) STRICT;

CREATE INDEX attempts_of_a_message ON attempts (message);
