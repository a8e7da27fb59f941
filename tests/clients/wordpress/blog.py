"""WordPress with Akismet's plugin, as its owner, its moderators and its commenters use it."""

import os
import signal

import texts
from hamgate import KEY, WRONG_KEY, Hamgate, wait_for

from .browser import Browser
from .installed import URL, WordPress

PLUGIN = os.path.join("integrations", "wordpress", "hamgate.php")
SETTINGS = {"HAMGATE_WEBHOOKS_ALLOW_PRIVATE": "true", "HAMGATE_WEBHOOKS_UNDO_SECONDS": "0"}
ADMIN = f"{URL}/wp-admin"
PUBLISHED, PENDING = "1", "0"
# What a commenter may wait longer because of hamgate; Akismet's plugin alone would wait 45 s.
PATIENCE = 1.0
# A busy machine makes pages slower too, never faster: the quickest of so many counts.
PAGES = 4


def attempts(folder):
    """Yields (what was tried, whether it went well, what was seen)."""
    repository = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
    try:
        with Hamgate(URL, SETTINGS) as hamgate:
            chosen = {which: texts.fitting(hamgate, which) for which in texts.CANDIDATES}
            with WordPress(os.path.join(folder, "debian"), os.path.join(repository, PLUGIN)) as wordpress:
                yield from Blog(hamgate, wordpress, chosen).everything()
    except (RuntimeError, OSError) as error:
        yield "the whole story", False, " ".join(str(error).split())[-600:]


