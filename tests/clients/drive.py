"""Runs every client against hamgate, inside the namespace that `run.sh` makes.

Prints a line for each thing tried and writes them to FOLDER/results.jsonl, which `table.py` reads.
"""

import argparse
import json
import os
import subprocess
import sys

import front
import registry
import texts
from hamgate import KEY, WRONG_KEY, Hamgate
from wordpress import blog

HERE = os.path.dirname(os.path.abspath(__file__))
BLOG = "https://bread.example"
# What a script has to try; without `verify key` where the client has no such call.
USUAL = ["wrong key", "ham", "spam", "hold", "report spam", "report ham"]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--folder", required=True, help="where run.sh installed the clients")
    arguments.add_argument("names", nargs="*", help="only these clients")
    options = arguments.parse_args()
    everyone = [*registry.CLIENTS, registry.WORDPRESS]
    unknown = set(options.names) - {client.name for client in everyone}
    if unknown:
        sys.exit(f"no such client: {', '.join(sorted(unknown))}; there are: {', '.join(c.name for c in everyone)}")

    certificate = front.start(options.folder)
    results = []
    for client in everyone:
        if options.names and client.name not in options.names:
            continue
        if client is registry.WORDPRESS:
            tries = blog.attempts(options.folder)
        else:
            tries = small_client(client, options.folder, certificate)
        results += [report(client.name, *one) for one in tries]

    with open(os.path.join(options.folder, "results.jsonl"), "w", encoding="utf-8") as out:
        out.writelines(json.dumps(result) + "\n" for result in results)
    failed = sum(not result["ok"] for result in results)
    print(f"{len(results) - failed} passed, {failed} failed", flush=True)
    sys.exit(1 if failed else 0)


def report(client, name, ok, got):
    print(f"{client}\t{name}\t{'ok' if ok else 'FAILED'}\t{got}", flush=True)
    return {"client": client, "try": name, "ok": ok, "got": got}


def small_client(client, folder, certificate):
    """What the client's script tried, and then what of it is in hamgate's store."""
    environment = {
        **os.environ,
        "AKISMET_KEY": KEY,
        "AKISMET_WRONG_KEY": WRONG_KEY,
        "AKISMET_BLOG": BLOG,
        # The system's authorities know nothing of our certificate, and need not.
        "SSL_CERT_FILE": certificate,
    }
    if client.path:
        environment["PYTHONPATH"] = os.path.join(folder, "python", client.path)
    command = [part.format(here=HERE, made=folder) for part in client.command]
    with Hamgate(BLOG) as hamgate:
        chosen = texts.choose(hamgate)
        environment.update(texts.environment(chosen))
        try:
            done = subprocess.run(
                command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=120, check=False
            )
            said, complaint = done.stdout, " ".join(done.stderr.split())
        except (OSError, subprocess.TimeoutExpired) as error:
            said, complaint = "", str(error)
        tried = [line.split("\t", 2) for line in said.splitlines() if line.count("\t") >= 2]
        tries = [(name, word == "ok", got) for name, word, got in tried]
        missing = set(USUAL) - {name for name, _, _ in tries}
        if missing:
            tries.append(("the whole script", False, f"did not try {', '.join(sorted(missing))}: {complaint[-400:]}"))
        return tries + list(stored(hamgate, chosen))


def stored(hamgate, chosen):
    """Whether the store holds what the client said: each text with its verdict and its label."""
    comments = hamgate.comments()
    for which, verdict, label in [("HAM", "accept", None), ("SPAM", "reject", "ham"), ("HELD", "hold", "spam")]:
        item = comments.get(chosen[which][3])
        if item is None:
            yield f"stored {which}", False, "not there"
            continue
        first = hamgate.api(f"comments/{item['comment_id']}")["judgements"][0]["verdict"]
        got = f"{first}, label {item['label']}"
        yield f"stored {which}", got == f"{verdict}, label {label}", got
    yield "stored once", len(comments) == 3, f"{len(comments)} comments"


if __name__ == "__main__":
    main()
