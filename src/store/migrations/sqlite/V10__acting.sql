-- Why a comment was rejected without the filter learning from it.
ALTER TABLE decisions ADD COLUMN why TEXT CHECK (why IN ('off-topic', 'abuse'));

-- Decisions that were made with one click, to be taken back with one.
CREATE TABLE bulk_decisions (
    bulk_id     BLOB NOT NULL CHECK (length(bulk_id) = 16),
    decision_id BLOB NOT NULL REFERENCES decisions ON DELETE CASCADE,
    PRIMARY KEY (bulk_id, decision_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX bulks_of_a_decision ON bulk_decisions (decision_id);

-- What readers saw of a comment before the blog sent it with another text.
CREATE TABLE earlier_texts (
    earlier     INTEGER PRIMARY KEY,
    comment     INTEGER NOT NULL REFERENCES comments ON DELETE CASCADE,
    -- When the next one came.
    until       INTEGER NOT NULL,
    content     TEXT NOT NULL,
    author_name TEXT,
    author_url  TEXT
) STRICT;

CREATE INDEX earlier_texts_of_a_comment ON earlier_texts (comment);

-- Whom and what moderators trust or block on a site, by the same keyed hashes
-- as history. A domain has two rows: an author's site, and a link in a text.
CREATE TABLE trusts (
    site_id  INTEGER NOT NULL REFERENCES sites,
    subject  INTEGER NOT NULL,
    hash     BLOB NOT NULL CHECK (length(hash) = 16),
    entry_id BLOB NOT NULL CHECK (length(entry_id) = 16),
    trust    TEXT NOT NULL CHECK (trust IN ('trusted', 'blocked')),
    -- The domain, or the author's name. Never an e-mail address.
    shown    TEXT NOT NULL,
    by_whom  TEXT NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (site_id, subject, hash)
) STRICT, WITHOUT ROWID;

CREATE INDEX trusts_by_entry ON trusts (site_id, entry_id);

-- The random sample of accepted and rejected comments by which errors are
-- estimated. A row whose label is known stays when its comment is forgotten.
CREATE TABLE audits (
    comment_id BLOB PRIMARY KEY CHECK (length(comment_id) = 16),
    site_id    INTEGER NOT NULL REFERENCES sites,
    -- When the comment was drawn: the filter's answer, and how likely a draw was.
    drawn_at   INTEGER NOT NULL,
    verdict    TEXT NOT NULL CHECK (verdict IN ('accept', 'reject')),
    log_odds   REAL NOT NULL,
    model      TEXT NOT NULL,
    share      REAL NOT NULL CHECK (share > 0 AND share <= 1),
    -- A person's word, wherever it was said; `neither` where it was rejected
    -- without the filter learning from it.
    label      TEXT CHECK (label IN ('ham', 'spam', 'neither')),
    -- Whether it was said without seeing the verdict.
    blind      INTEGER NOT NULL DEFAULT 0 CHECK (blind IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE INDEX audits_to_answer ON audits (site_id, comment_id) WHERE label IS NULL;
CREATE INDEX audits_answered_blind ON audits (site_id, comment_id) WHERE blind = 1;
CREATE INDEX audits_of_a_site
    ON audits (site_id, drawn_at, verdict, label, comment_id, share);

CREATE TRIGGER audit_hears_of_a_label AFTER UPDATE OF label, decision ON comments BEGIN
    UPDATE audits
    SET label = CASE
            WHEN NEW.label IS NOT NULL OR NEW.decision IS NULL THEN NEW.label
            WHEN NEW.decision = 'accept' THEN 'ham'
            ELSE 'neither'
        END,
        blind = iif(NEW.decision IS NULL AND NEW.label IS NULL, 0, blind)
    WHERE comment_id = NEW.comment_id;
END;
CREATE TRIGGER audit_of_a_forgotten_comment AFTER DELETE ON comments BEGIN
    DELETE FROM audits WHERE comment_id = OLD.comment_id AND label IS NULL;
END;
