"""How dates, times and lengths are written for people. Loaded in every template."""

from datetime import date, datetime

from django import template
from django.template import defaultfilters
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import days

register = template.Library()


def _day(value: date | datetime) -> date:
    return days.day_of(value) if isinstance(value, datetime) else value


@register.filter
def weekday(value):
    """dinsdag"""
    return formats.date_format(_day(value), "l")


@register.filter
def short_weekday(value):
    """di"""
    return formats.date_format(_day(value), "D").lower()


@register.filter
def long_day(value):
    """dinsdag 24 november; with the year when it is another one"""
    day = _day(value)
    return formats.date_format(day, "l j F" if day.year == days.today().year else "l j F Y")


@register.filter
def clock(value):
    """17.00 (Amsterdam)"""
    return formats.time_format(value.astimezone(days.AMSTERDAM) if isinstance(value, datetime) else value)


@register.filter
def length(minutes):
    """2 uur, 45 minuten, 2 uur en 30 minuten; of a list or a text what Django's filter of this name says"""
    if not isinstance(minutes, int | float):  # Wagtail's own templates count with it
        return defaultfilters.length(minutes)
    hours, rest = divmod(int(minutes), 60)
    if not hours:
        return ngettext("%(n)s minute", "%(n)s minutes", rest) % {"n": rest}
    said = ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    if rest:
        minutes_said = ngettext("%(n)s minute", "%(n)s minutes", rest) % {"n": rest}
        return _("%(hours)s and %(minutes)s") % {"hours": said, "minutes": minutes_said}
    return said
