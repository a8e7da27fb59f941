-- What an owner set for the site, as one JSON object; what is missing in it has
-- its default.
ALTER TABLE sites ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';
