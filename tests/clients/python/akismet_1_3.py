"""PyPI `akismet` 1.3, its old client, pointed by the class's own constants."""

import warnings

import akismet

from attempts import BLOG, IP, KEY, USER_AGENT, WRONG_KEY, attempt, comment

warnings.simplefilter("ignore", DeprecationWarning)


class Hamgate(akismet.Akismet):
    COMMENT_CHECK_URL = "http://localhost/1.1/comment-check"
    SUBMIT_HAM_URL = "http://localhost/1.1/submit-ham"
    SUBMIT_SPAM_URL = "http://localhost/1.1/submit-spam"
    VERIFY_KEY_URL = "http://localhost/1.1/verify-key"


def client():
    return Hamgate(key=KEY, blog_url=BLOG)


attempt("verify key", True, lambda: Hamgate.verify_key(KEY, BLOG))
attempt("wrong key", False, lambda: Hamgate.verify_key(WRONG_KEY, BLOG))
attempt("ham", False, lambda: client().comment_check(IP, USER_AGENT, **comment("HAM")))
attempt("spam", True, lambda: client().comment_check(IP, USER_AGENT, **comment("SPAM")))
attempt("hold", False, lambda: client().comment_check(IP, USER_AGENT, **comment("HELD")))
attempt("report spam", True, lambda: client().submit_spam(IP, USER_AGENT, **comment("HELD")))
attempt("report ham", True, lambda: client().submit_ham(IP, USER_AGENT, **comment("SPAM")))
attempt("+ a client with a wrong key", "APIKeyError", lambda: Hamgate(key=WRONG_KEY, blog_url=BLOG))
attempt(
    "+ recheck after an edit",
    False,
    lambda: client().comment_check(IP, USER_AGENT, **comment("HAM", recheck_reason="edit")),
)