class Blog:
    def __init__(self, hamgate, wordpress, chosen):
        self.hamgate, self.wordpress, self.chosen = hamgate, wordpress, chosen
        self.owner = wordpress.owner
        self.visitors = 1

    def everything(self):
        yield from self.settings()
        yield from self.checks()
        yield from self.decisions()
        yield from self.outages()
        yield from self.reports()

    # --- what happens on the blog

    def comment(self, which):
        """A visitor sends a text that nobody sent; returns the comment's id, the seconds, the text."""
        return self.send(*self.chosen[which].pop(0))

    def send(self, author, email, url, content):
        self.visitors += 1
        # WordPress refuses a second comment from one address within 15 seconds.
        visitor = Browser(f"127.0.0.{self.visitors}")
        page = visitor.open(f"{URL}/?p=1")
        sent = visitor.submit(page, "comment_post_ID", author=author, email=email, url=url, comment=content)
        rows = self.wordpress.query(f"SELECT comment_ID FROM wp_comments WHERE comment_author_email = '{email}'")
        if len(rows) != 1:
            raise RuntimeError(f"the comment of {email} is not in WordPress: {sent.status} {sent.text[-300:]}")
        return rows[0][0], sent.seconds, content

    def status(self, comment):
        """`1` published, `0` pending, or `spam`."""
        return self.wordpress.query(f"SELECT comment_approved FROM wp_comments WHERE comment_ID = {comment}")[0][0]

    def is_shown(self, content):
        return content[:40] in Browser("127.0.0.1").open(f"{URL}/?p=1").text

    def becomes(self, comment, wanted):
        try:
            wait_for(lambda: self.status(comment) == wanted, "it stays")
        except RuntimeError:
            pass
        return self.status(comment) == wanted, self.status(comment)

    def stored(self, content):
        item = self.hamgate.comments()[content]
        return item, self.hamgate.api(f"comments/{item['comment_id']}")["judgements"][0]["verdict"]

    # --- what is tried

    def settings(self):
        self.owner.follow(self.owner.open(f"{ADMIN}/plugins.php"), "action=activate", "akismet")
        page = self.owner.open(f"{ADMIN}/options-general.php?page=akismet-key-config&view=start")
        key = "SELECT option_value FROM wp_options WHERE option_name = 'wordpress_api_key'"
        said = self.owner.submit(page, "key", key=WRONG_KEY)
        got = self.wordpress.query(key)
        refused = "The key you entered is invalid" in said.text and got in ([], [[""]])
        yield "a wrong key is refused by the settings form", refused, str(got)
        page = self.owner.open(f"{ADMIN}/options-general.php?page=akismet-key-config&view=start")
        self.owner.submit(page, "key", key=KEY)
        got = self.wordpress.query(key)
        yield "the key that hamgate made is accepted by the settings form", got == [[KEY]], str(got)
        page = self.owner.open(f"{ADMIN}/options-general.php?page=akismet-key-config&view=stats")
        calm = page.status == 200 and "akismet-critical" not in page.text
        yield "the settings page does not complain", calm, str(page.status)

    def checks(self):
        self.usual = float("inf")
        self.posted = {}
        for which, wanted, name in [
            ("HAM", PUBLISHED, "ham is published at once"),
            ("SPAM", "spam", "spam goes to the spam folder"),
            ("HELD", PENDING, "what hamgate holds is pending"),
        ]:
            comment, seconds, content = self.comment(which)
            self.usual = min(self.usual, seconds)
            self.posted[which] = comment, content
            status, shown = self.status(comment), self.is_shown(content)
            _, verdict = self.stored(content)
            right = verdict == texts.VERDICTS[which] and shown == (which == "HAM")
            yield name, status == wanted and right, f"{status}, {verdict}, {'' if shown else 'not '}shown"

        for which, folder in [("HAM", "approved"), ("SPAM", "spam"), ("HELD", "moderated")]:
            comment, content = self.posted[which]
            table = self.owner.open(f"{ADMIN}/edit-comments.php?comment_status={folder}").text
            row = table.partition(f"id='comment-{comment}'")[2] or table.partition(f'id="comment-{comment}"')[2]
            cell = row.partition("column-hamgate")[2].partition("</td>")[0]
            right = f"<strong>{texts.VERDICTS[which]}</strong><br>" in cell
            reason = cell.rpartition("<br>")[2]
            yield "the comment list shows verdict and reasons", right and (reason or which == "HAM") != "", cell[-120:]

    def decisions(self):
        for decision, wanted, name in [
            ("accept", PUBLISHED, "accepted in hamgate, a pending comment is published"),
            ("reject", "spam", "rejected in hamgate, a pending comment goes to the spam folder"),
        ]:
            comment, content = self.posted.pop("HELD") if "HELD" in self.posted else self.comment("HELD")[::2]
            before = self.status(comment)
            item, _ = self.stored(content)
            self.hamgate.api(f"comments/{item['comment_id']}/decision", {"decision": decision, "learn": False})
            right, status = self.becomes(comment, wanted)
            yield name, right and before == PENDING, f"{before}, then {status}"

    def without_hamgate(self, state):
        """What a commenter sees meanwhile; returns the comment after what was tried."""
        comment, seconds, content = self.comment("HAM")
        status = self.status(comment)
        pending = status == PENDING and not self.is_shown(content)
        for page in range(1, PAGES):
            if seconds - self.usual > PATIENCE:
                name = f"{state.split()[-1]}{page}"
                seconds = min(seconds, self.send(name, f"{name}@mail.example", "", f"This is text {name}.")[1])
        waited = seconds - self.usual
        tried = [
            (f"while hamgate {state}, the page comes within a second", waited <= PATIENCE, f"{waited:+.2f} s"),
            (f"while hamgate {state}, the comment is pending", pending, status),
        ]
        return comment, tried

    def outages(self):
        self.hamgate.process.send_signal(signal.SIGSTOP)
        try:
            hanging, tried = self.without_hamgate("hangs")
        finally:
            self.hamgate.process.send_signal(signal.SIGCONT)
        yield from tried

        self.hamgate.stop()
        down, tried = self.without_hamgate("is down")
        yield from tried

        self.hamgate.start()
        self.wordpress.cron("akismet_schedule_cron_recheck")
        seen = [self.status(comment) for comment in (hanging, down)]
        yield "when hamgate answers again, WordPress checks and publishes them", seen == [PUBLISHED] * 2, str(seen)

    def reports(self):
        for which, folder, action, label, name in [
            ("HAM", "approved", "spamcomment", "spam", "called spam in the comment list, a comment is spam in hamgate too"),
            ("SPAM", "spam", "unspamcomment", "ham", "called not spam in the spam folder, a comment is ham in hamgate too"),
        ]:
            comment, content = self.posted[which]
            page = self.owner.open(f"{ADMIN}/edit-comments.php?comment_status={folder}")
            self.owner.follow(page, f"c={comment}&", f"action={action}")
            item, _ = self.stored(content)
            status = self.status(comment)
            # WordPress puts what is not spam back to where it was, or into Pending.
            moved = (status == "spam") == (label == "spam")
            yield name, moved and item["label"] == label, f"{status}, label {item['label']}"
