"""PyPI `pykismet3`, as it is: plain HTTP to KEY.rest.akismet.com, which only DNS points at hamgate."""

from pykismet3 import Akismet

from attempts import BLOG, IP, KEY, USER_AGENT, WRONG_KEY, attempt, comment

client = Akismet(api_key=KEY, blog_url=BLOG, user_agent="tests/1.0")
stranger = Akismet(api_key=WRONG_KEY, blog_url=BLOG, user_agent="tests/1.0")


def fields(which):
    made = comment(which, user_ip=IP, user_agent=USER_AGENT, referrer="")
    made["content_type"] = made.pop("comment_type")
    return made


attempt("wrong key", "AkismetServerError", lambda: stranger.check(fields("HAM")))
attempt("ham", False, lambda: client.check(fields("HAM")))
attempt("spam", True, lambda: client.check(fields("SPAM")))
attempt("hold", False, lambda: client.check(fields("HELD")))
attempt("report spam", None, lambda: client.submit_spam(fields("HELD")))
attempt("report ham", None, lambda: client.submit_ham(fields("SPAM")))
