"""Is SQLite set up to be written by forty people at once? Asked with every migration, on the open database.

With Django's own settings a busy evening ends in "database is locked"; with these it was measured not to.
"""

from typing import Any

from django.core.checks import Error
from django.db import connections

BUSY_TIMEOUT = 20_000  # milliseconds


def sqlite_settings(app_configs: Any, databases: Any = None, **kwargs: Any) -> list:
    return [
        Error(
            f"{alias}: {complaint}", hint="See SQLITE_OPTIONS in config/settings/base.py.", id="people.E001"
        )
        for alias in databases or []
        if connections[alias].vendor == "sqlite"
        for complaint in complaints(connections[alias])
    ]


def complaints(connection: Any) -> list[str]:
    """Return what is not in force on this connection."""
    found = []
    with connection.cursor() as cursor:
        if connection.transaction_mode != "IMMEDIATE":
            found.append("transactions do not begin IMMEDIATE")
        if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            found.append("the journal mode is not WAL")
        if cursor.execute("PRAGMA busy_timeout").fetchone()[0] < BUSY_TIMEOUT:
            found.append(f"the busy timeout is below {BUSY_TIMEOUT} ms")
    return found
