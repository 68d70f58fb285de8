"""The database under the tests: SQLite in a file, or the PostgreSQL that tools/postgres.py holds up.

All migrations run once, into a template; it is kept until a migration or the lock changes. Every process
works on a copy of its own, so that several runs may go at the same time. A test that commits (with
`transactional_db` or `live_server`) is followed by a fresh copy, so that each test starts with exactly the
rows that the migrations make.
"""

import contextlib
import fcntl
import hashlib
import os
import sqlite3
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase

ROOT = Path(settings.ROOT)
FOLDER = settings.VAR / "test"
ON_POSTGRES = bool(os.environ.get("PARAAT_TEST_POSTGRES"))


def pytest_collection_modifyitems(config, items):
    """Leave out, rather than skip, what belongs to the other of the two runs of `make test`."""
    wanted = [item for item in items if ON_POSTGRES or not item.get_closest_marker("postgres")]
    left_out = [item for item in items if item not in set(wanted)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = wanted


def key() -> str:
    """Return a name for what the migrations make, without running them."""
    files = [*sorted(ROOT.glob("*/migrations/*.py")), ROOT / "requirements.lock"]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


@contextlib.contextmanager
def one_at_a_time(folder: Path):
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "template.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def use(name) -> None:
    connection.close()
    connections.settings["default"]["NAME"] = connection.settings_dict["NAME"] = str(name)


class OnSQLite:
    def __init__(self, own_folder: Path):
        self.template, self.copy = FOLDER / f"template-{key()}.sqlite3", own_folder / "test.sqlite3"

    def prepare(self):
        with one_at_a_time(FOLDER):
            if not self.template.exists():
                for old in FOLDER.glob("template-*.sqlite3*"):
                    old.unlink()
                unfinished = FOLDER / "unfinished.sqlite3"
                unfinished.unlink(missing_ok=True)
                use(unfinished)
                connection.cursor().execute("PRAGMA synchronous=OFF")
                call_command("migrate", verbosity=0, interactive=False)
                connection.close()
                unfinished.rename(self.template)
        use(self.copy)
        self.restore()

    def restore(self):
        connection.ensure_connection()
        with contextlib.closing(sqlite3.connect(f"file:{self.template}?mode=ro", uri=True)) as template:
            template.backup(connection.connection)


class OnPostgres:
    def __init__(self, name: str):
        self.socket, self.name = Path(os.environ["PARAAT_TEST_POSTGRES"]), name

    def prepare(self):
        with one_at_a_time(self.socket):
            made = self.socket / "template.made"
            if not made.exists():
                self.ask("CREATE DATABASE template_paraat")
                use("template_paraat")
                call_command("migrate", verbosity=0, interactive=False)
                made.touch()
        self.restore()

    def restore(self):
        self.ask(
            f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)",
            f"CREATE DATABASE {self.name} TEMPLATE template_paraat STRATEGY file_copy",
        )
        use(self.name)

    def ask(self, *statements):
        use("postgres")
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
        connection.close()


@pytest.fixture(scope="session")
def django_db_setup(request, tmp_path_factory, django_test_environment, django_db_blocker):
    """Take the place of pytest-django's own: make the template if need be, and work on a copy of it."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    database = OnPostgres(f"test_{worker}") if ON_POSTGRES else OnSQLite(tmp_path_factory.mktemp("database"))
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        database.prepare()
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: database.restore())
        yield
        connection.close()


@pytest.fixture(autouse=True)
def _empty_cache():
    """Nothing remembered from the test before: Wagtail keeps the site's root, allauth keeps its rates."""
    cache.clear()
