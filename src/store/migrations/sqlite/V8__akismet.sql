-- By what a report finds the comment it is about, where the blog sends no id:
-- keyed hashes of the address with the exact text, and of the words with who
-- wrote them. Only comments that came through Akismet's protocol have them.
ALTER TABLE comments ADD COLUMN exact_text BLOB CHECK (length(exact_text) = 16);
ALTER TABLE comments ADD COLUMN same_words BLOB CHECK (length(same_words) = 16);
CREATE INDEX comments_by_exact_text ON comments (site_id, exact_text)
    WHERE exact_text IS NOT NULL;
CREATE INDEX comments_by_same_words ON comments (site_id, same_words)
    WHERE same_words IS NOT NULL;
-- What the protocol answered: the label that the blog was told, for as long as
-- reports of mistakes are counted against it.
ALTER TABLE comments ADD COLUMN told TEXT CHECK (told IN ('ham', 'spam'));

-- What each site's blog asked and reported, month by month, as Akismet counts.
-- Retention does not lower it.
CREATE TABLE akismet_months (
    site_id         INTEGER NOT NULL REFERENCES sites,
    -- Year times 12, plus the month from 0.
    month           INTEGER NOT NULL,
    ham             INTEGER NOT NULL DEFAULT 0,
    spam            INTEGER NOT NULL DEFAULT 0,
    missed_spam     INTEGER NOT NULL DEFAULT 0,
    false_positives INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (site_id, month)
) STRICT, WITHOUT ROWID;
