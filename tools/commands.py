"""Run several commands of manage.py in one process: python tools/commands.py "check" "life_cycles --check"

Each is tried, also after one that failed; what a failing one said is printed, and the exit code is 1.
"""

import contextlib
import io
import shlex
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django
from django.core.management import CommandError, call_command


def tried(line: str) -> bool:
    """Return whether the command of `line` did what it should; print what it said where it did not."""
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            call_command(*shlex.split(line))
    except CommandError as error:
        print(f"{line}:", said.getvalue(), error, sep="\n")
        return False
    except SystemExit as end:
        if end.code:
            print(f"{line}:", said.getvalue(), sep="\n")
        return not end.code
    return True


def main(lines: list[str]) -> int:
    django.setup()
    done = [tried(line) for line in lines]
    return 0 if all(done) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
