"""PyPI `python-akismet`, pointed by its attributes; it puts the key before the host."""

import datetime

from akismet import Akismet, SpamStatus

from attempts import BLOG, IP, KEY, USER_AGENT, WRONG_KEY, attempt, comment


class Hamgate(Akismet):
    protocol = "http"
    domain = "localhost"


client = Hamgate(KEY, blog=BLOG, timeout=5)
stranger = Hamgate(WRONG_KEY, blog=BLOG, timeout=5)
now = datetime.datetime.now()

attempt("wrong key", "AkismetServerError", lambda: stranger.check(IP, USER_AGENT, **comment("HAM")))
attempt("ham", SpamStatus.Ham, lambda: client.check(IP, USER_AGENT, **comment("HAM", comment_date=now)))
attempt("spam", SpamStatus.ProbableSpam, lambda: client.check(IP, USER_AGENT, **comment("SPAM")))
attempt("hold", SpamStatus.Ham, lambda: client.check(IP, USER_AGENT, **comment("HELD")))
attempt("report spam", None, lambda: client.submit_spam(IP, USER_AGENT, **comment("HELD")))
attempt("report ham", None, lambda: client.submit_ham(IP, USER_AGENT, **comment("SPAM")))
attempt(
    "+ recheck after an edit",
    SpamStatus.Ham,
    lambda: client.check(IP, USER_AGENT, **comment("HAM", recheck_reason="edit")),
)
