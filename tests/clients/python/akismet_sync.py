"""PyPI `akismet`, the synchronous client, pointed by its own `http_client` argument."""

import akismet
import httpx

from attempts import BLOG, IP, KEY, USER_AGENT, WRONG_KEY, attempt, comment


def to_hamgate(request):
    request.url = request.url.copy_with(scheme="http", host="localhost", port=80)
    request.headers["Host"] = "localhost"


def client(key):
    http = httpx.Client(timeout=1.0, event_hooks={"request": [to_hamgate]})
    return akismet.SyncClient(akismet.Config(key=key, url=BLOG), http_client=http)


def check(which, **more):
    return client(KEY).comment_check(IP, user_agent=USER_AGENT, **comment(which, **more)).name


attempt("verify key", True, lambda: client(KEY).verify_key())
attempt("wrong key", False, lambda: client(WRONG_KEY).verify_key())
attempt("ham", "HAM", lambda: check("HAM"))
attempt("spam", "SPAM", lambda: check("SPAM"))
attempt("hold", "HAM", lambda: check("HELD"))
attempt("report spam", True, lambda: client(KEY).submit_spam(IP, user_agent=USER_AGENT, **comment("HELD")))
attempt("report ham", True, lambda: client(KEY).submit_ham(IP, user_agent=USER_AGENT, **comment("SPAM")))
attempt("+ check with a wrong key", "APIKeyError", lambda: client(WRONG_KEY).comment_check(IP))
attempt("+ recheck after an edit", "HAM", lambda: check("HAM", recheck_reason="edit"))
attempt(
    "+ guaranteed spam",
    True,
    lambda: client(KEY).comment_check(IP, comment_author="akismet-guaranteed-spam", is_test=1) > 0,
)
attempt("+ usage limit", ["limit", "percentage", "throttled", "usage"], lambda: sorted(client(KEY).usage_limit()))
