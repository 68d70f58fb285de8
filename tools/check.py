"""What can be checked without running Paraat: `make check`. With --fix, first repair what can be repaired."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]
TEST = {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
PRODUCTION = {  # a real installation, with nothing real in it
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "checks-only-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    "ALLOWED_HOSTS": "paraat.example",
    "PARAAT_URL": "https://paraat.example",
    "TRUSTED_PROXY_COUNT": "1",
    "EMAIL_HOST": "mail.paraat.example",
    "DEFAULT_FROM_EMAIL": "rooster@paraat.example",
}
OF_DJANGO = [  # in one process, because Django takes seconds to begin
    "makemigrations --check --dry-run",
    "check --fail-level WARNING",
    "life_cycles --check",
    "privacy_register --check",
]

FIXES = [
    ("lint", [BIN / "ruff", "check", "--fix", "--quiet", "."], {}),
    ("format", [BIN / "ruff", "format", "--quiet", "."], {}),
    ("texts", [sys.executable, "tools/messages.py"], {}),
    ("life cycles", [*MANAGE, "life_cycles"], TEST),
    ("register of processing", [*MANAGE, "privacy_register"], TEST),
    ("picture of the house", [sys.executable, "tools/house.py"], {}),
]
# The slow ones first, so that the quick ones fill the gaps.
CHECKS = [
    ("settings of production", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
    ("models and what is drawn of them", [sys.executable, "tools/commands.py", *OF_DJANGO], TEST),
    ("picture of the house", [sys.executable, "tools/house.py", "--check"], {}),
    ("types", [BIN / "mypy", "--no-error-summary"], {}),
    ("import arrows", [BIN / "lint-imports", "--no-cache"], {}),
    ("templates", [BIN / "djlint", "templates", "--lint", "--quiet"], {}),
    ("lines of templates", [sys.executable, "tools/lines.py"], {}),
    ("texts", [sys.executable, "tools/messages.py", "--check"], {}),
    ("lint", [BIN / "ruff", "check", "--quiet", "."], {}),
    ("format", [BIN / "ruff", "format", "--check", "--quiet", "."], {}),
]


def run(name: str, command: list, environment: dict) -> tuple[str, bool, float, str]:
    begun = time.monotonic()
    done = subprocess.run(
        list(map(str, command)),
        check=False,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return name, done.returncode == 0, time.monotonic() - begun, done.stdout.strip()


def report(name: str, good: bool, seconds: float, said: str) -> bool:
    print(f"{'ok' if good else 'NO':4}{name:34}{seconds:5.1f} s", flush=True)
    if not good and said:
        print(said, flush=True)
    return good


def main(arguments: list[str]) -> int:
    (ROOT / "var" / "test").mkdir(parents=True, exist_ok=True)
    if "--fix" in arguments:
        for step in FIXES:  # one after the other: each may change what the next reads
            run(*step)
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        steps = [pool.submit(run, *step) for step in CHECKS]
        verdicts = [report(*step.result()) for step in as_completed(steps)]
    if not all(verdicts):
        print(f"{verdicts.count(False)} of {len(verdicts)} checks failed. `make fix` repairs what it can.")
    return 0 if all(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
