-- What a moderator had before them when deciding, and why the decision ended.
ALTER TABLE decisions ADD COLUMN site_id INTEGER;
ALTER TABLE decisions ADD COLUMN verdict TEXT CHECK (verdict IN ('accept', 'hold', 'reject'));
ALTER TABLE decisions ADD COLUMN log_odds REAL;
ALTER TABLE decisions ADD COLUMN model TEXT;
ALTER TABLE decisions ADD COLUMN policy TEXT;
ALTER TABLE decisions ADD COLUMN ended_because TEXT
    CHECK (ended_because IN ('undone', 'replaced', 'reworded'));

-- Of those that are there, the last judgement before them.
UPDATE decisions SET (site_id, verdict, log_odds, model, policy) = (
    SELECT comments.site_id, judgements.body ->> '$.verdict', judgements.body ->> '$.log_odds',
        judgements.body ->> '$.model', judgements.body ->> '$.policy'
    FROM judgements JOIN comments USING (comment)
    WHERE judgements.comment = decisions.comment
    ORDER BY judgements.at <= decisions.at DESC, judgements.judgement DESC LIMIT 1
);
UPDATE decisions SET ended_because = CASE
    WHEN EXISTS (SELECT 1 FROM decisions AS later
        WHERE later.comment = decisions.comment AND later.at = decisions.undone_at) THEN 'replaced'
    WHEN EXISTS (SELECT 1 FROM judgements
        WHERE judgements.comment = decisions.comment
            AND judgements.at = decisions.undone_at) THEN 'reworded'
    ELSE 'undone'
END WHERE undone_at IS NOT NULL;

CREATE INDEX decisions_in_order ON decisions (site_id, at, decision_id);
CREATE INDEX decisions_by_whom ON decisions (site_id, decided_by, at, decision_id);
CREATE INDEX decisions_replaced ON decisions (site_id, at) WHERE ended_because = 'replaced';

-- The verdict that a labelled comment had got, so that taking the label back
-- subtracts from the day exactly what it added. Null where it is not known.
ALTER TABLE labels ADD COLUMN verdict TEXT CHECK (verdict IN ('accept', 'hold', 'reject'));
UPDATE labels SET verdict = (
    SELECT judgements.body ->> '$.verdict'
    FROM comments JOIN judgements USING (comment)
    WHERE comments.site_id = labels.site_id AND comments.comment_id = labels.comment_id
    ORDER BY judgements.at <= labels.at DESC, judgements.judgement DESC LIMIT 1
);

-- What happened on a site on each day (UTC, counted from 1970), so that no page
-- has to count comments. Retention does not lower it. `what` is
-- 'accept', 'hold', 'reject': an answer of the filter;
-- 'decided-accept', 'decided-reject', 'decided-only' (rejected without
--     learning): a decision that was not taken back;
-- 'accept-ham' to 'reject-spam': a label that stands, after the verdict that
--     its comment had got.
CREATE TABLE day_tallies (
    site_id INTEGER NOT NULL REFERENCES sites ON DELETE CASCADE,
    day     INTEGER NOT NULL,
    what    TEXT NOT NULL,
    number  INTEGER NOT NULL,
    PRIMARY KEY (site_id, day, what)
) STRICT, WITHOUT ROWID;

-- 86,400,000,000 microseconds are a day.
INSERT INTO day_tallies
    SELECT site_id, judgements.at / 86400000000, judgements.body ->> '$.verdict', count(*)
    FROM judgements JOIN comments USING (comment) GROUP BY 1, 2, 3;
INSERT INTO day_tallies
    SELECT site_id, at / 86400000000,
        CASE WHEN learn OR kind = 'accept' THEN 'decided-' || kind ELSE 'decided-only' END,
        count(*)
    FROM decisions WHERE ended_because IS NOT 'undone' AND site_id IS NOT NULL GROUP BY 1, 2, 3;
INSERT INTO day_tallies
    SELECT site_id, at / 86400000000, verdict || '-' || label, count(*)
    FROM labels WHERE verdict IS NOT NULL GROUP BY 1, 2, 3;
