"""What every Python client shares: one line for each thing tried, and the texts to try it with."""

import os

KEY = os.environ["AKISMET_KEY"]
WRONG_KEY = os.environ["AKISMET_WRONG_KEY"]
BLOG = os.environ["AKISMET_BLOG"]
IP = os.environ["COMMENT_IP"]
USER_AGENT = os.environ["COMMENT_USER_AGENT"]


def comment(which, **more):
    """Akismet's fields of the comment that is called `which`: HAM, SPAM or HELD."""
    return {
        "comment_type": "comment",
        "comment_author": os.environ[f"{which}_AUTHOR"],
        "comment_author_email": os.environ[f"{which}_EMAIL"],
        "comment_author_url": os.environ[f"{which}_URL"],
        "comment_content": os.environ[f"{which}_CONTENT"],
        "permalink": f"{BLOG}/post",
        **more,
    }


def judged(name, wanted, got):
    got = str(got).replace("\t", " ").replace("\n", " ")
    print(name, "ok" if got == str(wanted) else "FAILED", got, sep="\t", flush=True)


def attempt(name, wanted, call):
    """Prints `name`, whether `call` gave what was wanted, and what it gave."""
    try:
        got = call()
    except Exception as error:  # what the client raises is its answer
        got = type(error).__name__
    judged(name, wanted, got)
