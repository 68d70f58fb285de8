"""Somebody's own roster: what is coming as a list and as a week, and the hours of a year."""

from datetime import date, datetime, timedelta

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone

from people import days
from rostering.my_roster import roster


@login_required
def my_roster(request):
    found = roster.of(request.user, now=timezone.now())
    return render(request, "rostering/my_roster/my_roster.html", {"section": "roster", "roster": found})


@login_required
def my_week(request):
    now = timezone.now()
    monday = _monday(request.GET.get("week", ""), now)
    return render(
        request,
        "rostering/my_roster/my_week.html",
        {
            "section": "roster",
            "week": roster.week(request.user, monday, now=now),
            "number": monday.isocalendar().week,
            "before": _week_code(monday - timedelta(days=7)),
            "after": _week_code(monday + timedelta(days=7)),
            "is_now": monday == days.week_of(days.day_of(now))[0],
        },
    )


def _monday(text: str, now: datetime) -> date:
    """Read 2026-W48; anything else is this week."""
    try:
        year, number = text.split("-W")
        monday = date.fromisocalendar(int(year), int(number), 1)
    except ValueError:
        monday = date.min
    this_week = days.week_of(days.day_of(now))[0]
    return monday if abs(monday.year - this_week.year) <= 50 else this_week


def _week_code(monday: date) -> str:
    year, number, _weekday = monday.isocalendar()
    return f"{year}-W{number:02}"


def minutes(time: timedelta) -> int:
    return int(time.total_seconds() // 60)
