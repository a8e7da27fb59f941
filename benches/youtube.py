#!/usr/bin/env python3
"""Accuracy on videos of the YouTube Spam Collection, as its authors measured.

    benches/youtube.py [--base MODEL] FILE.jsonl …

Each file holds one video's comment lines, oldest first. The first 70 % of its
ham and the first 70 % of its spam train a model from nothing; the rest is
judged by it. Accuracy is of the two-way decision: spam where the log-odds are
above 0. With a base that has seen none of these comments (the shipped model
has), also how that does by itself, and with the 70 % trained on top of it.

HAMGATE names the program; without it, target/release/hamgate.
"""

import argparse
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HAMGATE = os.environ.get("HAMGATE", str(ROOT / "target/release/hamgate"))
SHARE = 0.7


def split(path):
    """The file's labelled lines: those that train, and those that test."""
    lines = [json.loads(line) for line in open(path, encoding="utf-8") if line.strip()]
    lines = [line for line in lines if "label" in line]
    if any(a.get("date", "") > b.get("date", "") for a, b in zip(lines, lines[1:])):
        sys.exit(f"{path} is not in the order of its dates")
    first = set()
    for label in ("ham", "spam"):
        places = [at for at, line in enumerate(lines) if line["label"] == label]
        first.update(places[: round(SHARE * len(places))])
    train = [line for at, line in enumerate(lines) if at in first]
    test = [line for at, line in enumerate(lines) if at not in first]
    return train, test


def write(path, lines):
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")
    return str(path)


def hamgate(*words):
    done = subprocess.run([HAMGATE, *words], check=True, stdout=subprocess.PIPE)
    return done.stdout.decode()


def right(model, test_file, test):
    """How many of the lines fall on their label's side of 0."""
    answers = hamgate("score", "--model", model, test_file).splitlines()
    said = [json.loads(answer)["log_odds"] > 0 for answer in answers]
    assert len(said) == len(test)
    return sum(is_spam == (line["label"] == "spam") for is_spam, line in zip(said, test))


def wilson(count, n):
    """95 % interval of a share (Wilson 1927)."""
    z = 1.959963984540054
    share, z2 = count / n, z * z
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = z * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return 100 * max(0, centre - half), 100 * min(1, centre + half)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="one video's comment lines")
    parser.add_argument("--base", metavar="MODEL", help="a model that has seen none of them")
    asked = parser.parse_args()
    if not shutil.which(HAMGATE):
        sys.exit(f"no {HAMGATE}: cargo build --release")
    print(hamgate("--version").strip())
    print("accuracy of the last 30 % in per cent, at log-odds 0 [95 % Wilson]\n")
    titles = ["video", "train", "test", "from nothing"]
    titles += ["base", "70 % on the base"] if asked.base else []
    print(f"| {' | '.join(titles)} |\n|{'---|' * len(titles)}")
    with tempfile.TemporaryDirectory() as folder:
        for path in asked.files:
            train, test = split(path)
            name = Path(path).stem
            named = lambda ending: Path(folder) / f"{name}-{ending}"
            train_file = write(named("train.jsonl"), train)
            test_file = write(named("test.jsonl"), test)
            models = [str(named("alone.model"))]
            hamgate("train", "--from-scratch", "--out", models[0], train_file)
            if asked.base:
                on_top = str(named("on-top.model"))
                hamgate("train", "--base", asked.base, "--out", on_top, train_file)
                models += [asked.base, on_top]
            cells = [name, str(len(train)), str(len(test))]
            for model in models:
                count = right(model, test_file, test)
                low, high = wilson(count, len(test))
                cells.append(f"{100 * count / len(test):.1f} [{low:.1f}, {high:.1f}]")
            print(f"| {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
