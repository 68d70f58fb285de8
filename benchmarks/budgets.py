"""Which pages have a budget, and how much is it? Used by benchmarks/pages.py and by the tests."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.demo import cast
from people.models import Person
from rostering import booking, calendar, eligibility
from rostering.models import Booking, Shift

TRANSACTIONS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")  # not counted: they touch no table
KB = 1000


@dataclass(frozen=True)
class Page:
    """A request and what it may cost; queries without those that only begin or end a transaction."""

    name: str
    ask: Callable[[], object]
    queries: int
    kilobytes: int | None = None  # of the page as it leaves us, not compressed
    after: Callable[[], object] = lambda: None  # undoes it, outside the measurement


@dataclass(frozen=True)
class Cost:
    queries: int
    bytes: int


def pages() -> list[Page]:
    """Return the pages of the demo world that stands in the database, for its volunteer and its coordinator."""
    noor, rachid = (Person.objects.get(email=email) for email in (cast.VOLUNTEER, cast.COORDINATOR))
    volunteer, coordinator, visitor = _client(noor), _client(rachid), Client()
    now = timezone.now()
    shift = next(
        found.shift
        for found in eligibility.assess(noor, now=now)
        if found.fits and not found.shift.task_kind.needs_approval
    )
    token = calendar.subscribe(noor, now=now)

    def book():
        return volunteer.post(reverse("rostering:book", args=[shift.pk]))

    def take_off():
        row = Booking.objects.holding_a_seat().get(person=noor, shift=shift)
        booking.cancel(row, by=noor, now=timezone.now())

    def get(client, name, *args):
        address = reverse(name, args=args)
        return lambda: client.get(address)

    gap = Shift.objects.open(now).filter(task_kind__code="T01").first() or shift
    return [
        Page("home of a volunteer", get(volunteer, "home"), 16, 60),
        Page("open shifts", get(volunteer, "rostering:open_shifts"), 13, 60),
        Page("one shift", get(volunteer, "rostering:shift", shift.pk), 20, 60),
        Page("book a shift", book, 23, None, take_off),
        Page("my roster", get(volunteer, "rostering:my_roster"), 12, 60),
        Page("course catalogue", get(volunteer, "academy:catalogue"), 12, 60),
        Page("calendar feed", get(visitor, "rostering:feed", token), 5),
        Page("board of a coordinator", get(coordinator, "rostering:board"), 12, 80),
        Page("quality of the roster", get(coordinator, "rostering:quality"), 20, 60),
        Page("one shift on the board", get(coordinator, "rostering:board_shift", gap.pk), 20, 80),
    ]


def measure(page: Page) -> Cost:
    """Ask for a page and count; raises AssertionError when it does not answer well."""
    with CaptureQueriesContext(connection) as captured:
        response = page.ask()
    page.after()
    if response.status_code not in (200, 302):
        raise AssertionError(f"{page.name}: {response.status_code}")
    asked = [query for query in captured if not query["sql"].startswith(TRANSACTIONS)]
    return Cost(len(asked), len(response.content))


def excess(page: Page, cost: Cost) -> list[str]:
    """Return what is over budget, as sentences."""
    found = []
    if cost.queries > page.queries:
        found.append(f"{page.name}: {cost.queries} queries, {page.queries} allowed")
    if page.kilobytes and cost.bytes > page.kilobytes * KB:
        found.append(f"{page.name}: {cost.bytes / KB:.0f} kB, {page.kilobytes} allowed")
    return found


def _client(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client
