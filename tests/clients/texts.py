"""The comments to try with. hamgate itself says which of them it accepts, holds and rejects."""

# Each list is tried in turn by `POST /v1/check` as a dry run; what comes out clearest is taken, so
# that another model only changes the choice. All of it is written for these tests.
IP = "203.0.113.7"
USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"

CANDIDATES = {
    "HAM": [
        ("Mia", "mia@mail.example", "", "I tried your recipe on Sunday with rye instead of wheat. The dough was stickier than in your photos, so I baked it ten minutes longer. Did you also find that it tastes better on the second day?"),
        ("Jonas W.", "jonas@mail.example", "", "Thanks, that explains why my starter smelled of vinegar. I had kept it far too warm next to the oven. It has been in the cellar for a week now and rises again."),
        ("Petra", "petra@mail.example", "", "You write that the loaf should rest for an hour, but the second photo says forty minutes. Which of them is right? My oven is small, so I cannot bake both loaves at once."),
    ],
    "SPAM": [
        ("best online casino", "win@casino.example", "http://best-online-casino.example/bonus", 'Great post! <a href="http://best-online-casino.example/bonus">online casino bonus</a> <a href="http://cheap-viagra.example">buy cheap viagra online</a> <a href="http://payday-loans.example">payday loans no credit check</a>'),
        ("Cheap Viagra Online", "pills@pharmacy.example", "http://cheap-pills.example/viagra", "[url=http://cheap-pills.example/viagra]buy viagra online[/url] [url=http://cheap-pills.example/cialis]cheap cialis without prescription[/url] [url=http://cheap-pills.example/levitra]order levitra[/url]"),
        ("replica watches", "sell@watches.example", "http://replica-watches.example", 'Hello, I read your blog occasionally and own a similar one. <a href="http://replica-watches.example">replica rolex watches</a> <a href="http://replica-handbags.example">cheap louis vuitton handbags outlet</a> http://replica-shoes.example http://cheap-jerseys.example'),
        ("essay writing service", "write@essays.example", "http://essay-service.example", "Buy essay online cheap! http://essay-service.example http://buy-followers.example http://seo-backlinks.example Best SEO backlinks, buy instagram followers, 100% guaranteed, click here now!!!"),
    ],
    "HELD": [
        ("Roofing Berlin", "info@roofing.example", "http://roofing-berlin.example", "Very helpful article. We repair roofs ourselves and would add that the flashing matters most."),
        ("Anna Keller", "anna@keller.example", "http://keller-consulting.example", "Nice article, thank you for sharing."),
        ("Daniel", "daniel@mail.example", "http://daniels-garden-tools.example", "Great tips! I wrote something about garden tools on my own page, too."),
        ("Sam", "sam@mail.example", "", "Nice post, keep it up!"),
        ("Lena's Kitchen Shop", "lena@kitchen.example", "http://lenas-kitchen-shop.example", "I really like your blog. We sell baking tins and have a discount this week."),
        ("Tom", "tom@mail.example", "http://tom-photography.example", "Wonderful pictures! Which camera do you use? Mine are at http://tom-photography.example"),
        ("web design", "hello@design.example", "http://web-design-studio.example", "Good information, I will come back and read more."),
        ("Nora", "nora@mail.example", "http://cheap-flights-blog.example", "Thanks for this. We flew there last spring and paid far less than you did."),
    ],
}
VERDICTS = {"HAM": "accept", "SPAM": "reject", "HELD": "hold"}


def fitting(hamgate, which):
    """The candidates that get their verdict, the most ham-like first."""
    judged = [(judge(hamgate, *candidate), candidate) for candidate in CANDIDATES[which]]
    fit = [(answer["log_odds"], candidate) for answer, candidate in judged if answer["verdict"] == VERDICTS[which]]
    if not fit:
        seen = ", ".join(f"{answer['verdict']} {answer['log_odds']:+.2f}" for answer, _ in judged)
        raise RuntimeError(f"texts.py: none of the candidates for {which} is {VERDICTS[which]}ed: {seen}")
    return [candidate for _, candidate in sorted(fit)]


def choose(hamgate):
    """One comment for each verdict, as (author, email, url, content): the clearest."""
    fit = {which: fitting(hamgate, which) for which in CANDIDATES}
    return {"HAM": fit["HAM"][0], "SPAM": fit["SPAM"][-1], "HELD": fit["HELD"][len(fit["HELD"]) // 2]}


def judge(hamgate, author, email, url, content):
    """What hamgate says of the comment, which it forgets at once."""
    who = {"name": author, "email": email, "url": url, "ip": IP, "user_agent": USER_AGENT}
    return hamgate.api("check", {"dry_run": True, "author": who, "content": content, "kind": "comment"})


def environment(chosen):
    """The chosen comments as the client scripts read them."""
    named = {"COMMENT_IP": IP, "COMMENT_USER_AGENT": USER_AGENT}
    for which, fields in chosen.items():
        for name, value in zip(("AUTHOR", "EMAIL", "URL", "CONTENT"), fields):
            named[f"{which}_{name}"] = value
    return named
