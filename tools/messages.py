"""Collect the texts to translate, keep locale/nl in step, and compile it. Needs no gettext on the machine.

python tools/messages.py             collect and compile; texts without Dutch are listed (exit 1)
python tools/messages.py --check     the same, writing nothing (for the checks)
python tools/messages.py --add FILE  take translations from a JSON object {"English": "Nederlands"};
                                     a plural is {"one|other": ["een", "meer"]},
                                     a context {"context::English": "..."}
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
COMPILED = CATALOGUE.with_suffix(".mo")
WIDTH = 110
ROOMS = ["academy", "cms", "config", "people", "rostering"]
KEYWORDS = {
    "gettext": None, "gettext_lazy": None, "gettext_noop": None, "_": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip


def sources():
    """Yield (path, text that reads as Python) of everything that may hold texts."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, path.read_text()
    for folder in [ROOT / "templates", *(ROOT / room / "templates" for room in ROOMS)]:
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".html", ".txt", ".svg"}:
                lines = templatize(path.read_text(), origin=str(path)).split("\n")
                yield (
                    path,
                    "\n".join(line.strip() for line in lines),
                )  # indentation means nothing in a template


def collect():
    """Return {(context, one, other): [(file, line), ...]} of every text in code and templates."""
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
    catalogue = polib.POFile(wrapwidth=WIDTH)
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
        context, _, text = english.rpartition("::")
        one, _, other = text.partition("|") if isinstance(dutch, list) else (text, "", "")
        found[context, one, other] = dutch
    return found


def untranslated(catalogue):
    def complete(entry):
        return all(entry.msgstr_plural.values()) if entry.msgstr_plural else entry.msgstr

    return [entry for entry in catalogue if not complete(entry)]


def spoken(catalogue):
    return {key(e): e.msgstr_plural or e.msgstr for e in catalogue}


def out_of_step(catalogue):
    """Return what is wrong with the files on disk, or an empty text."""
    if str(catalogue) != str(polib.pofile(str(CATALOGUE), wrapwidth=WIDTH)):
        return "locale/nl is not in step with the texts: run `make messages`."
    if spoken(catalogue.translated_entries()) != spoken(polib.mofile(str(COMPILED))):
        return "django.mo is not what django.po says: run `make messages`."
    return ""


def main(arguments):
    if not settings.configured:
        settings.configure()
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    added = {}
    if arguments[:1] == ["--add"]:
        added = parse(json.loads(sys.stdin.read() if arguments[1] == "-" else Path(arguments[1]).read_text()))
    lock = ROOT / "var" / "messages.lock"
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        catalogue = merge(added)
        complaints = [
            f"no Dutch: {f'{e.msgctxt}::' if e.msgctxt else ''}{e.msgid!r} ({e.occurrences[0][0]})"
            for e in untranslated(catalogue)
        ]
        if arguments[:1] != ["--check"]:
            catalogue.save(str(CATALOGUE))
            catalogue.save_as_mofile(str(COMPILED))
        elif trouble := out_of_step(catalogue):
            complaints.append(trouble)
    print(*complaints, sep="\n", end="\n" if complaints else "")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
