#!/usr/bin/env python3
"""hamgate beside bogofilter on the same comments: accuracy, and speed as a ratio.

    benches/bogofilter.py
        The starter corpus in training-data/, cross-validated by halves: each
        half of each file is judged by what the other half taught.

    benches/bogofilter.py --train FILES… --test FILES… [--test FILES…]
        Trains both on the first, measures both on each of the second.

Both learn from nothing. bogofilter gets one message for each comment, with the
author's name and the domain of the e-mail address in `From:`, the author's
address in `X-URL:` and the post in `Subject:`, registered once as what it is;
its parameters are its defaults. Each scores a whole mailbox, or file of lines,
in one process, the two in turns, hamgate on one thread only: by itself it
would use every core. Needs bogofilter (Debian's package); with valgrind it
also counts instructions.

HAMGATE names the program; without it, target/release/hamgate.
"""

import argparse
import json
import math
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HAMGATE = os.environ.get("HAMGATE", str(ROOT / "target/release/hamgate"))
# Without the machine's configuration; comments are UTF-8, and a cache of 64 MiB
# holds the word list.
BOGOFILTER = ["bogofilter", "-C", "--charset-default=utf-8", "--db-transaction=no", "-k", "64"]
REPLICATES = 1_000
ROUNDS = 7
FALSE_POSITIVES = 0.005
PROGRAMS = ("hamgate", "bogofilter")
VERDICTS = ("reject", "hold", "accept")


def read(paths):
    """Labelled lines with a text; a line without a site is of its folder's, as
    hamgate has it."""
    lines = []
    for path in paths:
        for text in open(path, encoding="utf-8"):
            if text.strip():
                line = json.loads(text)
                if line.get("label") in ("ham", "spam") and line.get("content"):
                    line.setdefault("site", Path(path).resolve().parent.name)
                    lines.append(line)
    return lines


def message(line):
    """The comment as a mail in an mbox."""
    flat = lambda key: " ".join(str(line.get(key) or "").split())
    domain = flat("email_domain") or flat("email").rpartition("@")[2] or "unknown.invalid"
    headers = [f"From: {flat('author')} <comment@{domain}>"]
    headers += [f"Subject: {flat('post')}"] if flat("post") else []
    headers += [f"X-URL: {flat('url')}"] if flat("url") else []
    body = re.sub(r"^(>*From )", r">\1", line["content"], flags=re.MULTILINE)
    return "\n".join(
        ["From comment Thu Jan  1 00:00:00 1970", *headers, "MIME-Version: 1.0"]
        + ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit"]
        + ["", body.replace("\r", "\n"), "", ""]
    )


def write(path, parts):
    path.write_text("".join(parts), encoding="utf-8", errors="replace", newline="\n")
    return str(path)


def as_lines(lines):
    # Not ASCII escapes: both programs read the same bytes of text.
    return [json.dumps(line, ensure_ascii=False) + "\n" for line in lines]


class Pair:
    """Both programs, trained on the same lines."""

    def __init__(self, folder, files, options):
        self.words = folder / "bogofilter"
        self.words.mkdir()
        for flag, label in (("-n", "ham"), ("-s", "spam")):
            mails = [message(line) for line in read(files) if line["label"] == label]
            mailbox = write(folder / f"train-{label}.mbox", mails)
            run([*BOGOFILTER, "-d", str(self.words), "-M", flag, "-I", mailbox])
        self.model = str(folder / "hamgate.model")
        run([HAMGATE, "train", "--from-scratch", *options, "--out", self.model, *files])

    def commands(self, folder, lines):
        """How each scores these lines."""
        mailbox = write(folder / f"{len(lines)}.mbox", [message(line) for line in lines])
        asked = [{k: v for k, v in line.items() if k != "label"} for line in lines]
        asked = write(folder / f"{len(lines)}.jsonl", as_lines(asked))
        return {
            "hamgate": [HAMGATE, "score", "--model", self.model, asked],
            "bogofilter": [*BOGOFILTER, "-d", str(self.words), "-M", "-TT", "-I", mailbox],
        }

    def scores(self, folder, lines):
        """For each program (score, label, verdict) of every line."""
        commands = self.commands(folder, lines)
        labels = [line["label"] for line in lines]
        answers = [json.loads(answer) for answer in run(commands["hamgate"]).splitlines()]
        ours = [(answer["log_odds"], answer["verdict"]) for answer in answers]
        theirs = []
        for score in map(float, run(commands["bogofilter"], may_fail=True).split()):
            said = "reject" if score >= 0.99 else "accept" if score <= 0.45 else "hold"
            theirs.append((score, said))
        assert len(ours) == len(theirs) == len(lines), (len(ours), len(theirs), len(lines))
        join = lambda scored: [(score, label, said) for (score, said), label in zip(scored, labels)]
        return {"hamgate": join(ours), "bogofilter": join(theirs)}


