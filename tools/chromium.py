"""Is there a Chromium for the browser tests? On Debian root gets one, others read what to do."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ["chromium", "fonts-dejavu", "fonts-liberation"]
ADVICE = (
    "The browser tests need a Chromium in PATH: install `chromium` with your system's packages "
    f"(on Debian: apt-get install {' '.join(PACKAGES)})."
)


def find() -> str | None:
    """Return the path of a Chromium, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def install() -> None:
    quiet = {"check": False, "stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    print("Installing a Chromium for the browser tests (about half a minute) ...", flush=True)
    subprocess.run(["apt-get", "update", "-qq"], env=environment, **quiet)
    subprocess.run(
        ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *PACKAGES], env=environment, **quiet
    )


def main() -> int:
    if not find() and shutil.which("apt-get") and os.geteuid() == 0:
        install()
    if find():
        return 0
    print(ADVICE)
    if os.environ.get("CI") == "true":
        return 1
    print("Without it those tests are skipped; all others run.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
