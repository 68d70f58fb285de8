"""The guard on free text: what looks like a client's details, and what does not."""

import pytest

from people import freetext


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Bel terug op 06-12345678", ["a phone number"]),
        ("+31 6 1234 5678 graag", ["a phone number"]),
        ("Bel 030 234 01 16", ["a phone number"]),
        ("NL91 ABNA 0417 1643 00", ["a bank account number"]),
        ("3511 AB 12", ["a postcode with a house number"]),
        ("Stationsplein 12, 3511AB", ["a postcode with a house number"]),
        ("123456782", ["a citizen service number"]),
        ("Zaaknummer: 20261234", ["a case number"]),
        ("parketnr. 16/123456", ["a case number"]),
        ("Neem een koptelefoon mee. Start 17.00 uur, kamer 212.", []),
        ("Wijk 3511 AB, in duo", []),
        ("Opkomst 24-11-2026 om 19.30", []),
        ("123456789 is geen BSN", []),
        ("Zaak is gesloten", []),
        ("", []),
    ],
)
def test_what_the_guard_sees(text, seen, settings):
    settings.LANGUAGE_CODE = "en"
    assert freetext.traces(text) == seen