def run(command, may_fail=False, env=None):
    """Standard output. bogofilter's exit code is its answer, and 3 an error."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)
    if done.returncode != 0 and not (may_fail and done.returncode in (1, 2)):
        sys.exit(f"{' '.join(command[:3])} …: {done.stderr.decode(errors='replace')}")
    return done.stdout.decode()


# How good.


def ranked(scores):
    """Runs of equal scores, highest first: places of ham and of spam."""
    order = sorted(range(len(scores)), key=lambda at: -scores[at][0])
    runs = []
    for _, tied in groupby(order, key=lambda at: scores[at][0]):
        tied = list(tied)
        runs.append([[at for at in tied if scores[at][1] == label] for label in ("ham", "spam")])
    return runs


def measures(runs, times):
    """(1-ROCA) % and the per cent of spam caught, where each counts so often."""
    counted = [[sum(times[at] for at in places) for places in tied] for tied in runs]
    ham, spam = (sum(column) for column in zip(*counted))
    allowed = math.floor(FALSE_POSITIVES * ham)
    above = caught = spam_above = ham_above = 0
    for ham_here, spam_here in counted:
        # Pairs in the wrong order; ties count half.
        above += ham_here * (spam - spam_above - spam_here) + ham_here * spam_here / 2
        ham_above += ham_here
        spam_above += spam_here
        if ham_above <= allowed:
            caught = spam_above
    return 100 * above / (ham * spam), 100 * caught / spam


def with_intervals(scores):
    """Each program's measures with 95 % bootstrap intervals, ham and spam drawn
    apart, and of the difference of (1-ROCA), where both get the same draws."""
    runs = {name: ranked(of) for name, of in scores.items()}
    labels = [label for _, label, _ in scores["hamgate"]]
    places = [[at for at, of in enumerate(labels) if of == label] for label in ("ham", "spam")]
    once = [1] * len(labels)
    seen = {name: measures(of, once) for name, of in runs.items()}
    drawn = {name: [] for name in runs}
    chance = random.Random(7)
    for _ in range(REPLICATES):
        times = [0] * len(labels)
        for of in places:
            for at in chance.choices(of, k=len(of)):
                times[at] += 1
        for name, of in runs.items():
            drawn[name].append(measures(of, times))
    middle = lambda values: tuple(sorted(values)[int(q * len(values))] for q in (0.025, 0.975))
    table = {}
    for name, values in drawn.items():
        columns = zip(seen[name], zip(*values))
        table[name] = [(value, *middle(column)) for value, column in columns]
    apart = [b[0] - h[0] for b, h in zip(drawn["bogofilter"], drawn["hamgate"])]
    return table, (seen["bogofilter"][0] - seen["hamgate"][0], *middle(apart))


def report(scores):
    labels = [label for _, label, _ in scores["hamgate"]]
    ham, spam = labels.count("ham"), labels.count("spam")
    table, apart = with_intervals(scores)
    allowed = math.floor(FALSE_POSITIVES * ham)
    print(f"{ham} ham, {spam} spam; at 0.5 % false positives {allowed} ham may be wronged\n")
    print("| | (1-ROCA) % | caught at 0.5 % | ham: rejected / held / accepted % | spam: the same |")
    print("|---|---|---|---|---|")
    for name, of in table.items():
        cells = [f"{value:.2f} [{low:.2f}, {high:.2f}]" for value, low, high in of]
        for label, n in (("ham", ham), ("spam", spam)):
            said = [verdict for _, of, verdict in scores[name] if of == label]
            cells.append(" / ".join(f"{100 * said.count(v) / n:.1f}" for v in VERDICTS))
        print(f"| {name} | {' | '.join(cells)} |")
    ratio = table["hamgate"][0][0] / table["bogofilter"][0][0]
    print(
        f"\n(1-ROCA) is {ratio:.2f} of bogofilter's; lower by {apart[0]:.2f} points"
        f" [{apart[1]:.2f}, {apart[2]:.2f}] of the same draws"
    )


# How fast.


def timed(command, env):
    """Seconds of wall clock and of processor."""
    began = time.perf_counter()
    with open(os.devnull, "wb") as nowhere:
        process = subprocess.Popen(command, stdout=nowhere, stderr=nowhere, env=env)
        _, _, used = os.wait4(process.pid, 0)
    return time.perf_counter() - began, used.ru_utime + used.ru_stime


def speed(pair, folder, lines):
    """Whole processes in turns, with all lines and with one."""
    one_thread = {**os.environ, "RAYON_NUM_THREADS": "1"}
    tasks = {
        (name, size): command
        for size in (1, len(lines))
        for name, command in pair.commands(folder, lines[:size]).items()
    }
    taken = {task: [] for task in tasks}
    for turn in range(ROUNDS + 1):
        for task, command in tasks.items():
            spent = timed(command, one_thread)
            # The first turn brings the files into memory.
            if turn:
                taken[task].append(spent)
    print(f"\n{len(lines)} comments, {ROUNDS} turns (median; bogofilter's over hamgate's)\n")
    print("| | hamgate | bogofilter | ratio | lowest to highest |")
    print("|---|---|---|---|---|")
    for kind, clock in ((0, "wall, one thread"), (1, "processor")):
        of = lambda name, size: [turn[kind] for turn in taken[name, size]]
        whole = {name: of(name, len(lines)) for name in PROGRAMS}
        start = {name: of(name, 1) for name in PROGRAMS}
        rest = {
            name: [(w - s) / (len(lines) - 1) for w, s in zip(whole[name], start[name])]
            for name in PROGRAMS
        }
        rows = (("whole process, ms", 1e3, whole), ("start and one comment, ms", 1e3, start))
        for title, factor, times in (*rows, ("each further comment, µs", 1e6, rest)):
            cells = [f"{factor * statistics.median(times[name]):.1f}" for name in PROGRAMS]
            ratios = [b / h for h, b in zip(*(times[name] for name in PROGRAMS))]
            cells += [f"{statistics.median(ratios):.2f}", f"{min(ratios):.2f} to {max(ratios):.2f}"]
            print(f"| {title} ({clock}) | {' | '.join(cells)} |")


def instructions(pair, folder, lines):
    """Of one comment, without the start: of many comments less those of few."""
    if not shutil.which("valgrind"):
        print("no valgrind: instructions are not counted")
        return
    one_thread = {**os.environ, "RAYON_NUM_THREADS": "1"}
    callgrind = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={os.devnull}"]
    counted = {}
    few, many = len(lines) // 4, len(lines)
    for size in (few, many):
        for name, command in pair.commands(folder, lines[:size]).items():
            told = subprocess.run(
                [*callgrind, *command],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=one_thread,
            )
            found = re.search(rb"Collected : (\d+)", told.stderr)
            counted[name, size] = int(found[1]) if found else sys.exit(told.stderr.decode())
    each = {n: (counted[n, many] - counted[n, few]) / (many - few) for n in PROGRAMS}
    start = {n: counted[n, few] - few * each[n] for n in PROGRAMS}
    print(f"\ninstructions by callgrind, {few} and {many} comments:")
    for name in PROGRAMS:
        print(f"{name}: {each[name]:,.0f} a comment, {start[name]:,.0f} to start")
    ratio = each["bogofilter"] / each["hamgate"]
    print(f"bogofilter takes {ratio:.2f} times hamgate's for each comment")


def versions():
    for program, remedy in ((HAMGATE, "cargo build --release"), ("bogofilter", "apt install bogofilter")):
        if not shutil.which(program):
            sys.exit(f"no {program}: {remedy}")
    programs = [[HAMGATE, "--version"], ["bogofilter", "-V"]]
    named = [run(program).splitlines()[0] for program in programs]
    print(f"{'; '.join(named)}; {time.strftime('%Y-%m-%d')}")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    files = {"nargs": "+", "metavar": "FILE"}
    parser.add_argument("--train", **files, help="comment lines that teach both")
    parser.add_argument("--test", **files, action="append", help="lines that measure both")
    parser.add_argument("--together", metavar="SITES", help="handed on to hamgate train")
    parser.add_argument("--other-genre", metavar="SITES", help="the same")
    counted = "count instructions with so many comments; 0: do not"
    parser.add_argument("--instructions", type=int, default=400, metavar="N", help=counted)
    asked = parser.parse_args()
    if bool(asked.train) != bool(asked.test):
        parser.error("--train and --test go together")
    known = {"--together": asked.together, "--other-genre": asked.other_genre}
    options = [f"{option}={value}" for option, value in known.items() if value]
    versions()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        if asked.train:
            pair = Pair(folder, asked.train, options)
            for files in asked.test:
                lines = read(files)
                print(f"\n## {', '.join(Path(file).stem for file in files)}")
                report(pair.scores(folder, lines))
                speed(pair, folder, lines)
        else:
            halves = [[], []]
            for file in sorted((ROOT / "training-data").glob("*.jsonl")):
                lines = read([file])
                halves[0] += lines[: len(lines) // 2]
                halves[1] += lines[len(lines) // 2 :]
            pooled = {name: [] for name in PROGRAMS}
            for at, lines in enumerate(halves):
                of = folder / str(at)
                of.mkdir()
                other = write(of / "other-half.jsonl", as_lines(halves[1 - at]))
                pair = Pair(of, [other], options)
                for name, scored in pair.scores(of, lines).items():
                    pooled[name] += scored
            print("\n## training-data, cross-validated by halves")
            report(pooled)
            speed(pair, folder, lines)
        if asked.instructions:
            random.Random(7).shuffle(lines)
            instructions(pair, folder, lines[: asked.instructions])


if __name__ == "__main__":
    main()
