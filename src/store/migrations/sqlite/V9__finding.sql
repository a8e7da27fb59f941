-- By what people find comments. What the engine has to work out of a text or a
-- judgement is null in rows that were written before this migration, until they
-- are filed.
ALTER TABLE comments ADD COLUMN language TEXT;
-- Whether the text has a link; the author's URL is not one.
ALTER TABLE comments ADD COLUMN has_link INTEGER CHECK (has_link IN (0, 1));
-- Whether the site had no comment from the author's e-mail address before.
ALTER TABLE comments ADD COLUMN new_author INTEGER CHECK (new_author IN (0, 1));
-- How much a label on it would tell the filter.
ALTER TABLE comments ADD COLUMN lesson REAL NOT NULL DEFAULT 0;
ALTER TABLE comments ADD COLUMN campaign INTEGER;
-- A JSON array of numbers of `reason_names`.
ALTER TABLE comments ADD COLUMN reasons TEXT;
-- What became of it; what is held and undecided waits, whatever its label.
ALTER TABLE comments ADD COLUMN outcome TEXT GENERATED ALWAYS AS (
    CASE
        WHEN verdict = 'hold' AND decision IS NULL THEN 'hold'
        ELSE coalesce(decision, iif(label = 'spam', 'reject', iif(label = 'ham', 'accept', verdict)))
    END
) VIRTUAL;

-- The lists, in each order. What filters look at stands in the index too, so that
-- a row is read only when it is shown.
DROP INDEX comments_by_state;
DROP INDEX queue_by_odds;
CREATE INDEX comments_by_state ON comments
    (site_id, verdict, decision, comment_id, log_odds, language, has_link, new_author, campaign);
CREATE INDEX comments_by_odds ON comments
    (site_id, verdict, decision, log_odds, comment_id, language, has_link, new_author, campaign);
CREATE INDEX queue_by_lesson ON comments
    (site_id, lesson, comment_id, log_odds, language, has_link, new_author, campaign)
    WHERE verdict = 'hold' AND decision IS NULL;
CREATE INDEX decided_in_order ON comments
    (site_id, comment_id, decision, verdict, log_odds, language, has_link, new_author, campaign)
    WHERE decision IS NOT NULL;
CREATE INDEX decided_by_odds ON comments
    (site_id, log_odds, comment_id, decision, verdict, language, has_link, new_author, campaign)
    WHERE decision IS NOT NULL;
CREATE INDEX comments_of_a_campaign ON comments (campaign, comment_id) WHERE campaign IS NOT NULL;

-- How many comments stand how; '' is none. Reading a queue's length does not
-- count the queue.
CREATE TABLE standings (
    site_id  INTEGER NOT NULL,
    verdict  TEXT NOT NULL,
    decision TEXT NOT NULL,
    label    TEXT NOT NULL,
    comments INTEGER NOT NULL CHECK (comments >= 0),
    PRIMARY KEY (site_id, verdict, decision, label)
) STRICT, WITHOUT ROWID;

INSERT INTO standings
    SELECT site_id, verdict, ifnull(decision, ''), ifnull(label, ''), count(*)
    FROM comments GROUP BY 1, 2, 3, 4;

CREATE TRIGGER standing_begun AFTER INSERT ON comments BEGIN
    INSERT INTO standings
        VALUES (NEW.site_id, NEW.verdict, ifnull(NEW.decision, ''), ifnull(NEW.label, ''), 1)
        ON CONFLICT DO UPDATE SET comments = comments + 1;
END;
CREATE TRIGGER standing_ended AFTER DELETE ON comments BEGIN
    UPDATE standings SET comments = comments - 1
        WHERE site_id = OLD.site_id AND verdict = OLD.verdict
            AND decision = ifnull(OLD.decision, '') AND label = ifnull(OLD.label, '');
END;
CREATE TRIGGER standing_changed AFTER UPDATE OF verdict, decision, label ON comments
    WHEN OLD.verdict <> NEW.verdict OR OLD.decision IS NOT NEW.decision
        OR OLD.label IS NOT NEW.label
BEGIN
    UPDATE standings SET comments = comments - 1
        WHERE site_id = OLD.site_id AND verdict = OLD.verdict
            AND decision = ifnull(OLD.decision, '') AND label = ifnull(OLD.label, '');
    INSERT INTO standings
        VALUES (NEW.site_id, NEW.verdict, ifnull(NEW.decision, ''), ifnull(NEW.label, ''), 1)
        ON CONFLICT DO UPDATE SET comments = comments + 1;
