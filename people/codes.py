"""What may a code be? Codes stand in files, and courses, tasks and papers go by them.

A screen makes capitals of what somebody types; a file has to say the code as it is.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST = 12
_CODE = re.compile(r"[A-Z0-9][A-Z0-9+-]*")


def typed(said: str) -> str:
    """Return the code that somebody typed, in capitals. Raises ValidationError when it cannot be one."""
    code = said.strip().upper()
    refuse(code)
    return code


def refuse(code: str) -> None:
    """Raise ValidationError when `code` is not one as it is kept."""
    if not _CODE.fullmatch(code) or len(code) > LONGEST:
        raise ValidationError(
            _("A code holds capitals, digits, hyphens and plus signs only, at most %(most)s."),
            params={"most": LONGEST},
        )
