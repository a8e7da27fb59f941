-- By which a site's pages for commenters are addressed: nobody can go through
-- all sites by counting.
ALTER TABLE sites ADD COLUMN public_id TEXT;
UPDATE sites SET public_id = lower(hex(randomblob(16)));
CREATE UNIQUE INDEX sites_by_public_id ON sites (public_id);

-- When its author said that the present text is no spam, and in which words.
ALTER TABLE comments ADD COLUMN appealed_at INTEGER;
ALTER TABLE comments ADD COLUMN appeal TEXT;
-- Those that wait for a person, the first first; it counts them by itself.
CREATE INDEX appeals_in_line ON comments (site_id, appealed_at, comment_id, verdict)
    WHERE appealed_at IS NOT NULL AND decision IS NULL AND verdict <> 'accept';
