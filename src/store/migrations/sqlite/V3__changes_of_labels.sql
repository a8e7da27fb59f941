-- Counts every change of a site's labels, so that who has learnt from them
-- knows by one number whether there is more to learn, or to forget.
ALTER TABLE sites ADD COLUMN label_changes INTEGER NOT NULL DEFAULT 0;
UPDATE sites SET label_changes =
    (SELECT count(*) FROM labels WHERE labels.site_id = sites.site_id);

CREATE TRIGGER label_given AFTER INSERT ON labels BEGIN
    UPDATE sites SET label_changes = label_changes + 1 WHERE site_id = NEW.site_id;
END;
CREATE TRIGGER label_taken_back AFTER DELETE ON labels BEGIN
    UPDATE sites SET label_changes = label_changes + 1 WHERE site_id = OLD.site_id;
END;
CREATE TRIGGER label_changed AFTER UPDATE ON labels BEGIN
    UPDATE sites SET label_changes = label_changes + 1 WHERE site_id = NEW.site_id;
END;

CREATE INDEX labels_of_a_site ON labels (site_id, at);
