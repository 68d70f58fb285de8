"""Do the lines of "Run it for real" lead a first administrator in? Read from the README and followed, on PostgreSQL."""

import contextlib
import html
import http.client
import os
import re
import shlex
import shutil
import socket
import socketserver
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psycopg
import pytest
from allauth.mfa.totp.internal import auth
from django.conf import settings

pytestmark = pytest.mark.postgres

ROOT = Path(settings.ROOT)
FOLDERS = "academy cms config data locale people rostering static templates".split()
PARTS = [*FOLDERS, "manage.py", "gunicorn.conf.py"]
NAME, HOST = "paraat_readme", "paraat.example"
PASSWORD = "trommel kiwi ladder"
PATIENCE = 300  # seconds for each step: the machine may be busy


class Mailbox(socketserver.ThreadingTCPServer):
    """A mail server that takes every mail and keeps it in a list."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Delivery)
        self.mails = []


class Delivery(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 hello")
        for line in self.rfile:
            command = line[:4].upper()
            if command == b"DATA":
                self.say("354 go on")
                lines = list(iter(self.rfile.readline, b".\r\n"))
                self.server.mails.append(b"".join(lines).decode())
            self.say("221 bye" if command == b"QUIT" else "250 OK")
            if command == b"QUIT":
                return

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


class Browser:
    """A visitor behind the proxy that does TLS."""

    def __init__(self, port):
        self.port, self.cookies = port, {}

    def ask(self, method, path, **form):
        headers = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "203.0.113.7",
            "Referer": f"https://{HOST}/",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request(method, path, urlencode(form) if form else None, headers)
            answer = connection.getresponse()
            for cookie in answer.msg.get_all("Set-Cookie") or []:
                name, _is, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, answer.headers.get("Location", ""), answer.read().decode()

    def open(self, path):
        """Follow wherever it leads, at most eight steps: a loop is what this test is about."""
        for _step in range(8):
            status, to, page = self.ask("GET", path)
            if status != 302:
                return status, path, page
            path = to
        raise AssertionError(f"It goes round: {path}")

    def send(self, path, page, **form):
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page).group(1)
        status, to, answer = self.ask("POST", path, csrfmiddlewaretoken=token, **form)
        assert status == 302, answer
        return to


def commands():
    """Return the commands of the README: those that are run once, the two that stay, and the invitation."""
    text = (ROOT / "README.md").read_text().partition("## Run it for real")[2].partition("\n## ")[0]
    lines = [shlex.split(line, comments=True) for line in re.findall(r"^    (.+)$", text, re.MULTILINE)]
    ours = [line for line in lines if line[0].startswith(".venv/bin/")]
    assert [line[0] for line in lines if line not in ours] == ["export", "python"]  # settings, and installing
    stay = [line for line in ours if "gunicorn" in line[0] or "qcluster" in line]
    invite = shlex.split(re.search(r"`(\.venv/bin/python manage\.py invite [^`]+)`", text).group(1))
    return [line for line in ours if line not in stay], stay, invite


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(what):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            if found := what():
                return found
        time.sleep(0.3)
    raise AssertionError("It did not come.")


@pytest.fixture
def database(django_db_setup):
    """A database of its own. The migrations have run in it once, as for every test here: they take a minute."""
    server = {"host": os.environ["PARAAT_TEST_POSTGRES"], "user": "postgres", "dbname": "postgres"}
    drop = f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)"
    with psycopg.connect(**server, autocommit=True) as connection:
        connection.execute(drop)
        connection.execute(f"CREATE DATABASE {NAME} TEMPLATE template_paraat STRATEGY file_copy")
        yield NAME
        connection.execute(drop)


@pytest.fixture
def mailbox():
    with Mailbox() as box:
        threading.Thread(target=box.serve_forever, daemon=True).start()
        yield box
        box.shutdown()


@pytest.fixture
def installation(tmp_path, database, mailbox):
    """A copy of the software in a folder of its own, and how to run a line of the README in it."""
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, tmp_path / part)
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SECRET_KEY": "readme-only-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
        "ALLOWED_HOSTS": HOST,
        "PARAAT_URL": f"https://{HOST}",
        "TRUSTED_PROXY_COUNT": "1",
        "DATABASE_NAME": database,
        "DATABASE_USER": "postgres",
        "DATABASE_HOST": os.environ["PARAAT_TEST_POSTGRES"],
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(mailbox.server_address[1]),
        "EMAIL_USE_TLS": "no",
        "DEFAULT_FROM_EMAIL": "rooster@paraat.example",
    }

    def start(line, *more):
        program = [str(Path(sys.executable).parent / line[0].removeprefix(".venv/bin/")), *line[1:], *more]
        return subprocess.Popen(program, cwd=tmp_path, env=environment, stdin=subprocess.DEVNULL)

    return start


@pytest.mark.timeout(600)
def test_the_first_administrator_gets_in(installation, mailbox):
    once, (web, worker), invite = commands()
    port, running = free_port(), []
    for line in [*once, invite]:
        assert installation(line).wait(PATIENCE) == 0, line
    try:
        running.append(installation(web, "--bind", f"127.0.0.1:{port}", "--workers", "1"))
        running.append(installation(worker))
        browser = Browser(port)
        assert wait_for(lambda: browser.ask("GET", "/healthz")[0]) == 200
        get_in(browser, mailbox)
        assert wait_for(lambda: browser.ask("GET", "/readyz")[0] == 200)
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(30)


def get_in(browser, mailbox):
    mail = wait_for(lambda: mailbox.mails and mailbox.mails[0])
    link = urlsplit(re.search(rf"https://{HOST}/uitnodiging/\S+", mail.replace("=\r\n", "")).group()).path
    _status, path, page = browser.open(link)
    assert browser.send(path, page, password1=PASSWORD, password2=PASSWORD) == "/"
    _status, path, page = browser.open("/beheer/")
    assert path.startswith("/ik/bevestigen/")  # before a second factor is set up
    _status, path, page = browser.open(browser.send(path, page, password=PASSWORD))
    secret = re.search(r"\b[A-Z2-7]{32}\b", html.unescape(page)).group()
    code = auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30))
    browser.open(browser.send(path, page, code=code))
    for path in ("/", "/beheer/", "/admin/"):
        assert browser.open(path)[:2] == (200, path)
