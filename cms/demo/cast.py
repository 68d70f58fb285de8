"""The seven log-ins of the demo, each with a story to walk through. All of them are made up."""

from datetime import date, datetime, timedelta

from cms.demo import roster
from cms.demo.roster import Agenda, Seat, Slot
from cms.demo.world import (
    AFTERNOON,
    DOMAIN,
    EVENING,
    EVIDENCE,
    FINE,
    GLADLY,
    MORNING,
    RATHER_NOT,
    SOURCES,
    TERMS,
    Inhabitant,
    Paper,
    Post,
    World,
    windows,
)
from people import days

VOLUNTEER, CANDIDATE, SUPERVISOR, COORDINATOR, ADMINISTRATOR = (
    f"{name}@{DOMAIN}" for name in ("vrijwilliger", "kandidaat", "werkbegeleider", "coordinator", "beheerder")
)
DISTRICT = "Midden-Nederland"  # of the coordinator
LOG_INS = {
    "vrijwilliger": "a certified volunteer in Utrecht with shifts, an offer and a certificate to renew",
    "kandidaat": "a newcomer, halfway through the first course",
    "trainer": "writes courses and sees how learners get on",
    "coordinator": "fills the roster of Midden-Nederland",
    "werkbegeleider": "looks after a group of people",
    "beheerder": "keeps people, roles and qualifications in order",
    "extern": "a professional from outside the organisation",
}


def people(today: date) -> list[Inhabitant]:
    """Return the seven, with papers dated from `today`."""

    def someone(log_in, first_name, engagement, home, district, months, posts, **more):
        return Inhabitant(
            email=f"{log_in}@{DOMAIN}",
            first_name=first_name,
            infix="",
            last_name="Voorbeeld",
            engagement=engagement,
            home=home,
            district=district,
            travel_km=more.pop("travel_km", 25),
            joined_on=days.add_months(today, -months) - timedelta(days=9),
            is_named=True,
            posts=posts,
            **more,
        )

    utrecht = ("Utrecht", "Midden-Nederland")
    in_order = _in_order(today)
    hours = windows((0, 1, 2, 3), AFTERNOON, EVENING) + windows((5,), MORNING, AFTERNOON)
    return [
        someone(
            "vrijwilliger", "Noor", "volunteer", *utrecht, 34, [Post("volunteer")], standing="running_out",
            papers=_of_noor(today), windows=hours,
            wishes={"T01": GLADLY, "T02": FINE, "T08": GLADLY, "T10": RATHER_NOT}, shifts_a_week=3,
        ),
        someone(
            "kandidaat", "Sami", "volunteer", *utrecht, 0, [Post("candidate")], standing="in_training",
            papers=[Paper("GH", today - timedelta(days=8), None, "signed", EVIDENCE["GH"])],
        ),
        someone(
            "trainer", "Tineke", "employee", "Amersfoort", "Midden-Nederland", 80,
            [Post("employee"), Post("trainer")], standing="valid", papers=in_order,
        ),
        someone(
            "coordinator", "Rachid", "employee", *utrecht, 61,
            [Post("employee"), Post("coordinator", district="Midden-Nederland")],
            standing="valid", papers=in_order,
        ),
        someone(
            "werkbegeleider", "Willemijn", "employee", "Lelystad", "Midden-Nederland", 95,
            [Post("employee"), Post("supervisor")], standing="valid",
            papers=[*in_order, _since("C19", today, 7), _since("C07", today, 5)],
        ),
        someone(
            "beheerder", "Priya", "employee", *utrecht, 70, [Post("employee"), Post("administrator")],
            standing="valid", papers=in_order,
        ),
        someone("extern", "Joost", "external", "Den Haag", "Den Haag", 2, [Post("external")]),
    ]  # fmt: skip


def _since(code: str, today: date, months: int) -> Paper:
    """A paper that was awarded so many months ago."""
    first = days.add_months(today, -months) - timedelta(days=3)
    until = days.add_months(first, TERMS[code]) if TERMS[code] else None
    return Paper(code, first, until, SOURCES.get(code, "import"), EVIDENCE.get(code, ""))


def _in_order(today: date) -> list[Paper]:
    return [_since(code, today, 8) for code in ("GH", "VOG", "18+", "TH", "AV", "B", "C06")]


def _of_noor(today: date) -> list[Paper]:
    """Certified for calls and chat; AV ends next week. C09, the next course, would open the late chat to her."""
    soon = today + timedelta(days=9)
    return [
        *(_since(code, today, 33) for code in ("GH", "18+", "TH")),
        _since("VOG", today, 20),
        Paper("B", days.add_months(today, -32), days.add_months(today, -8)),
        Paper("B", days.add_months(today, -8), days.add_months(today, 16)),
        Paper("AV", days.add_months(soon, -24), days.add_months(soon, -12)),
        Paper("AV", days.add_months(soon, -12), soon),
        _since("C06", today, 14),
        _since("C07", today, 9),
        _since("C08", today, 4),
        _since("C18", today, 6),
    ]


def seats(world: World, slots: list[Slot], agenda: Agenda, now: datetime) -> list[Seat]:
    """Give the log-ins their own shifts: what they did, and what comes next."""
    noor, sami, willemijn = (world.by_email(email) for email in (VOLUNTEER, CANDIDATE, SUPERVISOR))
    slots = sorted(slots, key=lambda slot: (slot.starts_at, slot.pk))
    past = [slot for slot in slots if slot.ends_at < now - timedelta(days=1)]
    soon = [slot for slot in slots if now + timedelta(hours=20) < slot.starts_at < now + timedelta(days=9)]
    older, recent = (
        [s for s in past if (s.day >= world.today - timedelta(days=14)) is is_recent]
        for is_recent in (False, True)
    )
    return [
        *_take(agenda, noor, [s for s in older if s.day.weekday() == 1], {"T02"}, 20),
        *_take(agenda, noor, recent, {"T01", "T02"}, 4),
        *_take(agenda, noor, soon, {"T01"}, 1),
        *_take(agenda, noor, reversed(soon), {"T02", "T08"}, 1),
        *_take(agenda, sami, recent, {"T16", "T17"}, 1),
        *_take(agenda, sami, soon, {"T17", "T18", "T16"}, 1),
        *_take(agenda, willemijn, recent, {"T01", "T02"}, 2),
        *_take(agenda, willemijn, soon, {"T02"}, 1),
    ]


def offers(world: World, slots: list[Slot], agenda: Agenda) -> list[Slot]:
    """Return the open shift that the volunteer is asked for; at most one, a Saturday if that can be."""
    noor = world.by_email(VOLUNTEER)
    fitting = [
        slot
        for slot in sorted(slots, key=lambda s: (s.day.weekday() != 5, s.starts_at, s.pk))
        if slot.kind in ("T01", "T02") and roster.may(noor, slot) and agenda.has_room(noor, slot)
    ]
    return fitting[:1]


def _take(agenda: Agenda, person: Inhabitant, slots, kinds: set[str], most: int) -> list[Seat]:
    taken = []
    for slot in slots:
        fits = slot.kind in kinds and roster.may(person, slot) and agenda.has_room(person, slot)
        if fits and len(taken) < most:
            taken.append(agenda.take(person, slot))
    return taken
