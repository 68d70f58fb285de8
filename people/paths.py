"""Which day does an address name?"""

from datetime import date

from django.urls.converters import StringConverter

from people import days


class DayConverter(StringConverter):
    """A day written as 2026-11-26; one that does not exist, or that nobody means, is not found."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return days.read(value)

    def to_url(self, value: date | str) -> str:
        return str(value)
