"""Does this text seem to hold something about a client? No client's name, number or address belongs here.

Every verb that keeps what others read asks `objection`, and columns for such text are guarded fields (see
people.models.fields), so that the rule is the same for a form, an import and a command. Numbers are looked for as
people write them: with blanks, dots, dashes or strokes between the digits. What is also said on a roster is let
through: times, days, prices, and the numbers that everybody may know (112, 113, 0800 and 0900).
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people import text as plain

_GAP = r"[ ./()-]{0,3}"
_PHONE = re.compile(
    rf"(?<!\d)(?:(?:\+|00)31{_GAP}(?:\(0\))?0?|0(?![89]0)){_GAP}[1-9](?:{_GAP}\d){{8}}(?![ ./-]?\d)"
)
_DUTCH_ACCOUNT = re.compile(r"\bNL[ .-]?\d{2}[ .-]?[A-Z]{4}[ .-]?(?:\d[ .-]?){9}\d(?!\d)", re.IGNORECASE)
_ACCOUNT = re.compile(r"\b([A-Z]{2}\d{2})[ .-]?((?:[A-Z0-9]{4}[ .-]?){3,7}[A-Z0-9]{0,4})")
_LENGTHS = {"BE": 16, "DE": 22, "ES": 24, "FR": 27, "GB": 22, "IT": 27, "LU": 20, "PL": 28, "TR": 26}
_NUMBER = r"(?:huisnummer|huisnr|nummer|nr|no)?\.? ?\d{1,5}(?!\d|[.:]\d)"
_HOUSE = re.compile(
    rf"\b[1-9]\d{{3}}(?: ?[A-Z]{{2}}|[a-z]{{2}})[ ,.-]{{0,3}}{_NUMBER}"
    r"|\b\d{1,5} ?(?:[a-zA-Z]|bis|hs)?[ ,]{1,3}[1-9]\d{3}(?: ?[A-Z]{2}|[a-z]{2})\b"
)
_NINE = re.compile(r"(?<![\d+])(?<!\d[.,/-])(\d{9}|\d{2,4}(?:[ .-]\d{1,4}){2,3})(?!\d|[.,/-]\d)")
_CASE = re.compile(
    r"\b(?:zaak|dossier|parket|pv|case|proces-?verbaal|aangifte|incident)[ -]?(?:nummers?|nrs?|no|number)?\.?[ :#-]*"
    r"(?!(?:19|20)\d{2}(?![\d/.-]\d|\d))[a-z]{0,2}\d[\d/.-]{2,}",
    re.IGNORECASE,
)
_PARQUET = re.compile(r"(?<!\d)\d{2} ?[/.-]? ?\d{6} ?[/.-] ?\d{2}(?!\d)")
_POLICE = re.compile(r"\bPL ?\d{2}[0-9A-Z]{2}[ /.-]*(?:20)?\d{2}[ /.-]*\d{4,}", re.IGNORECASE)
_COURT = re.compile(r"\bC ?/ ?\d{2} ?/ ?\d{5,}|\bECLI:[A-Z]{2}:\w+:\d{4}:\w+", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+'-]+ ?(?:@|\(at\)|\[at\]) ?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_MONTH = r"(?:jan|feb|m(?:aa)?rt|mar|apr|mei|may|jun|jul|aug|sep|o[kc]t|nov|dec)[a-z]*\.?"
_DAY = (
    rf"(?:\d{{1,2}}[-/. ]\d{{1,2}}[-/. ](?:\d{{4}}|'?\d{{2}})|\d{{1,2}}[ -]{_MONTH}[ -]\d{{2,4}}"
    r"|\d{4}-\d{1,2}-\d{1,2})"
)
_BORN = re.compile(
    r"(?:\bgeb(?:oren)?\b\.?(?: op)?|\bgeb(?:oorte)?\.?[ -]?datum|\bdob\b|\bborn\b(?: on)?|\bdate of birth|°|\*)"
    rf"[ :.]*{_DAY}",
    re.IGNORECASE,
)
_TIME = r"(?:[01]?\d|2[0-3])[.:][0-5]\d"
_HOURS = re.compile(rf"(?<![\d.:/-])(?:{_TIME} ?- ?{_TIME}|{_TIME}(?![.:/]?\d|[ -]{{1,3}}\d))(?![.:/]\d|\d)")
_DATE = re.compile(
    r"(?<![\d.:/-])(?:\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2})(?![\d./-]*\d)"
)
_DASHES = re.compile(r"[‐‑‒–—―−⁃·•]")

LONGEST_REASON = 200  # signs, as long as its column


def traces(text: str) -> list[str]:
    """Return, in words, what in `text` looks like personal details of a client. Empty means nothing was seen."""
    text = _DASHES.sub("-", plain.line(unicodedata.normalize("NFKC", text)))
    bare = _DATE.sub(";", _HOURS.sub(";", text))
    numbers = _POLICE.sub(";", _PARQUET.sub(";", _DUTCH_ACCOUNT.sub(";", bare)))
    checks = [
        (_("a phone number"), _PHONE.search(numbers)),
        (_("a bank account number"), _DUTCH_ACCOUNT.search(text) or _is_account(text)),
        (_("a postcode with a house number"), _HOUSE.search(bare)),
        (_("a citizen service number"), any(_passes_eleven(n) for n in _NINE.findall(numbers))),
        (_("a case number"), any(one.search(text) for one in (_CASE, _PARQUET, _POLICE, _COURT))),
        (_("a mail address"), _MAIL.search(text)),
        (_("a date of birth"), _BORN.search(text)),
    ]
    return [said for said, found in checks if found]


def objection(text: str) -> str:
    """Return why `text` cannot be kept, as a sentence for the screen; empty when it can."""
    found = traces(text)
    if not found:
        return ""
    return _("This seems to hold %(what)s. Leave out everything about a client.") % {"what": ", ".join(found)}


def objection_to_reason(because: str) -> str:
    """Return why a reason that somebody else will read cannot be kept whole; empty when it can."""
    if sentence := objection(because):
        return sentence
    if len(because.strip()) > LONGEST_REASON:
        return _("Say it in at most %(most)s signs.") % {"most": LONGEST_REASON}
    return ""


def refuse(text: str) -> None:
    """Raise ValidationError when `text` cannot be kept: what forms and the guarded fields of rows ask."""
    if sentence := objection(text):
        raise ValidationError(sentence, code="client")


def _is_account(text: str) -> bool:
    for start, rest in _ACCOUNT.findall(text):
        number = re.sub(r"[ .-]", "", start + rest)[: _LENGTHS.get(start[:2], 0)]
        digits = "".join(str(int(sign, 36)) for sign in number[4:] + number[:4])
        if digits and len(number) == _LENGTHS[start[:2]] and int(digits) % 97 == 1:
            return True
    return False


def _passes_eleven(said: str) -> bool:
    """The check of a BSN: 9 times the first digit to 2 times the eighth, minus the last, divides by eleven."""
    number = re.sub(r"\D", "", said)
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(w * int(d) for w, d in zip(weights, number, strict=False))
    return len(number) == 9 and int(number) > 0 and total % 11 == 0
