"""hamgate itself: the real binary on port 80 with a fresh data directory, and its own API."""

import json
import os
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

KEY = "0123456789ab"
WRONG_KEY = "ba9876543210"
ORIGIN = "http://localhost"


class Hamgate:
    """One site, `blog`, in a data directory of its own: no client sees another's history."""

    def __init__(self, blog, settings=None):
        self.binary = os.environ["HAMGATE_BIN"]
        self.folder = tempfile.TemporaryDirectory(prefix="hamgate-")
        # hamgate refuses settings that it does not know, and these tests' own begin like its.
        plain = {name: value for name, value in os.environ.items() if not name.startswith("HAMGATE_")}
        self.environment = {**plain, "HAMGATE_DATA": self.folder.name, **(settings or {})}
        added = self.run("sites", "add", "blog", "--url", blog, "--akismet-key", KEY, "--json")
        self.api_key = json.loads(added)["api_key"]
        self.process = None

    def run(self, *arguments):
        command = [self.binary, *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{' '.join(arguments)}: {done.stderr.strip()}")
        return done.stdout

    def start(self):
        log = open(os.path.join(self.folder.name, "log"), "a+", encoding="utf-8")
        self.process = subprocess.Popen(
            [self.binary, "serve", "--listen", "127.0.0.1:80"], env=self.environment, stdout=log, stderr=log
        )
        wait_for(self.ready, "hamgate does not start", self.log)

    def ready(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"hamgate has ended:\n{self.log()}")
        with urllib.request.urlopen(f"{ORIGIN}/readyz", timeout=5) as answer:
            return answer.status == 200

    def log(self):
        with open(os.path.join(self.folder.name, "log"), encoding="utf-8") as log:
            return log.read()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=30)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()
        self.folder.cleanup()

    def api(self, path, body=None):
        """Asks `/v1`; `body` makes it a POST."""
        request = urllib.request.Request(
            f"{ORIGIN}/v1/{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.api_key}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def comments(self):
        """Every comment, by its text."""
        items = self.api("comments?limit=500")["items"]
        return {item["comment"]["content"]: item for item in items}


def wait_for(holds, otherwise, more=lambda: "", seconds=30):
    """Returns as soon as `holds()` does; raises `otherwise` when the time is over."""
    end = time.monotonic() + seconds
    while True:
        try:
            found = holds()
            if found:
                return found
        except (urllib.error.URLError, OSError):
            pass
        if time.monotonic() > end:
            raise RuntimeError(f"{otherwise}\n{more()}")
        time.sleep(0.05)
