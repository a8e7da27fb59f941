//! Holds statements to their indexes: none may walk through a table.

use rusqlite::{Connection, ToSql};

use super::migrate::migrate;

/// Fails if SQLite would walk through a table, or sort what an index has in
/// order.
pub(super) fn assert_no_scan(sql: &str) {
    let mut connection = Connection::open_in_memory().unwrap();
    migrate(&mut connection).unwrap();
    let mut statement = connection
        .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
        .unwrap();
    let nothing: Vec<&dyn ToSql> = vec![&1; statement.parameter_count()];
    let steps = statement.query_map(nothing.as_slice(), |row| row.get::<_, String>("detail"));
    let steps: Vec<String> = steps.unwrap().map(Result::unwrap).collect();
    assert!(!steps.is_empty(), "{sql}");
    for step in &steps {
        let is_table = |name: &str| {
            let scan = format!("SCAN {name}");
            *step == scan || step.starts_with(&format!("{scan} "))
        };
        let scans = TABLES.iter().any(|name| is_table(name));
        assert!(!scans && !step.contains("TEMP B-TREE"), "{sql}\n{steps:#?}");
    }
}

/// Those that grow with the comments.
const TABLES: &[&str] = &[
    "comments",
    "judgements",
    "decisions",
    "labels",
    "day_tallies",
];
