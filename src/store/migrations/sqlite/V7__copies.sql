-- Finds a site's comments of nearly the same text by the first two bands of
-- their fingerprints: an exact copy always, one that shares nine tenths of its
-- shingles in 88 of 100 cases. More bands would cost every check more writing.
CREATE INDEX comments_by_first_band ON comments (site_id, substr(fingerprint, 1, 16))
    WHERE fingerprint IS NOT NULL;
CREATE INDEX comments_by_second_band ON comments (site_id, substr(fingerprint, 17, 16))
    WHERE fingerprint IS NOT NULL;
