"""Which lines of templates are too long to read? More than 120 characters. Lists them, and fails when there is one.

A long include has its words from a `with` around it; what a line says is worked out in the object of the page.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 120


def too_long() -> list[str]:
    """Return the place and the length of each."""
    paths = [
        path for end in ("html", "txt", "svg") for path in sorted((ROOT / "templates").rglob(f"*.{end}"))
    ]
    return [
        f"{path.relative_to(ROOT)}:{number}: {len(line)} characters"
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > LONGEST
    ]


if __name__ == "__main__":
    found = too_long()
    print("\n".join(found))
    sys.exit(bool(found))
