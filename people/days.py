"""Which day is it? Days, weeks and dayparts of the organisation are those of Amsterdam, whatever the server thinks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays
from django.utils import timezone

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FIRST, LAST = date(1950, 1, 1), date(2099, 12, 31)  # what is before or after these is a slip of the hand


def day_of(moment: datetime) -> date:
    """Return the Amsterdam calendar day of an aware datetime."""
    return moment.astimezone(AMSTERDAM).date()


def today() -> date:
    """Return today in Amsterdam. For views, commands and access; rules take `now` or a day."""
    return day_of(timezone.now())


def moment(day: date, at: time) -> datetime:
    """Return the instant of a wall-clock time on an Amsterdam day, in UTC.

    A time that the clock skips in spring becomes the one an hour later; of the two in autumn, the first. UTC,
    because Python subtracts two datetimes of the same zone by the wall clock: a night would lose or gain an hour.
    """
    return datetime.combine(day, at, tzinfo=AMSTERDAM).astimezone(UTC)


def is_skipped(day: date, at: time) -> bool:
    """Whether the clock of Amsterdam skips this time on this day: 2.00 to 3.00 on the last Sunday of March."""
    return moment(day, at).astimezone(AMSTERDAM).time() != at


def read(text: str) -> date:
    """Return the day of an address or a file, written as 2026-11-26.

    Raises ValueError when it is none, or lies before FIRST or after LAST.
    """
    day = date.fromisoformat(text)
    if not FIRST <= day <= LAST:
        raise ValueError(text)
    return day


def span(day: date, start: time, end: time) -> tuple[datetime, datetime]:
    """Return start and end of a block on `day`; an end at or before the start is on the next day."""
    return moment(day, start), moment(day + timedelta(days=end <= start), end)


def week_of(day: date) -> tuple[date, date]:
    """Return Monday and the Monday after of the ISO week that holds `day`."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=7)


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, or the last day of that month if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), first_of_next - timedelta(days=1))


def months_between(earlier: date, later: date) -> int:
    """Return the number of whole months from `earlier` to `later` (0 if it lies before)."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return max(0, months - (add_months(earlier, months) > later)) if months > 0 else 0


def public_holidays(year: int) -> dict[date, str]:
    """Return the Dutch public holidays of a year with their names (package holidays, kept by its community)."""
    return dict(holidays.country_holidays("NL", years=year, language="nl"))
