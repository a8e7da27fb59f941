-- What the readiness check writes beside the time: as much as a comment takes.
ALTER TABLE heartbeat ADD COLUMN room BLOB;
