"""Debian's WordPress with a database and a web server of its own, all in a temporary folder."""

import os
import shutil
import subprocess
import tempfile
import urllib.request

from hamgate import ORIGIN, wait_for

from .browser import Browser

HOST = "blog.localhost:8000"
URL = f"http://{HOST}"
PASSWORD = "a password of the tests"

CONFIG = """<?php
define( 'DB_NAME', 'wordpress' );
define( 'DB_USER', 'root' );
define( 'DB_PASSWORD', '' );
define( 'DB_HOST', 'localhost:{socket}' );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'DB_COLLATE', '' );
foreach ( array( 'AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE' ) as $name ) {{
	define( $name . '_KEY', 'a key of the tests' );
	define( $name . '_SALT', 'a salt of the tests' );
}}
// Cron runs when a test says so.
define( 'DISABLE_WP_CRON', true );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
define( 'HAMGATE_HOST', '{hamgate}' );
$table_prefix = 'wp_';
defined( 'ABSPATH' ) || define( 'ABSPATH', __DIR__ . '/' );
require_once ABSPATH . 'wp-settings.php';
"""


class WordPress:
    def __init__(self, debian, plugin):
        self.folder = tempfile.TemporaryDirectory(prefix="hamgate-wordpress-")
        self.root = os.path.join(self.folder.name, "wordpress")
        self.socket = os.path.join(self.folder.name, "socket")
        self.running = []
        self.log = open(os.path.join(self.folder.name, "log"), "a+", encoding="utf-8", errors="replace")
        # Its links lead out of the package; those to other packages were unpacked beside it.
        packaged = os.path.join(debian, "usr", "share", "wordpress")
        shutil.copytree(packaged, self.root, symlinks=False, ignore_dangling_symlinks=True)
        with open(os.path.join(self.root, "wp-config.php"), "w", encoding="utf-8") as config:
            config.write(CONFIG.format(socket=self.socket, hamgate=ORIGIN))
        must_use = os.path.join(self.root, "wp-content", "mu-plugins")
        os.makedirs(must_use)
        shutil.copy(plugin, must_use)

    def __enter__(self):
        try:
            self.start_database()
            self.start_server()
            self.install()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in reversed(self.running):
            process.terminate()
        for process in self.running:
            process.wait(timeout=60)
        self.log.close()
        self.folder.cleanup()

    def run(self, command):
        self.running.append(subprocess.Popen(command, cwd=self.root, stdout=self.log, stderr=self.log, stdin=subprocess.DEVNULL))

    def complaint(self):
        self.log.flush()
        self.log.seek(0)
        return self.log.read()[-2000:]

    def start_database(self):
        rows = os.path.join(self.folder.name, "database")
        subprocess.run(
            ["mariadb-install-db", "--no-defaults", "--user=root", f"--datadir={rows}"]
            + ["--auth-root-authentication-method=normal", "--skip-test-db"],
            check=True, stdout=self.log, stderr=self.log,
        )
        self.run(
            ["mariadbd", "--no-defaults", "--user=root", f"--datadir={rows}", f"--socket={self.socket}"]
            + ["--skip-networking", "--skip-log-bin", "--innodb-flush-log-at-trx-commit=0"]
            + [f"--pid-file={self.folder.name}/mariadb.pid"]
        )
        wait_for(lambda: self.database("", "SELECT 1"), "MariaDB does not start", self.complaint)
        self.database("", "CREATE DATABASE wordpress CHARACTER SET utf8mb4")

    def database(self, name, statement):
        """The rows, each a list of its columns; raises OSError if there is no answer."""
        done = subprocess.run(
            ["mariadb", "--no-defaults", "--user=root", f"--socket={self.socket}", "--batch", "--skip-column-names"]
            + ([name] if name else []),
            input=statement, capture_output=True, text=True, check=False,
        )
        if done.returncode:
            raise OSError(done.stderr)
        return [line.split("\t") for line in done.stdout.splitlines()]

    def query(self, statement):
        return self.database("wordpress", statement)

    def start_server(self):
        # Several workers: hamgate's webhook may come while a page waits for hamgate.
        os.environ["PHP_CLI_SERVER_WORKERS"] = "4"
        # Nothing is mailed, whatever this machine could mail.
        self.run(["php", "-q", "-d", "sendmail_path=/bin/true", "-d", "opcache.enable_cli=1", "-S", HOST, "-t", self.root])
        wait_for(
            lambda: urllib.request.urlopen(f"{URL}/readme.html", timeout=5).status == 200,
            "PHP's web server does not start", self.complaint,
        )

    def install(self):
        self.owner = Browser("127.0.0.1")
        done = self.owner.open(f"{URL}/wp-admin/install.php?step=2", {
            "weblog_title": "Bread", "user_name": "owner", "admin_email": "owner@blog.example",
            "admin_password": PASSWORD, "admin_password2": PASSWORD, "pw_weak": "on", "blog_public": "0",
        })
        if "Success!" not in done.text:
            raise RuntimeError(f"WordPress is not installed:\n{done.text[-1000:]}\n{self.complaint()}")
        # As shipped, WordPress holds whoever comments for the first time, whatever Akismet says.
        self.query("UPDATE wp_options SET option_value = '0' WHERE option_name = 'comment_previously_approved'")
        self.owner.open(f"{URL}/wp-login.php")
        self.owner.open(f"{URL}/wp-login.php", {"log": "owner", "pwd": PASSWORD, "testcookie": "1"})

    def cron(self, event):
        """Runs what WordPress's cron runs at `event`, without waiting for its hour."""
        code = f"define('DOING_CRON', true); require 'wp-load.php'; do_action('{event}');"
        subprocess.run(["php", "-r", code], cwd=self.root, stdout=self.log, stderr=self.log, check=True, timeout=120)
