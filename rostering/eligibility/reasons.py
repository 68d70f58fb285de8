"""What can stand between a person and a shift, and who may read it?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import formats
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

from people.models import Qualification


@dataclass(frozen=True)
class Reason:
    """Why not, as a code for programs and a sentence for people.

    What is said may be lazy: a list judges a thousand shifts and shows the sentences of five.
    """

    code: str
    said: str | Promise
    qualification: Qualification | None = None

    @property
    def sentence(self) -> str:
        return str(self.said)


PRIVATE = {"never", "overlap", "rest", "week_shifts", "week_hours", "unavailable", "far"}


def for_others(reasons: Iterable[Reason]) -> list[str]:
    """Return what somebody else may read of these reasons; what is private becomes one neutral sentence."""
    sentences = [
        str(_("Cannot come at that time.")) if reason.code in PRIVATE else reason.sentence
        for reason in reasons
    ]
    return list(dict.fromkeys(sentences))


def _say_lacking(name: str, kind: str, lapsed_on: date | None) -> str:
    if lapsed_on:
        sentence = _("%(name)s is valid until %(day)s, before the day of this shift.")
        return sentence % {"name": name, "day": formats.date_format(lapsed_on)}
    match kind:
        case Qualification.Kind.CERTIFICATE:
            sentence = _("The certificate %(name)s is missing on the day of this shift.")
        case Qualification.Kind.STATEMENT:
            sentence = _("%(name)s has not been signed yet.")
        case Qualification.Kind.PRACTICE:
            sentence = _("%(name)s has not been signed off yet.")
        case _kind:
            sentence = _("%(name)s has not been checked yet.")
    return sentence % {"name": name}


lacking = lazy(_say_lacking, str)
