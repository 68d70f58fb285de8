"""An organisation of the size that we promise: the demo world, with older weeks added until there is enough."""

import json
from datetime import timedelta
from itertools import cycle
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from cms.demo import world
from cms.management.commands import load_demo
from people import days
from people.models import Person
from rostering.demand import planning
from rostering.models import Booking, Shift, WeeklyDemand

PEOPLE, BOOKINGS = 700, 10_000
FOLDER = Path(settings.VAR) / "bench"
BEFORE = load_demo.BACK + load_demo.OLDER + timedelta(days=1)  # the demo has no shifts further back


def use(people: int, bookings: int) -> None:
    """Go on with the world that was made today, or make it. On SQLite it is a file below var/bench/."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    note, file = FOLDER / "world.json", FOLDER / "bench.sqlite3"
    wanted = {"people": people, "bookings": bookings, "version": world.VERSION, "day": str(days.today())}
    if connection.vendor == "sqlite":
        connection.close()
        connection.settings_dict["NAME"] = str(file)
        if note.exists() and file.exists() and json.loads(note.read_text()) == wanted:
            return
        note.unlink(missing_ok=True)
        for tail in ("", "-wal", "-shm"):
            Path(f"{file}{tail}").unlink(missing_ok=True)
        connection.cursor().execute("PRAGMA synchronous=OFF")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("load_demo", people=people, folder=FOLDER)
    thicken(bookings)
    connection.close()
    if connection.vendor == "sqlite":
        note.write_text(json.dumps(wanted))


def thicken(bookings: int) -> None:
    """Add older weeks with every seat taken until there are enough bookings; one person after the other."""
    crowd = cycle(Person.objects.filter(role_assignments__role="volunteer").order_by("pk").distinct())
    demand = WeeklyDemand.objects.select_related("task_kind")
    last = days.today() - BEFORE
    while (missing := bookings - Booking.objects.count()) > 0:
        first = last - timedelta(days=6)
        planning.plan(demand, first=first, last=last, by=None, now=timezone.now())
        start, end = (days.moment(day, days.time(0)) for day in (first, last + timedelta(days=1)))
        week = Shift.objects.filter(starts_at__gte=start, starts_at__lt=end).order_by("starts_at", "pk")
        rows = [_attended(shift, seat, next(crowd)) for shift in week for seat in range(1, shift.seats + 1)]
        Booking.objects.bulk_create(rows[:missing], batch_size=500)
        last = first - timedelta(days=1)


def _attended(shift: Shift, seat: int, person: Person) -> Booking:
    return Booking(
        person=person,
        shift=shift,
        state=Booking.State.ATTENDED,
        seat=seat,
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        made_at=shift.starts_at - timedelta(days=5),
        moved_at=shift.ends_at,
    )


def counts() -> str:
    ahead = Shift.objects.ahead(timezone.now()).count()
    return (
        f"{Person.objects.count():,} people, {Shift.objects.count():,} shifts of which {ahead:,} ahead, "
        f"{Booking.objects.count():,} bookings"
    )
