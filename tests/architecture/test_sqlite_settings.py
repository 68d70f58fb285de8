"""Are the settings that keep SQLite from "database is locked" in force, and is it seen when not?"""

import sqlite3

import pytest
from django.db.utils import ConnectionHandler

from config.settings import dev
from people import checks


@pytest.fixture
def connect(tmp_path):
    """Open a SQLite file with the given options, as Django does."""
    opened = []

    def connect(options):
        settings = {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": tmp_path / "x.sqlite3",
            "OPTIONS": options,
        }
        connection = ConnectionHandler({"default": settings})["default"]
        opened.append(connection)
        return connection

    yield connect
    for connection in opened:
        connection.close()


@pytest.fixture(autouse=True)
def _allowed(django_db_blocker):
    with django_db_blocker.unblock():
        yield


def test_the_shipped_settings_are_in_force(connect):
    assert checks.complaints(connect(dev.DATABASES["default"]["OPTIONS"])) == []


def test_djangos_own_are_refused(connect):
    assert checks.complaints(connect({})) == [
        "transactions do not begin IMMEDIATE",
        "the journal mode is not WAL",
        "the busy timeout is below 20000 ms",
    ]


def test_a_transaction_takes_the_lock_when_it_begins(connect, tmp_path):
    connection = connect(dev.DATABASES["default"]["OPTIONS"])
    connection.ensure_connection()
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    other = sqlite3.connect(tmp_path / "x.sqlite3", timeout=0, isolation_level=None)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.close()
    connection.rollback()
