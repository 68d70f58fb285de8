"""Fill an empty database with the demo world: fictional people, their papers, shifts and courses."""

import time
from datetime import timedelta
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from academy import clock as academy_clock
from cms.demo import cast, sheets, study, world
from cms.demo import extra as demo_extra
from cms.demo.history import History
from people import days, log, roles
from people.models import District, Grant, Location, Notice, Person, RoleAssignment
from rostering import clock as rostering_clock
from rostering import proposals, shifts
from rostering.availability import preferences
from rostering.demand import planning
from rostering.models import Booking, Shift, TaskKind, WeeklyDemand
from rostering.proposals.choice import Choice

PEOPLE, SEED = 700, 1
BACK, AHEAD = timedelta(days=14), timedelta(days=20)
OLDER, OLDER_KIND = timedelta(days=63), "T02"  # of one kind there is more history
FRESH = timedelta(hours=30)  # younger notices of those with a log-in still go out
NOT_TOMORROW, PROPOSED = timedelta(days=2), timedelta(days=13)  # who is asked needs time to answer
PLAN_WITHIN = 8  # seconds
TELL_EVERY = 5  # seconds
TOGETHER = 200  # people in one transaction


class Command(BaseCommand):
    help = "Fill an empty database with a fictional organisation. `manage.py demo` does this by itself."

    def add_arguments(self, parser):
        parser.add_argument("--people", type=int, default=PEOPLE, help=f"how many, {PEOPLE} if left out")
        parser.add_argument("--seed", type=int, default=SEED, help="another number gives another world")
        parser.add_argument("--folder", type=Path, default=settings.VAR / "demo", help="for the CSV files")

    def handle(self, *, people, seed, folder, **options):
        if Person.objects.exists():
            raise CommandError("There are people in this database. The demo only fills an empty one.")
        self.now, self.folder, self.data = timezone.now(), folder, Path(settings.ROOT) / "data"
        self.told_at = time.monotonic()
        folder.mkdir(parents=True, exist_ok=True)
        self.world = self.make_world(seed, people)
        with log.only_trouble():
            self.load()

    def load(self) -> None:
        """Take the steps one by one, and tell how long each took."""
        for step in (
            self.load_places_and_courses,
            self.load_people,
            self.load_grants,
            self.load_shifts,
            self.load_preferences,
            self.load_history,
            self.load_extra,
            self.load_study,
            self.open_log_ins,
            self.settle,
            self.propose,
        ):
            started = time.monotonic()
            self.say(f"{step():58}{time.monotonic() - started:5.1f} s")

    def make_world(self, seed: int, people: int) -> world.World:
        today = days.day_of(self.now)
        try:
            return world.make(
                seed,
                people,
                today,
                names=sheets.read(self.data / "names.csv"),
                locations=sheets.read(self.data / "locations.csv"),
                cast=cast.people(today),
            )
        except ValueError as trouble:
            raise CommandError(str(trouble)) from None

    def load_places_and_courses(self) -> str:
        self.take_over("import_locations", self.data / "locations.csv")
        self.take_over("import_qualifications", self.data / "qualifications.csv")
        self.take_over("import_courses", self.data / "courses.csv", content=self.data / "courses")
        self.take_over("import_task_kinds", self.data / "task_kinds.csv")
        return "locations, qualifications, courses and kinds of task"

    def load_people(self) -> str:
        for path in self.write("people", sheets.PEOPLE, sheets.people(self.world)):
            self.take_over("import_people", path)
        posts = RoleAssignment.objects.filter(role=roles.Coordinator.code).order_by("pk")
        for number, post in enumerate(posts, start=1):  # numbers that nobody has
            roles.put_on_duty(post, f"085 000 00 {number:02}", by=None, now=self.now)
        return f"{Person.objects.count()} people"

    def load_grants(self) -> str:
        for path in self.write("grants", sheets.GRANTS, sheets.grants(self.world)):
            self.take_over("import_grants", path)
        return f"{Grant.objects.count()} qualifications of people"

    def load_shifts(self) -> str:
        least = sheets.least(sheets.read(self.data / "task_kinds.csv"))
        for name in ("weekly_demand", "weekly_demand_local"):
            rows = sheets.demand(sheets.read(self.data / f"{name}.csv"), len(self.world.people), least)
            for path in self.write(name, sheets.DEMAND, rows):
                self.take_over("import_demand", path)
        first, last = self.world.today - BACK, self.world.today + AHEAD
        older = WeeklyDemand.objects.filter(task_kind__code=OLDER_KIND).select_related("task_kind")
        planning.plan(older, first=first - OLDER, last=first - timedelta(days=1), by=None, now=self.now)
        call_command("plan_shifts", "--from", str(first), "--until", str(last), stdout=StringIO())
        return f"{Shift.objects.count()} shifts from {first} to {last}"

    def load_preferences(self) -> str:
        kinds = {kind.code: kind for kind in TaskKind.objects.all()}
        people = Person.objects.in_bulk([p.email for p in self.world.people], field_name="email")
        for first in range(0, len(self.world.people), TOGETHER):
            with transaction.atomic():
                for inhabitant in self.world.people[first : first + TOGETHER]:
                    self.prefer(people[inhabitant.email], inhabitant, kinds)
            self.tell("with preferences", first, len(self.world.people))
        return "availability, willingness and limits"

    def prefer(self, person: Person, inhabitant: world.Inhabitant, kinds: dict[str, TaskKind]) -> None:
        said = {"by": person, "now": self.now - timedelta(days=30)}
        if inhabitant.windows:
            windows = [preferences.Window(w.weekday, w.start, w.end) for w in inhabitant.windows]
            preferences.set_pattern(person, windows, **said)
        if inhabitant.away:
            first, last = inhabitant.away
            preferences.add_exception(person, from_on=first, until_on=last, is_available=False, **said)
        if inhabitant.wishes:
            levels = {kinds[code]: level for code, level in inhabitant.wishes.items()}
            preferences.set_willingness(person, levels, **said)
        if inhabitant.shifts_a_week:
            preferences.set_limits(
                person,
                shifts_a_week=inhabitant.shifts_a_week,
                hours_a_week=inhabitant.hours_a_week,
                **said,
            )

    def load_history(self) -> str:
        history = History(self.world, self.now)
        history.plan()
        history.play(lambda done: self.tell("of what happened", done, len(history.events)))
        refused = f", {len(history.refused)} refused" if history.refused else ""
        return f"{Booking.objects.count()} bookings{refused}"

    def load_extra(self) -> str:
        kinds, places = (
            TaskKind.objects.in_bulk(field_name="code"),
            Location.objects.in_bulk(field_name="name"),
        )
        coordinator = Person.objects.get(email=cast.COORDINATOR)
        made = [
            shifts.make(
                task_kind=kinds[extra.kind],
                starts_at=days.moment(extra.day(self.world.today), extra.start),
                ends_at=days.span(extra.day(self.world.today), extra.start, extra.end)[1],
                seats=extra.seats,
                location=places.get(extra.location),
                district=None,
                spot=shifts.Spot(directions=extra.directions),
                note=extra.note,
                published=True,
                by=coordinator,
                now=self.now - timedelta(hours=3),
            )
            for extra in demo_extra.shifts()
        ]
        return f"{len(made)} shifts made by hand"

    def load_study(self) -> str:
        return f"{study.study(self.world, self.now)} people on their way in a course"

    def open_log_ins(self) -> str:
        named = Person.objects.filter(email__in=[p.email for p in self.world.people if p.is_named])
        return f"{named.update(password=make_password(world.PASSWORD))} log-ins"

    def settle(self) -> str:
        """Let the clocks run once, and drop what they owe: nobody waits for mail from before the demo."""
        rostering_clock.tick(self.now)
        academy_clock.tick(self.now)
        named = [p.email for p in self.world.people if p.is_named]
        fresh = Notice.objects.filter(person__email__in=named, owed_at__gt=self.now - FRESH)
        old = Notice.objects.waiting().exclude(pk__in=fresh.values("pk"))
        old.update(dropped_at=self.now)  # without trouble: no longer true, rather than failed
        for notice in Notice.objects.waiting():  # at night too: who tries the demo wants to read a mail
            notice.due_at, notice.facts = self.now, {**notice.facts, "urgent": True}
            notice.save(update_fields=["due_at", "facts"])
        return f"{Notice.objects.waiting().count()} messages to send"

    def propose(self) -> str:
        """Leave a proposal for the coordinator to look at: two weeks of the own district and the pool."""
        coordinator = Person.objects.get(email=cast.COORDINATOR)
        first = self.world.today + NOT_TOMORROW
        district = District.objects.filter(name=cast.DISTRICT).values_list("pk", flat=True)
        choice = Choice(first, first + PROPOSED, districts=frozenset(district), is_national=True)
        try:
            proposal = proposals.ask(choice, by=coordinator, now=self.now, seconds=PLAN_WITHIN)
        except proposals.NotPossible as refusal:  # a world of a few people has no shifts of a district
            return f"no proposal for the roster: {refusal}"
        return f"a proposal for the roster with {proposal.lines.count()} people"

    def take_over(self, command: str, path: Path, **options) -> None:
        call_command(command, str(path), stdout=StringIO(), **options)

    def write(self, name: str, columns: list[str], rows) -> list[Path]:
        return sheets.write(self.folder, name, columns, rows)

    def tell(self, what: str, done: int, total: int) -> None:
        if time.monotonic() - self.told_at > TELL_EVERY:
            self.say(f"  {done} of {total} {what}")

    def say(self, line: str) -> None:
        self.stdout.write(f"  {line}")
        self.stdout.flush()
        self.told_at = time.monotonic()
