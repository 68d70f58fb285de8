"""How are days, times and durations written for people?"""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import formats
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import days


@dataclass(frozen=True)
class Chip:
    """A few words on a coloured ground; the words say it all without the colour."""

    text: str
    tone: str = ""


def _day(value: date | datetime) -> date:
    return days.day_of(value) if isinstance(value, datetime) else value


def weekday(value: date | datetime) -> str:
    """dinsdag"""
    return formats.date_format(_day(value), "l")


def weekday_name(number: int) -> str:
    """dinsdag; 0 is Monday"""
    return str(WEEKDAYS[number])


def short_weekday(value: date | datetime) -> str:
    """di"""
    return formats.date_format(_day(value), "D").lower()


def long_day(value: date | datetime) -> str:
    """dinsdag 24 november; with the year when it is another one"""
    day = _day(value)
    return formats.date_format(day, "l j F" if day.year == days.today().year else "l j F Y")


def period(first: date, last: date) -> str:
    """maandag 23 november tot en met zondag 6 december; one day is only itself"""
    if first == last:
        return long_day(first)
    return _("%(first)s to %(last)s") % {"first": long_day(first), "last": long_day(last)}


def in_days(day: date, *, today: date) -> str:
    """vandaag, morgen, over 2 dagen: both are Amsterdam calendar days, however many hours lie between"""
    ahead = (day - today).days
    if ahead <= 0:
        return _("today")
    if ahead == 1:
        return _("tomorrow")
    return ngettext("in %(n)s day", "in %(n)s days", ahead) % {"n": ahead}


def clock(value: time | datetime) -> str:
    """17.00 (Amsterdam)"""
    return formats.time_format(value.astimezone(days.AMSTERDAM) if isinstance(value, datetime) else value)


def duration(minutes: float) -> str:
    """2 uur, 45 minuten, 2 uur en 30 minuten"""
    hours, rest = divmod(int(minutes), 60)
    if not hours:
        return ngettext("%(n)s minute", "%(n)s minutes", rest) % {"n": rest}
    said = ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    if rest:
        minutes_said = ngettext("%(n)s minute", "%(n)s minutes", rest) % {"n": rest}
        return _("%(hours)s and %(minutes)s") % {"hours": said, "minutes": minutes_said}
    return said
