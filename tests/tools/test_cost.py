"""Does the count of seconds hold what a command cost, and its dearest tests?"""

import subprocess
import sys

from tests.plugins import cost as plugin
from tools import cost

BUSY = "import time\nwhile time.process_time() < 0.8: pass\n"  # of which starting takes some
A_PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {BUSY!r}]); sys.exit(3)"
TESTS = """
import os, pathlib
pathlib.Path(os.environ["PARAAT_COST"]).write_text("0.50 SQLite a::b[c d]\\n12.30 PostgreSQL a::b\\n")
"""


def test_what_a_grandchild_used_counts_and_the_verdict_is_that_of_the_command(capsys):
    before = cost.used()
    assert cost.main([sys.executable, "-c", A_PARENT]) == 3
    assert cost.used() - before >= 0.5
    assert capsys.readouterr().out.startswith("In all ")


def test_the_dearest_come_first(capsys):
    assert cost.main([sys.executable, "-c", TESTS]) == 0
    assert capsys.readouterr().out.splitlines()[:3] == [
        "The 10 dearest of 2 tests, in seconds of processor:",
        "    12.3  PostgreSQL a::b",
        "     0.5  SQLite a::b[c d]",
    ]


def test_a_process_that_still_lives_counts_too():
    before = plugin.spent(with_the_living=True)
    busy = subprocess.Popen(
        [sys.executable, "-c", BUSY + "print('done', flush=True); input()"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    with busy:
        assert busy.stdout.readline() == b"done\n"
        assert plugin.spent(with_the_living=True) - before >= 0.5
        busy.stdin.close()
        busy.kill()
