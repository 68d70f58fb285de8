"""Make .venv and install a lock with hashes into it. Runs with the system's Python and nothing else."""

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - this file also runs on the Python that is too old
        print("Paraat needs Python 3.11 or newer; this is", sys.version.split()[0])
        return 1
    home = ROOT / ".venv"
    if not (home / "bin" / "python").exists():
        venv.create(home, with_pip=True, clear=True)
    lock = ROOT / sys.argv[1]
    command = [home / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    return subprocess.run([*command, "--require-hashes", "-r", lock], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
