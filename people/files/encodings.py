"""In which letters was this file saved? A file of text does not say so; what it would read does.

Only UTF-8 and UTF-16 show by themselves. cp1252 (Windows) and Mac Roman read every byte, one of them as nonsense:
"René" of a Mac reads "RenŽ" on Windows, "café" of Windows reads "cafÈ" on a Mac. The one with the fewest such oddities
is right; where both read well, as with "Dušan" and "Duöan", nobody is given a name that is not theirs.
"""

from unicodedata import category

from django.utils.translation import gettext as _

AFTER_A_LETTER = "’”…–—°²³ªº\u00a0"  # what may follow a letter or digit at once
RARE = "šžœŠŽŒƒ"  # letters of cp1252 that are common ones on a Mac


class NotText(Exception):
    """Carries the sentence that says what to do about it."""


def decode(content: bytes) -> str:
    """Return the text of a file; raises NotText."""
    for encoding in _by_themselves(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    if b"\0" in content:
        raise NotText(_("The file is not text that can be read. Save it as CSV (UTF-8)."))
    return _windows_or_mac(content)


def _by_themselves(content: bytes) -> list[str]:
    """Return the encodings that show: by a mark, or in UTF-16 by the empty half of its plain letters."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    even, odd = content[::2].count(0), content[1::2].count(0)
    if max(even, odd) > len(content) / 4:
        return ["utf-16-le" if odd > even else "utf-16-be"]
    return ["utf-8-sig"]


def _windows_or_mac(content: bytes) -> str:
    windows, mac = content.decode("cp1252", errors="replace"), content.decode("mac_roman")
    odd_windows, odd_mac = _oddities(windows), _oddities(mac)
    if odd_windows == odd_mac == 0 and any(sign in RARE for sign in windows):
        raise NotText(_("The accents in this file can be read in two ways. Save it as CSV (UTF-8)."))
    text = windows if odd_windows <= odd_mac else mac
    if "\ufffd" in text or (text is mac and odd_mac):
        raise NotText(_("The file is not text that can be read. Save it as CSV (UTF-8)."))
    return text


def _oddities(text: str) -> int:
    """Count the signs outside ASCII that nobody would write there."""
    return sum(
        not here.isascii() and _is_odd(before, here, after)
        for before, here, after in zip(" " + text, text, text[1:] + " ", strict=False)
    )


def _is_odd(before: str, here: str, after: str) -> bool:
    if here == "\ufffd":
        return True
    if not _is_letter(here):
        return (_is_letter(before) and here not in AFTER_A_LETTER) or category(here) in ("Cc", "Co")
    inside = (
        here.isupper() and _is_letter(before) and (before.islower() or after.islower())
    )  # "RenŽ", "MŸller"
    opening = (
        not _is_letter(before) and here.islower() and after.isupper()
    )  # a quotation mark that became a letter
    return inside or opening


def _is_letter(sign: str) -> bool:
    return category(sign) in ("Lu", "Ll")
