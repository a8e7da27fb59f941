-- What a judgement was made from beside the comment and the model, as JSON. It
-- goes with its judgement. Null in those of older versions.
ALTER TABLE judgements ADD COLUMN gathered TEXT;

-- The keyed hashes of the author's name and network, out of `traces`, where the
-- traces are sorted by their subject; see `email_trace`.
ALTER TABLE comments ADD COLUMN name_trace BLOB GENERATED ALWAYS AS (
    CASE WHEN substr(traces, 1, 1) = x'01' THEN substr(traces, 2, 16) END
) VIRTUAL;
ALTER TABLE comments ADD COLUMN network_trace BLOB GENERATED ALWAYS AS (
    CASE x'03'
        WHEN substr(traces, 1, 1) THEN substr(traces, 2, 16)
        WHEN substr(traces, 18, 1) THEN substr(traces, 19, 16)
        WHEN substr(traces, 35, 1) THEN substr(traces, 36, 16)
    END
) VIRTUAL;
ALTER TABLE labels ADD COLUMN name_trace BLOB GENERATED ALWAYS AS (
    CASE WHEN substr(traces, 1, 1) = x'01' THEN substr(traces, 2, 16) END
) VIRTUAL;
ALTER TABLE labels ADD COLUMN email_trace BLOB GENERATED ALWAYS AS (
    CASE x'02'
        WHEN substr(traces, 1, 1) THEN substr(traces, 2, 16)
        WHEN substr(traces, 18, 1) THEN substr(traces, 19, 16)
    END
) VIRTUAL;
ALTER TABLE labels ADD COLUMN network_trace BLOB GENERATED ALWAYS AS (
    CASE x'03'
        WHEN substr(traces, 1, 1) THEN substr(traces, 2, 16)
        WHEN substr(traces, 18, 1) THEN substr(traces, 19, 16)
        WHEN substr(traces, 35, 1) THEN substr(traces, 36, 16)
    END
) VIRTUAL;

-- A person's comments are found by these, in a store of any size.
CREATE INDEX comments_by_name ON comments (name_trace) WHERE name_trace IS NOT NULL;
CREATE INDEX comments_by_network ON comments (network_trace) WHERE network_trace IS NOT NULL;
CREATE INDEX comments_by_time ON comments (site_id, received_at);
CREATE INDEX labels_by_name ON labels (name_trace) WHERE name_trace IS NOT NULL;
CREATE INDEX labels_by_email ON labels (email_trace) WHERE email_trace IS NOT NULL;
CREATE INDEX labels_by_network ON labels (network_trace) WHERE network_trace IS NOT NULL;
CREATE INDEX requests_of_a_comment ON idempotency (site_id, comment_id);
CREATE INDEX differences_on_a_comment ON shadow_differences (comment_id);

-- Models that learnt from labels of this store, by their content hash, wherever
-- their files are.
CREATE TABLE sample_sets (
    sample_set INTEGER PRIMARY KEY,
    model_hash TEXT NOT NULL UNIQUE CHECK (length(model_hash) = 64),
    -- Samples that it learnt from elsewhere. Null if nobody wrote down what it
    -- learnt from.
    others     INTEGER,
    -- Since when it knows something that is to be forgotten.
    tainted_at INTEGER
) STRICT;

CREATE INDEX tainted_sets ON sample_sets (tainted_at) WHERE tainted_at IS NOT NULL;

CREATE TABLE trained_with (
    comment_id BLOB NOT NULL CHECK (length(comment_id) = 16),
    sample_set INTEGER NOT NULL REFERENCES sample_sets ON DELETE CASCADE,
    PRIMARY KEY (comment_id, sample_set)
) STRICT, WITHOUT ROWID;

CREATE INDEX samples_of_a_set ON trained_with (sample_set);

-- What was forgotten by request. What says whose it was is there only until it
-- is done.
CREATE TABLE erasures (
    erasure_id  BLOB PRIMARY KEY CHECK (length(erasure_id) = 16),
    begun_at    INTEGER NOT NULL,
    done_by     TEXT NOT NULL,
    -- The kinds of what was asked by, as JSON.
    asked       TEXT NOT NULL,
    -- What is still to be forgotten, as JSON: ids and keyed hashes.
    selection   TEXT,
    -- Rows by table, as JSON.
    removed     TEXT NOT NULL DEFAULT '{}',
    finished_at INTEGER,
    certificate TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX erasures_in_order ON erasures (begun_at);
CREATE INDEX erasures_unfinished ON erasures (begun_at) WHERE finished_at IS NULL;
