"""The list of clients: a new one is a row here and a script."""

from collections import namedtuple

# name: as on the command line. source: as in the table. version: what is pinned, or None where
# Debian's is taken. pointed: how it finds hamgate. command: `{here}` is this folder, `{made}` where
# things are installed. path: the folder of its Python packages.
Client = namedtuple("Client", "name source version pointed command path", defaults=[None])

DNS_HTTP = "nothing set: DNS (plain HTTP)"
DNS_HTTPS = "nothing set: DNS and a certificate"

CLIENTS = [
    Client("akismet-sync", "PyPI `akismet`, `SyncClient`", "25.10.1", "its `http_client` argument", ["python3", "{here}/python/akismet_sync.py"], "akismet"),
    Client("akismet-async", "PyPI `akismet`, `AsyncClient`", "25.10.1", DNS_HTTPS, ["python3", "{here}/python/akismet_async.py"], "akismet"),
    Client("akismet-1.3", "PyPI `akismet`, old `Akismet`", "1.3", "class constants", ["python3", "{here}/python/akismet_1_3.py"], "akismet-1.3"),
    Client("python-akismet", "PyPI `python-akismet`", "0.4.3", "`protocol`, `domain`; key before the host", ["python3", "{here}/python/python_akismet.py"], "python-akismet"),
    Client("pykismet3", "PyPI `pykismet3`", "0.1.1", DNS_HTTP, ["python3", "{here}/python/pykismet3_default.py"], "pykismet3"),
    Client("cedx", "npm `@cedx/akismet`", "16.2.1", "`baseUrl`", ["node", "{made}/js/cedx.mjs"]),
    Client("akismet-api", "npm `akismet-api`", "6.0.0", "`host`, `protocol`; key before the host", ["node", "{made}/js/akismet_api.mjs"]),
    Client("akismet-js", "npm `akismet`", "2.0.7", DNS_HTTP, ["node", "{made}/js/akismet.mjs"]),
    Client("instant-akismet", "Cargo `instant-akismet`", "0.4.0", "`host`, `protocol`; key before the host", ["{made}/rust/debug/hamgate-client-instant-akismet"]),
    Client("net-akismet", "Debian `libnet-akismet-perl`", None, DNS_HTTP, ["perl", "{here}/perl/net_akismet.pl"]),
    Client("ruby-akismet", "Debian `ruby-akismet`", None, DNS_HTTPS, ["ruby", "{here}/ruby/akismet.rb"]),
]

WORDPRESS = Client("wordpress", "Debian `wordpress` with its Akismet plugin", None, "`integrations/wordpress/hamgate.php`", None)
