"""Collect the texts to translate, keep locale/nl in step, and compile it. Needs no gettext on the machine.

    python tools/messages.py            collect and compile; texts without Dutch are listed (exit 1)
    python tools/messages.py --check    the same, writing nothing (for the tests)
    python tools/messages.py --add FILE take translations from a JSON object {"English": "Nederlands"}; a plural is
                                        {"one|other": ["een", "meer"]}, a context {"context::English": "..."}
"""

import fcntl
import io
import json
import sys
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale" / "nl" / "LC_MESSAGES" / "django.po"
ROOMS = ["academy", "cms", "config", "people", "rostering"]
KEYWORDS = {
    "gettext": None, "gettext_lazy": None, "gettext_noop": None, "_": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip


def sources():
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, path.read_text()
    for folder in [ROOT / "templates", *(ROOT / room / "templates" for room in ROOMS)]:
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".html", ".txt", ".svg"}:
                yield path, templatize(path.read_text(), origin=str(path))


def collect():
    """Return {(context, one, other): [where, ...]} of every text in code and templates."""
    found = {}
    for path, text in sources():
        for line, said, _comments, context in extract("python", io.BytesIO(text.encode()), KEYWORDS):
            one, other = (said[0], said[1]) if isinstance(said, tuple) else (said, "")
            if one:
                where = (str(path.relative_to(ROOT)), str(line))
                found.setdefault((context or "", one, other), []).append(where)
    return found


def key(entry):
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""


def new_catalogue():
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": "nl",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    return catalogue


def known():
    return {key(e): e for e in polib.pofile(str(CATALOGUE))} if CATALOGUE.exists() else {}


def merge(added):
    """Return the catalogue for the texts found now: old translations kept, unused ones dropped."""
    old, catalogue = known(), new_catalogue()
    for (context, one, other), places in sorted(collect().items()):
        entry = polib.POEntry(msgid=one, msgctxt=context or None, occurrences=[(places[0][0], "")])
        before = old.get((context, one, other))
        dutch = added.get((context, one, other)) or (before and (before.msgstr_plural or before.msgstr)) or ""
        if other:
            entry.msgid_plural = other
            dutch = dutch if isinstance(dutch, dict) else dict(enumerate(dutch or ["", ""]))
            entry.msgstr_plural = {int(n): text for n, text in dutch.items()}
        else:
            entry.msgstr = dutch
        if "%(" in one or "%s" in one:
            entry.flags.append("python-format")
        catalogue.append(entry)
    return catalogue


def parse(addition):
    """Turn the JSON of --add into catalogue keys."""
    found = {}
    for english, dutch in addition.items():
        context, _, rest = english.rpartition("::")
        one, _, other = (rest if context else english).partition("|") if isinstance(dutch, list) else (rest if context else english, "", "")
        found[context, one, other] = dutch
    return found


def untranslated(catalogue):
    return [
        e for e in catalogue
        if not (all(e.msgstr_plural.values()) and e.msgstr_plural if e.msgid_plural else e.msgstr)
    ]


def main(arguments):
    if not settings.configured:
        settings.configure()
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    added = {}
    if arguments[:1] == ["--add"]:
        text = sys.stdin.read() if arguments[1] == "-" else Path(arguments[1]).read_text()
        added = parse(json.loads(text))
    lock = ROOT / "var" / "messages.lock"
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        catalogue = merge(added)
        if arguments[:1] == ["--check"]:
            if str(catalogue) != str(polib.pofile(str(CATALOGUE), wrapwidth=110)):
                print("locale/nl is not in step with the texts: run `make messages`.")
                return 1
        else:
            catalogue.save(str(CATALOGUE))
            catalogue.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))
        for entry in untranslated(catalogue):
            print(f"no Dutch: {entry.msgctxt + '::' if entry.msgctxt else ''}{entry.msgid!r} ({entry.occurrences[0][0]})")
        return 1 if untranslated(catalogue) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
