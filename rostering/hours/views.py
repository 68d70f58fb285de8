"""The hours somebody worked, on a page."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone

from people import days
from rostering.hours import counted
from rostering.my_roster.views import minutes


@login_required
def hours_of_year(request):
    this_year = days.day_of(timezone.now()).year
    joined = max(request.user.joined_on or days.today(), days.FIRST)
    years = range(this_year, min(joined.year, this_year) - 1, -1)
    asked = request.GET.get("jaar", "")
    year = next((year for year in years if str(year) == asked), this_year)
    found = counted.of_year(request.user, year)
    return render(
        request,
        "rostering/hours/hours.html",
        {
            "section": "roster",
            "year": year,
            "years": years,
            "total": minutes(found.total),
            "months": [
                (date(year, month, 1), minutes(time)) for month, time in sorted(found.by_month.items())
            ],
            "attended": found.attended[::-1],
        },
    )
