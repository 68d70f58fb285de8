"""Make .venv and install a lock with hashes into it. Runs with the system's Python and nothing else."""

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv"
TELL_EVERY = 25  # packages


def make_home() -> bool:
    """Make .venv unless it stands, and again if it was left half made."""
    if (HOME / "bin" / "pip").exists():
        return True
    print("  making .venv", flush=True)
    try:
        venv.create(HOME, with_pip=True, clear=True)
    except subprocess.CalledProcessError:
        print("Python cannot make a virtual environment. On Debian: apt-get install python3-venv")
        return False
    return True


def install(lock: Path) -> int:
    """Install what `lock` lists, and say how far it is; what pip complains of is shown only if it fails."""
    wanted = sum(1 for line in lock.read_text().splitlines() if "==" in line and not line.startswith("#"))
    print(f"  fetching about {wanted} packages", flush=True)
    command = [HOME / "bin" / "python", "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    complaints, fetched = [], 0
    with subprocess.Popen(
        [*command, "--require-hashes", "-r", lock],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as pip:
        for line in pip.stdout:
            if line.startswith("Collecting "):
                fetched += 1
                if fetched % TELL_EVERY == 0:
                    print(f"  {fetched} fetched", flush=True)
            elif line.startswith("Installing collected packages"):
                print(f"  {fetched} fetched, unpacking them", flush=True)
            elif line.startswith(("ERROR", "WARNING", " ")):
                complaints.append(line.rstrip())
    if pip.returncode:
        print(*complaints[-30:], "The installation did not succeed.", sep="\n")
    return pip.returncode


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - this file also runs on the Python that is too old
        print("Paraat needs Python 3.11 or newer; this is", sys.version.split()[0])
        return 1
    return install(ROOT / sys.argv[1]) if make_home() else 1


if __name__ == "__main__":
    sys.exit(main())