END;

-- Comments of one site that are near-duplicates of each other.
CREATE TABLE campaigns (
    campaign   INTEGER PRIMARY KEY AUTOINCREMENT,
    site_id    INTEGER NOT NULL REFERENCES sites,
    -- When the first and the latest of them came.
    first_at   INTEGER NOT NULL,
    last_at    INTEGER NOT NULL,
    -- Of the comments that are kept, by what became of them.
    waiting    INTEGER NOT NULL DEFAULT 0 CHECK (waiting >= 0),
    accepted   INTEGER NOT NULL DEFAULT 0 CHECK (accepted >= 0),
    rejected   INTEGER NOT NULL DEFAULT 0 CHECK (rejected >= 0),
    -- The waiting one whose label tells of the others, and what it tells of itself.
    lead       INTEGER,
    lead_worth REAL NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX campaigns_in_order ON campaigns (site_id, last_at, campaign)
    WHERE waiting + accepted + rejected > 1;

CREATE TRIGGER campaign_joined AFTER INSERT ON comments WHEN NEW.campaign IS NOT NULL BEGIN
    UPDATE campaigns SET
            waiting = waiting + (NEW.outcome = 'hold'),
            accepted = accepted + (NEW.outcome = 'accept'),
            rejected = rejected + (NEW.outcome = 'reject')
        WHERE campaign = NEW.campaign;
END;
CREATE TRIGGER campaign_left AFTER DELETE ON comments WHEN OLD.campaign IS NOT NULL BEGIN
    UPDATE campaigns SET
            waiting = waiting - (OLD.outcome = 'hold'),
            accepted = accepted - (OLD.outcome = 'accept'),
            rejected = rejected - (OLD.outcome = 'reject')
        WHERE campaign = OLD.campaign;
    DELETE FROM campaigns
        WHERE campaign = OLD.campaign AND waiting + accepted + rejected = 0;
END;
CREATE TRIGGER campaign_changed AFTER UPDATE OF verdict, decision, label, campaign ON comments
    WHEN OLD.campaign IS NOT NEW.campaign
        OR (NEW.campaign IS NOT NULL AND OLD.outcome <> NEW.outcome)
BEGIN
    UPDATE campaigns SET
            waiting = waiting - (OLD.outcome = 'hold'),
            accepted = accepted - (OLD.outcome = 'accept'),
            rejected = rejected - (OLD.outcome = 'reject')
        WHERE campaign = OLD.campaign;
    UPDATE campaigns SET
            waiting = waiting + (NEW.outcome = 'hold'),
            accepted = accepted + (NEW.outcome = 'accept'),
            rejected = rejected + (NEW.outcome = 'reject')
        WHERE campaign = NEW.campaign;
    DELETE FROM campaigns
        WHERE campaign = OLD.campaign AND waiting + accepted + rejected = 0;
END;

-- The heaviest reasons of each comment's latest judgement.
CREATE TABLE reason_names (
    reason INTEGER PRIMARY KEY,
    name   TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE reasons (
    reason  INTEGER NOT NULL,
    comment INTEGER NOT NULL,
    PRIMARY KEY (reason, comment)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER reasons_given AFTER INSERT ON comments WHEN NEW.reasons IS NOT NULL BEGIN
    INSERT OR IGNORE INTO reasons SELECT value, NEW.comment FROM json_each(NEW.reasons);
END;
CREATE TRIGGER reasons_changed AFTER UPDATE OF reasons ON comments
    WHEN OLD.reasons IS NOT NEW.reasons
BEGIN
    DELETE FROM reasons WHERE comment = OLD.comment
        AND reason IN (SELECT value FROM json_each(ifnull(OLD.reasons, '[]')));
    INSERT OR IGNORE INTO reasons
        SELECT value, NEW.comment FROM json_each(ifnull(NEW.reasons, '[]'));
END;
CREATE TRIGGER reasons_forgotten AFTER DELETE ON comments WHEN OLD.reasons IS NOT NULL BEGIN
    DELETE FROM reasons WHERE comment = OLD.comment
        AND reason IN (SELECT value FROM json_each(OLD.reasons));
END;

-- How many of the queue are in each language ('' where it is not known) and have
-- each reason: what there is to choose from. Comments count once they are filed.
CREATE TABLE queue_facets (
    site_id INTEGER NOT NULL,
    kind    TEXT NOT NULL CHECK (kind IN ('language', 'reason')),
    value   ANY NOT NULL,
    waiting INTEGER NOT NULL CHECK (waiting >= 0),
    PRIMARY KEY (site_id, kind, value)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER facets_joined AFTER INSERT ON comments
    WHEN NEW.verdict = 'hold' AND NEW.decision IS NULL AND NEW.reasons IS NOT NULL
BEGIN
    INSERT INTO queue_facets VALUES (NEW.site_id, 'language', ifnull(NEW.language, ''), 1)
        ON CONFLICT DO UPDATE SET waiting = waiting + 1;
    INSERT INTO queue_facets
        SELECT NEW.site_id, 'reason', value, 1 FROM json_each(NEW.reasons) WHERE true
        ON CONFLICT DO UPDATE SET waiting = waiting + 1;
END;
CREATE TRIGGER facets_left AFTER DELETE ON comments
    WHEN OLD.verdict = 'hold' AND OLD.decision IS NULL AND OLD.reasons IS NOT NULL
BEGIN
    UPDATE queue_facets SET waiting = waiting - 1
        WHERE site_id = OLD.site_id AND kind = 'language' AND value = ifnull(OLD.language, '');
    UPDATE queue_facets SET waiting = waiting - 1
        WHERE site_id = OLD.site_id AND kind = 'reason'
            AND value IN (SELECT value FROM json_each(OLD.reasons));
END;
CREATE TRIGGER facets_taken AFTER UPDATE OF verdict, decision, language, reasons ON comments
    WHEN OLD.verdict = 'hold' AND OLD.decision IS NULL AND OLD.reasons IS NOT NULL
BEGIN
    UPDATE queue_facets SET waiting = waiting - 1
        WHERE site_id = OLD.site_id AND kind = 'language' AND value = ifnull(OLD.language, '');
    UPDATE queue_facets SET waiting = waiting - 1
        WHERE site_id = OLD.site_id AND kind = 'reason'
            AND value IN (SELECT value FROM json_each(OLD.reasons));
END;
CREATE TRIGGER facets_given AFTER UPDATE OF verdict, decision, language, reasons ON comments
    WHEN NEW.verdict = 'hold' AND NEW.decision IS NULL AND NEW.reasons IS NOT NULL
BEGIN
    INSERT INTO queue_facets VALUES (NEW.site_id, 'language', ifnull(NEW.language, ''), 1)
        ON CONFLICT DO UPDATE SET waiting = waiting + 1;
    INSERT INTO queue_facets
        SELECT NEW.site_id, 'reason', value, 1 FROM json_each(NEW.reasons) WHERE true
        ON CONFLICT DO UPDATE SET waiting = waiting + 1;
END;

-- Full text: the author's name, addresses and content, as `search_text` of the
-- engine spells them. It holds the spelling itself, so that a row can be taken out
-- again whatever later versions spell; what is taken out is written over at once.
CREATE VIRTUAL TABLE search USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);

-- Comments whose present text is not in `search` yet. They are filed many at a
-- time, beside the answers to blogs: one by one costs four times as much.
CREATE TABLE unfiled (comment INTEGER PRIMARY KEY) STRICT;
INSERT INTO unfiled SELECT comment FROM comments;

CREATE TRIGGER text_given AFTER INSERT ON comments BEGIN
    INSERT INTO unfiled VALUES (NEW.comment);
END;
CREATE TRIGGER text_changed AFTER UPDATE OF body ON comments WHEN OLD.body <> NEW.body BEGIN
    DELETE FROM search WHERE rowid = OLD.comment;
    INSERT OR IGNORE INTO unfiled VALUES (NEW.comment);
END;
CREATE TRIGGER text_forgotten AFTER DELETE ON comments BEGIN
    DELETE FROM search WHERE rowid = OLD.comment;
    DELETE FROM unfiled WHERE comment = OLD.comment;
END;

-- What a moderator looks for again and again.
CREATE TABLE saved_filters (
    moderator_id INTEGER NOT NULL REFERENCES moderators ON DELETE CASCADE,
    name         TEXT NOT NULL,
    query        TEXT NOT NULL,
    PRIMARY KEY (moderator_id, name)
) STRICT, WITHOUT ROWID;
