"""Writes docs/clients.md from FOLDER/results.jsonl, or checks that it is what it would write.

What stands in the table depends on the clients pinned here and on what passed, never on a version
that Debian chose, a time or a score: so it is stale only when something changed.
"""

import json
import sys

import registry

COLUMNS = ["verify key", "wrong key", "ham", "spam", "hold", "report spam", "report ham"]
HEAD = """# Akismet clients that hamgate was tried with

<!-- Made by `tests/clients/run.sh --write`; change tests/clients, not this. -->

Each client is the unmodified package from its registry, run against the real hamgate
by [tests/clients](../tests/clients/README.md) before every merge.

- `yes`: the client said what it should; `NO`: it did not; `–`: it has no such call.
- *hold*: what a client says of a comment that hamgate holds. Akismet's protocol has no
  word for it, so all but WordPress see the comment as ham; what is answered can be
  changed by `hamgate sites set NAME --hold`.
- *stored*: afterwards hamgate's own API shows each comment once, with its verdict
  and with the label that the client reported.
"""
POINTED = """
How each is pointed at hamgate:

- **DNS**: `rest.akismet.com` and `KEY.rest.akismet.com` resolve to hamgate's address (in `/etc/hosts`,
  or in your resolver). Clients that speak HTTPS also need a reverse proxy with a
  certificate for these names that they trust.
- **key before the host**: the client calls `KEY.HOST`, so that name has to resolve too.
"""


def main():
    results, target = sys.argv[1:3]
    with open(results, encoding="utf-8") as lines:
        tried = [json.loads(line) for line in lines]
    made = document(tried)
    if "--write" in sys.argv[3:]:
        with open(target, "w", encoding="utf-8") as out:
            out.write(made)
        return
    try:
        with open(target, encoding="utf-8") as found:
            stands = found.read()
    except FileNotFoundError:
        stands = ""
    if stands != made:
        sys.exit("docs/clients.md is stale; run: tests/clients/run.sh --write")


def document(tried):
    return HEAD + "\n" + table(tried) + POINTED + more(tried) + wordpress(tried)


def of(client, tried):
    """What was tried with a client, in order: name to whether all of that name passed."""
    found = {}
    for one in tried:
        if one["client"] == client.name:
            found[one["try"]] = found.get(one["try"], True) and one["ok"]
    return found


def word(found, names):
    there = [found[name] for name in names if name in found]
    if not there:
        return "–"
    return "yes" if all(there) else "NO"


def title(client):
    return f"{client.source} {client.version}" if client.version else client.source


def table(tried):
    lines = [["client", "pointed by", *COLUMNS, "stored"]]
    lines.append(["---"] * len(lines[0]))
    for client in registry.CLIENTS:
        found = of(client, tried)
        stored = [name for name in found if name.startswith("stored") or name == "the whole script"]
        cells = [word(found, [column]) for column in COLUMNS] + [word(found, stored)]
        lines.append([title(client), client.pointed, *cells])
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def more(tried):
    lines = ["\n## What some of them can do besides\n\n"]
    for client in registry.CLIENTS:
        found = of(client, tried)
        extra = [name[2:] + ("" if ok else ": **NO**") for name, ok in found.items() if name.startswith("+ ")]
        if extra:
            lines.append(f"- {title(client)}: {'; '.join(extra)}\n")
    return "".join(lines)


def wordpress(tried):
    client = registry.WORDPRESS
    lines = [
        "\n## WordPress\n\n",
        f"{client.source}, pointed by [hamgate.php](../integrations/wordpress/hamgate.php); used as an\n",
        "owner, a moderator and a commenter use it, through its pages.\n\n",
    ]
    found = of(client, tried)
    lines += [f"- {'yes' if ok else '**NO**'}: {name}\n" for name, ok in found.items()]
    return "".join(lines)


if __name__ == "__main__":
    main()
