"""What did somebody mean to type? Text made clean where it comes in, addresses that mail can reach, search keys.

Pure: no row is read here. Names and addresses come from telephones, from Excel and from other systems, with line
breaks, signs that nobody sees and letters in two spellings. Every door cleans them in the same way, because the
fields of the rows do (people.models.fields).
"""

import re
import unicodedata

import idna
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

LONGEST_ADDRESS = 254  # RFC 5321
_UNSEEN = {"Cc", "Cf", "Co", "Cn", "Cs"}  # control, zero-width and bidi signs, and what is no sign at all
_BREAKS = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_APOSTROPHES = re.compile(r"['’‘‛ʼʹ´`′]")
_DASHES = re.compile(r"[‐‑‒–—―−]")
_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_PREFIXES = frozenset(
    "van von vom de der den des het t s te ten ter tot op in aan bij uit over voor onder la le les du el al".split()
)


def line(said: str) -> str:
    """Return `said` as one line: composed letters (NFC), single blanks, and no sign that nobody sees."""
    return " ".join(_seen(_BREAKS.sub(" ", said).replace("\t", " ")).split())


def lines(said: str) -> str:
    """Return `said` with its line breaks, each line made clean; the same text in two spellings becomes one."""
    return "\n".join(line(part) for part in said.splitlines()).strip()


def address(said: str) -> str:
    """Return the mail address as it can be sent to: small letters, and the domain in ASCII (IDNA 2008).

    Raises ValidationError with a sentence for the screen.
    """
    plain = unicodedata.normalize("NFC", said.strip())
    local, _at, domain = plain.rpartition("@")
    if any(unicodedata.category(sign) in _UNSEEN for sign in plain):
        raise ValidationError(_("There is a sign in this mail address that nobody can see. Type it again."))
    if not local.isascii():
        raise ValidationError(
            _(
                "No mail can be sent to this address. Use only ordinary letters, without accents, before the @."
            )
        )
    try:
        ascii_domain = domain if domain.isascii() else idna.encode(domain, uts46=True).decode()
    except idna.IDNAError:
        raise ValidationError(
            _("No mail can be sent to this address. Check what stands after the @.")
        ) from None
    found = f"{local}@{ascii_domain}".lower()
    validate_email(found)
    if len(found) > LONGEST_ADDRESS:
        raise ValidationError(_("No mail can be sent to this address. Check what stands after the @."))
    return found


def address_or_as_it_is(said: str) -> str:
    """Return the address as it can be sent to; what is no address stays, to be looked up and not found."""
    try:
        return address(said)
    except ValidationError:
        return said.strip().lower()


def folded(said: str) -> str:
    """Return what `said` is searched by: no accents, capitals, ligatures or apostrophes, so Özgür is ozgur."""
    plain = unicodedata.normalize("NFKD", line(said).casefold().translate(_LETTERS))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(_DASHES.sub("-", _APOSTROPHES.sub("", plain)).split())


def sorted_as(*, first_name: str, infix: str, last_name: str) -> str:
    """Return what a name is sorted by, as Dutch lists are: under the name, whatever prefix stands before it."""
    words = folded(last_name).split()
    own = (
        0 if last_name[:1].isupper() else _prefixes_of(words)
    )  # Van Dam, as Flemish people write it, is one name
    return " ".join([*words[own:], *folded(first_name).split(), *words[:own], *folded(infix).split()])


def _prefixes_of(words: list[str]) -> int:
    """Return how many prefixes stand before a name; the last word is always the name."""
    return next((n for n, word in enumerate(words[:-1]) if word not in _PREFIXES), max(len(words) - 1, 0))


def _seen(said: str) -> str:
    composed = unicodedata.normalize("NFC", said)
    return "".join(sign for sign in composed if unicodedata.category(sign) not in _UNSEEN)
