"""Is the PostgreSQL of the tests there as long as its command, and gone after it?"""

import sys
from pathlib import Path

from tools import postgres

ASK = """
import os, pathlib, psycopg
folder = os.environ["PARAAT_TEST_POSTGRES"]
with psycopg.connect(host=folder, user="postgres", dbname="postgres") as connection:
    version = connection.execute("SHOW server_version").fetchone()[0]
pathlib.Path({target!r}).write_text(folder + " " + version)
raise SystemExit(3)
"""


def test_it_lives_as_long_as_the_command(tmp_path):
    target = tmp_path / "found"
    code = postgres.main([sys.executable, "-c", ASK.format(target=str(target))])
    folder, version = target.read_text().split(" ", 1)
    assert (code, version.split(".")[0], Path(folder).exists()) == (3, str(postgres.VERSION), False)
