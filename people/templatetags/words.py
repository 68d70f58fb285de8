"""How days, times and durations are written for people, in every template."""

from django import template

from people import words

register = template.Library()
for name in ("weekday", "weekday_name", "short_weekday", "long_day", "period", "clock", "duration"):
    register.filter(name, getattr(words, name))
