"""The addresses of the site, and the page that shows every component."""

from datetime import datetime

from django.shortcuts import render
from django.urls import path

from config.urls import urlpatterns as site
from people import days

WEEK = ["ma 23", "di 24", "wo 25", "do 26", "vr 27", "za 28", "zo 29"]
ROWS = [
    {
        "at": datetime(2026, 11, 24, 17, tzinfo=days.AMSTERDAM),
        "title": "Belronde eerste contact",
        "where": "17.00 tot 19.00 uur, op afstand",
        "act": "#main",
        "chips": [{"tone": "gap", "text": "Nog 2 plekken"}, {"tone": "good", "text": "Doe je graag"}],
    },
    {
        "at": datetime(2026, 12, 2, 13, tzinfo=days.AMSTERDAM),
        "title": "Hulp bij schadeformulier",
        "where": "13.00 tot 15.00 uur, Amersfoort",
        "missing": True,
        "chips": [{"tone": "", "text": "Je mist Schade en zitting, nog 40 minuten"}],
    },
]


def style(request):
    return render(request, "cms/style.html", {"section": "roster", "rows": ROWS, "board_days": WEEK})


urlpatterns = [path("stijl/", style), *site]
