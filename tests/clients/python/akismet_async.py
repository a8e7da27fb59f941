"""PyPI `akismet`, the asynchronous client, as it is: only DNS and the certificate are ours."""

import asyncio

import akismet

from attempts import BLOG, IP, KEY, USER_AGENT, WRONG_KEY, comment, judged


async def client(key=KEY):
    return await akismet.AsyncClient.validated_client(akismet.Config(key=key, url=BLOG))


async def verified(key):
    await client(key)
    return True


async def check(which, **more):
    answer = await (await client()).comment_check(IP, user_agent=USER_AGENT, **comment(which, **more))
    return answer.name


async def guaranteed():
    return await (await client()).comment_check(IP, comment_author="akismet-guaranteed-spam", is_test=1) > 0


async def report(label, which):
    report = getattr(await client(), f"submit_{label}")
    return await report(IP, user_agent=USER_AGENT, **comment(which))


async def usage():
    return sorted(await (await client()).usage_limit())


async def attempt(name, wanted, call):
    try:
        got = await call
    except Exception as error:  # what the client raises is its answer
        got = type(error).__name__
    judged(name, wanted, got)


async def main():
    await attempt("verify key", True, verified(KEY))
    await attempt("wrong key", "APIKeyError", verified(WRONG_KEY))
    await attempt("ham", "HAM", check("HAM"))
    await attempt("spam", "SPAM", check("SPAM"))
    await attempt("hold", "HAM", check("HELD"))
    await attempt("report spam", True, report("spam", "HELD"))
    await attempt("report ham", True, report("ham", "SPAM"))
    await attempt("+ recheck after an edit", "HAM", check("HAM", recheck_reason="edit"))
    await attempt("+ guaranteed spam", True, guaranteed())
    await attempt("+ usage limit", ["limit", "percentage", "throttled", "usage"], usage())


asyncio.run(main())
