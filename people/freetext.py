"""Does this text seem to hold something about a client? No client's name, number or address belongs here."""

import re

from django.utils.translation import gettext as _

_PHONE = re.compile(r"(?<!\d)(?:\+31|0031|0)[ -]?(?:\d[ -]?){8}\d(?!\d)")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}[ ]?[A-Z]{4}[ ]?(?:\d[ ]?){10}\b", re.IGNORECASE)
_HOUSE = re.compile(r"\b\d{4} ?[A-Z]{2}\b[ ,]*\d{1,5}\b|\b\d{1,5}[a-z]?[ ,]+\d{4} ?[A-Z]{2}\b")
_NINE = re.compile(r"(?<!\d)(\d{9})(?!\d)")
_CASE = re.compile(
    r"\b(?:zaak|dossier|parket|pv|case)[ -]?(?:nummer|nr|no|number)?\.?[ :#-]*\d[\d/.-]{2,}", re.IGNORECASE
)


def traces(text: str) -> list[str]:
    """Return, in words, what in `text` looks like personal details of a client. Empty means nothing was seen."""
    checks = [
        (_("a phone number"), _PHONE.search(_IBAN.sub("", text))),
        (_("a bank account number"), _IBAN.search(text)),
        (_("a postcode with a house number"), _HOUSE.search(text)),
        (_("a citizen service number"), any(_passes_eleven(n) for n in _NINE.findall(text))),
        (_("a case number"), _CASE.search(text)),
    ]
    return [said for said, found in checks if found]


def _passes_eleven(number: str) -> bool:
    """The check of a BSN: 9 times the first digit to 2 times the eighth, minus the last, divides by eleven."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(w * int(d) for w, d in zip(weights, number, strict=True)) % 11 == 0
