"""Does a file name a machine it was made on, or a host that the site should not know?"""

import os
import re

from tests.architecture.house import ROOT, nothing

NOT_OURS = {".git", ".venv", "var", "__pycache__", ".ruff_cache", ".hypothesis", ".pytest_cache"}
REGISTRIES = re.compile(r"https?://[^ ]*([p]ypi\.|python[h]osted|npm[j]s|deb\.[d]ebian)")
OWN_MACHINE = re.compile(r"(?:^|[^A-Za-z0-9_.-])/(?:work|farm|home/[a-z]+)/")


def texts():
    for folder, inner, names in os.walk(ROOT):
        inner[:] = [name for name in inner if name not in NOT_OURS]
        for name in names:
            path = ROOT / os.path.relpath(os.path.join(folder, name), ROOT)  # noqa: PTH118
            try:
                yield str(path.relative_to(ROOT)), path.read_text()
            except UnicodeDecodeError:
                continue  # a picture, a compiled catalogue


def saying(pattern):
    return [
        f"{where}:{number}"
        for where, text in texts()
        for number, line in enumerate(text.split("\n"), start=1)
        if pattern.search(line)
    ]


def test_no_file_names_a_package_registry():
    nothing(saying(REGISTRIES))


def test_no_file_names_a_folder_of_somebodys_machine():
    nothing(saying(OWN_MACHINE))


def test_style_and_script_ask_nothing_of_another_host():
    asks = re.compile(r"url\(\s*['\"]?(?:https?:)?//|@import|(?:fetch|import)\(\s*['\"](?:https?:)?//")
    wrong = [
        path.name
        for path in sorted((ROOT / "static").rglob("*"))
        if path.suffix in {".css", ".js"} and asks.search(path.read_text())
    ]
    nothing(wrong)
