#!/usr/bin/env python3
"""How training grows with its lines: time and memory at 1, 3 and 10 million.

    cargo build --release
    benches/train_scale.py                     # 1 million
    benches/train_scale.py 1 3 10              # millions; 10 take some 3 GB of disk
    benches/train_scale.py --lines 1000 FILE   # only writes generated lines

The lines are made up: sentences of words that are drawn by Zipf's law, on 200
sites of very different sizes, a third of them spam with words, links and names
of its own. They say nothing about quality.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time

SITES = 200
SENTENCES = 40_000


def word(rng):
    syllables = "ba be di do fu ga hi jo ka le mi no pa qu ri so ta ul ve wo xy za".split()
    return "".join(rng.choice(syllables) for _ in range(rng.randint(1, 4)))


def sentences(rng, words, weights):
    made = []
    for _ in range(SENTENCES):
        chosen = rng.choices(words, cum_weights=weights, k=rng.randint(4, 18))
        made.append(" ".join(chosen).capitalize() + rng.choice([".", ".", "!", "?"]))
    return made


def write(path, lines, seed=1):
    rng = random.Random(seed)
    words = sorted({word(rng) for _ in range(60_000)})
    rng.shuffle(words)
    weights, total = [], 0.0
    for rank in range(len(words)):
        total += 1.0 / (rank + 2)
        weights.append(total)
    ham = sentences(rng, words, weights)
    rng.shuffle(words)
    spam = sentences(rng, words, weights)
    names = [word(rng).capitalize() for _ in range(5_000)]
    sites, site_weights, total = [], [], 0.0
    for number in range(SITES):
        sites.append(f"blog-{number:03}.example")
        total += 1.0 / (number + 1)
        site_weights.append(total)
    with open(path, "w", buffering=1 << 22) as out:
        for at in range(lines):
            is_spam = rng.random() < 0.33
            text = " ".join(rng.choices(spam if is_spam else ham, k=rng.randint(1, 4)))
            line = {
                "id": str(at),
                "site": rng.choices(sites, cum_weights=site_weights)[0],
                "content": text,
                "author": rng.choice(names),
                "label": "spam" if is_spam else "ham",
            }
            if is_spam and rng.random() < 0.7:
                host = f"{rng.choice(words)}-{rng.choice(words)}.example"
                line["url"] = f"http://{host}/"
                line["content"] += f" http://{host}/{rng.choice(words)}"
            out.write(json.dumps(line) + "\n")


def measure(binary, millions, folder, arguments):
    lines = int(millions * 1_000_000)
    path = os.path.join(folder, f"{lines}.jsonl")
    write(path, lines)
    size = os.path.getsize(path)
    # A process of its own, so that its peak of memory is its own.
    child = os.fork()
    if child == 0:
        begun = time.time()
        command = [binary, "train", *arguments, path, "--out", os.path.join(folder, "out.model")]
        run = subprocess.run(command, stdout=subprocess.DEVNULL)
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = time.time() - begun
        print(
            f"| {millions:g} | {size / 1e9:.2f} GB | {seconds:.0f} s | {1e6 * seconds / lines:.1f} µs "
            f"| {usage.ru_utime + usage.ru_stime:.0f} s | {usage.ru_maxrss / 1024:.0f} MB |",
            flush=True,
        )
        os._exit(run.returncode)
    _, status = os.waitpid(child, 0)
    os.remove(path)
    if status != 0:
        sys.exit("the training failed")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("millions", nargs="*", help="how many million lines, in turn (1)")
    parser.add_argument("--binary", default="target/release/hamgate")
    parser.add_argument("--on-shipped", action="store_true", help="on the shipped model, not from nothing")
    parser.add_argument("--lines", type=int, help="write so many lines to a file, and train nothing")
    options = parser.parse_args()
    if options.lines:
        write(options.millions[0], options.lines)
        return
    arguments = [] if options.on_shipped else ["--from-scratch"]
    print("| million lines | file | time | per line | processor time | memory |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(dir=".") as folder:
        for millions in options.millions or ["1"]:
            measure(options.binary, float(millions), folder, arguments)


if __name__ == "__main__":
    main()
