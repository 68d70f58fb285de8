"""Is everything said in Dutch, and in the Dutch that we speak?"""

import re

import polib
import pytest

from tests.architecture.house import nothing
from tools import messages

DUTCH = polib.pofile(str(messages.CATALOGUE))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")
UNWANTED = {
    "an exclamation mark": r"!",
    "a word for somebody who buys": r"\bklant",
    "an excuse of a machine": r"\b(?:fout opgetreden|er ging iets mis|oeps|ongeldige invoer)\b",
    "a ranking": r"\b(?:ranglijst|klassement|topvrijwilliger|beste vrijwilliger|winnaar|leaderboard)\b",
    "a form of address that keeps distance": r"\b(?:u|uw|uzelf)\b",
    "officialese": r"\b(?:gelieve|middels|teneinde|derhalve|dient te|inzake|indien|betreffende|alsmede)\b",
    "a time with a colon, but as a file wants it": r"(?<!als )\b[012]?\d:[0-5]\d\b",
}


def spoken(entry) -> list[str]:
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def test_every_text_has_its_dutch():
    nothing(entry.msgid for entry in messages.untranslated(messages.merge({})))


def test_the_catalogue_is_in_step_with_the_texts_and_compiled():
    assert messages.out_of_step(messages.merge({})) == ""


def filled_in(text) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def test_a_translation_fills_in_the_same_things():
    """A singular may leave its number out: "nog een plek"."""
    nothing(
        entry.msgid
        for entry in DUTCH.translated_entries()
        for said in spoken(entry)
        if filled_in(said) != filled_in(entry.msgid)
        if not (entry.msgid_plural and filled_in(said) <= filled_in(entry.msgid + entry.msgid_plural))
    )


@pytest.mark.parametrize("what", UNWANTED)
def test_our_dutch_holds_no(what):
    pattern = re.compile(UNWANTED[what], re.IGNORECASE)
    nothing(said for entry in DUTCH for said in spoken(entry) if pattern.search(said))


def test_a_translation_from_a_file_finds_its_text():
    given = {"Book": "Boek", "verb::Open": "Open", "one day|%(n)s days": ["een dag", "%(n)s dagen"]}
    assert messages.parse(given) == {
        ("", "Book", ""): "Boek",
        ("verb", "Open", ""): "Open",
        ("", "one day", "%(n)s days"): ["een dag", "%(n)s dagen"],
    }
