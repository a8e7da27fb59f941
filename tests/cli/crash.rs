//! `kill -9` in the middle of the load.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::json;

use crate::served::{Served, check, client};

/// Rounds of the kill test, clients, and answers after which the kill comes.
const ROUNDS: usize = 3;
const CLIENTS: usize = 8;
const ANSWERS: usize = 150;

#[test]
fn every_answered_comment_survives_kill_9_and_none_is_there_twice() {
    let data = tempfile::tempdir().unwrap();
    let mut served = Served::start(data.path());
    let key = served.key.clone().unwrap();
    // Own id to hamgate's id, of all rounds.
    let mut answered: BTreeMap<String, String> = BTreeMap::new();
    for round in 0..ROUNDS {
        let answers = Arc::new(Mutex::new(Vec::new()));
        let sent = Arc::new(Mutex::new(Vec::new()));
        let count = Arc::new(AtomicUsize::new(0));
        let clients: Vec<_> = (0..CLIENTS)
            .map(|number| {
                let (address, key) = (served.address.clone(), key.clone());
                let (answers, sent, count) = (answers.clone(), sent.clone(), count.clone());
                std::thread::spawn(move || {
                    let client = client();
                    for turn in 0.. {
                        let id = format!("{round}-{number}-{turn}");
                        let comment = json!({ "id": id, "content": format!("remark {id}") });
                        sent.lock().unwrap().push(comment.clone());
                        let Ok(answer) = check(&client, &address, &key, &comment) else {
                            return;
                        };
                        let known = answer["comment_id"].as_str().unwrap().to_owned();
                        answers.lock().unwrap().push((id, known));
                        count.fetch_add(1, Ordering::Release);
                    }
                })
            })
            .collect();
        while count.load(Ordering::Acquire) < ANSWERS {
            assert!(clients.iter().any(|client| !client.is_finished()));
            std::thread::sleep(Duration::from_millis(1));
        }
        // SIGKILL, in the middle of the load.
        served.child.kill().unwrap();
        served.child.wait().unwrap();
        for client in clients {
            client.join().unwrap();
        }
        let new = std::mem::take(&mut *answers.lock().unwrap());
        let in_round = new.len();
        answered.extend(new);

        served = Served::start(data.path());
        // A blog that got no answer sends the comment again.
        let sent = std::mem::take(&mut *sent.lock().unwrap());
        let unanswered: Vec<_> = sent
            .iter()
            .filter(|comment| !answered.contains_key(comment["id"].as_str().unwrap()))
            .collect();
        let before = stored(&served, &key);
        for comment in &unanswered {
            served.check(&key, comment).unwrap();
        }
        let found = stored(&served, &key);
        for (own, known) in &answered {
            assert_eq!(before.get(own), Some(known), "{own} was answered and lost");
        }
        for comment in &sent {
            assert!(found.contains_key(comment["id"].as_str().unwrap()));
        }
        println!(
            "round {round}: {in_round} answered, {} unanswered; {} answered in all, {} found \
             after the restart, {} after sending the unanswered again, none twice",
            unanswered.len(),
            answered.len(),
            before.len(),
            found.len(),
        );
    }
}

/// Own id to hamgate's id of every stored comment, none twice.
fn stored(served: &Served, key: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut path = "/v1/comments?limit=500".to_owned();
    loop {
        let page = served.get(key, &path);
        for item in page["items"].as_array().unwrap() {
            let own = item["comment"]["id"].as_str().unwrap().to_owned();
            let known = item["comment_id"].as_str().unwrap().to_owned();
            let twice = found.insert(own, known);
            assert_eq!(twice, None, "{item} is there twice");
        }
        match page["next"].as_str() {
            Some(next) => path = format!("/v1/comments?limit=500&cursor={next}"),
            None => return found,
        }
    }
}
