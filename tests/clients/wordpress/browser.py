"""A browser without scripts: cookies, links and forms, from an address of its own."""

import functools
import html
import html.parser
import http.client
import http.cookiejar
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import namedtuple

import texts

Page = namedtuple("Page", "status url text seconds")


class FromAddress(urllib.request.HTTPHandler):
    """Connects from one of this machine's own addresses: each visitor has another."""

    def __init__(self, address):
        super().__init__()
        self.connection = functools.partial(http.client.HTTPConnection, source_address=(address, 0))

    def http_open(self, request):
        return self.do_open(self.connection, request)


class Browser:
    def __init__(self, address):
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar(
            policy=http.cookiejar.DefaultCookiePolicy(strict_domain=False)
        ))
        self.opener = urllib.request.build_opener(FromAddress(address), jar)
        self.opener.addheaders = [("User-Agent", texts.USER_AGENT), ("Accept-Language", "en")]

    def open(self, url, fields=None):
        """Gets a page, or posts a form; follows redirects."""
        body = None if fields is None else urllib.parse.urlencode(fields).encode()
        began = time.monotonic()
        try:
            answer = self.opener.open(url, body, timeout=120)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            text = answer.read().decode("utf-8", "replace")
        return Page(answer.status, answer.url, text, time.monotonic() - began)

    def follow(self, page, *parts):
        """Follows the link whose address has all these parts."""
        for address in Reader.of(page).links:
            if all(part in address for part in parts):
                return self.open(urllib.parse.urljoin(page.url, address))
        raise RuntimeError(f"{page.url} has no link with {' and '.join(parts)}")

    def submit(self, page, within, **fields):
        """Fills in and sends the form that has a field called `within`."""
        for action, given in Reader.of(page).forms:
            if within in given:
                return self.open(urllib.parse.urljoin(page.url, action), {**given, **fields})
        raise RuntimeError(f"{page.url} has no form with a field {within}")


class Reader(html.parser.HTMLParser):
    """The links of a page, and its forms as (address, fields)."""

    def __init__(self):
        super().__init__()
        self.links, self.forms = [], []

    @classmethod
    def of(cls, page):
        reader = cls()
        reader.feed(page.text)
        return reader

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "a" and attrs.get("href"):
            self.links.append(attrs["href"])
        elif tag == "form":
            self.forms.append((attrs.get("action") or "", {}))
        elif tag in ("input", "textarea") and self.forms and attrs.get("name"):
            if attrs.get("type") not in ("checkbox", "radio") or "checked" in attrs:
                self.forms[-1][1][attrs["name"]] = attrs.get("value") or ""
