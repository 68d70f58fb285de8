"""What does somebody's first page say? The next shift, what is asked, the next learning step, the work."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from academy import access as audience
from academy import outlines
from academy.models import CoursePage, LessonPage, ModulePage
from academy.outlines import Outline
from people import access, days, roles
from people.models import LearningStep, Person, Qualification
from rostering import eligibility, my_roster, open_shifts, whereabouts, words
from rostering.eligibility import Reason
from rostering.models import Booking, Shift, TaskKind
from rostering.my_roster import Mine
from rostering.open_shifts import Lack, Overview, Row

FIRST_COURSES = ("C01", "AV")  # the welcome, and careful handling of data: where volunteers begin
FIRST_OUTSIDE = ("X1",)  # and where somebody of another organisation does
MOST_MICRO_TASKS = 3
GAPS_AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class Unfit:
    """A booked shift for which something is no longer valid on the day."""

    booking: Booking
    reason: Reason
    lack: Lack


@dataclass(frozen=True)
class Advice:
    """A course that could be begun; `shifts` is what that would open. `is_first`: where everybody begins."""

    outline: Outline
    minutes: int | None
    shifts: int = 0
    is_first: bool = False

    @property
    def course(self) -> CoursePage:
        return self.outline.course

    @property
    def is_online(self) -> bool:
        """Return whether it can be read here, in one's own time."""
        return not self.course.is_on_location and not self.course.is_path and bool(self.outline.lessons)

    @property
    def is_to_come(self) -> bool:
        """Return whether it is meant to be read here, and not there yet."""
        return self.course.form == CoursePage.Form.E_LEARNING and not self.outline.lessons


@dataclass(frozen=True)
class Gaps:
    """What a coordinator still has to fill in fourteen days: shifts with a free seat, those with nobody."""

    shifts: int
    nobody: int


@dataclass(frozen=True)
class Home:
    """All that the page shows. `step` is under way, `advice` is what could be begun."""

    greeting: str
    takes_shifts: bool
    fitting: int
    coming: list[Booking]
    colleagues: int
    asked: list[Mine]
    pending: list[Booking]
    unfit: list[Unfit]
    step: LearningStep | None
    opens: int
    advice: Advice | None
    micro_tasks: list[Row]
    gaps: Gaps | None

    @property
    def next(self) -> Booking | None:
        return self.coming[0] if self.coming else None

    @property
    def where(self) -> str:
        """When and where the next shift is: 17.00 tot 19.00 uur, Utrecht."""
        return words.times_and_place(self.next.shift) if self.next else ""

    @property
    def address(self) -> str:
        """Where the next shift is, when one has to go there."""
        return whereabouts.of(self.next.shift).address if self.next else ""


def of(person: Person, *, now: datetime) -> Home:
    """Return the home page of `person`, in a fixed number of queries; `now` is aware."""
    steps = list(person.learning_steps.select_related("qualification"))
    overview = open_shifts.overview(person, now=now, steps=steps)
    mine = my_roster.ahead_of(person, now=now)
    coming = [row for row in mine if row.state in Booking.SEATED and not row.shift.cancelled_at]
    step = next((step for step in steps if step.minutes_left), steps[0] if steps else None)
    is_new = not roles.may(person, roles.TAKE_SHIFTS)
    takes_shifts = open_shifts.may_take_any(person)
    return Home(
        greeting=greeting(now),
        takes_shifts=takes_shifts,
        fitting=len(overview.fitting),
        coming=coming,
        colleagues=_colleagues(person, coming[0]) if coming else 0,
        asked=[Mine(row) for row in my_roster.open_offers(mine, now=now)],
        pending=[row for row in mine if row.state == Booking.State.REQUESTED],
        unfit=_unfit(overview, coming, now),
        step=step,
        opens=len(overview.opened_by(step.qualification)) if step and takes_shifts else 0,
        advice=None if step else _advice(overview, takes_shifts, days.day_of(now)),
        micro_tasks=_micro_tasks(overview) if is_new else [],
        gaps=_gaps(person, now) if roles.may(person, roles.FILL_ROSTER) else None,
    )


def greeting(now: datetime) -> str:
    """Return good morning, afternoon or evening, by the clock of Amsterdam."""
    hour = now.astimezone(days.AMSTERDAM).hour
    if 5 <= hour < 12:
        return _("Good morning")
    return _("Good afternoon") if 12 <= hour < 18 else _("Good evening")


def _colleagues(person: Person, booking: Booking) -> int:
    return Booking.objects.holding_a_seat().filter(shift=booking.shift_id).exclude(person=person).count()


def _unfit(overview: Overview, coming: list[Booking], now: datetime) -> list[Unfit]:
    return [
        Unfit(booking, reason, overview.lack(reason.qualification))
        for booking in coming
        if booking.starts_at > now
        for reason in eligibility.lacks_qualification(overview.facts, booking.shift, overview.demands, now)
    ]


def _advice(overview: Overview, takes_shifts: bool, day: date) -> Advice | None:
    """Return what to begin with, else what would open most; only out of the person's own catalogue.

    What can be begun here and now goes before what has to be arranged, and that before what is still to come.
    """
    is_outside = audience.is_outside(overview.person)
    first = FIRST_OUTSIDE if is_outside else FIRST_COURSES if takes_shifts else ()
    openings = [one for one in overview.openings() if one.lack.has_way] if takes_shifts else []
    if not first and not openings:
        return None
    wanted = Q(awards__code__in=first) | Q(awards__in=[one.lack.qualification.pk for one in openings])
    outlined = _outlines(audience.courses(overview.person).filter(wanted))
    for code in first:
        outline = outlined.get(code)
        if outline and not _holds(overview, outline.course.awards, day):
            return Advice(outline, outline.course.awards.learn_minutes, is_first=True)
    found = [
        Advice(outlined[one.lack.qualification.code], one.lack.minutes, one.shifts)
        for one in openings
        if one.lack.qualification.code in outlined
    ]
    return min(found, key=lambda one: _wait(overview, one, day), default=None)


def _outlines(courses) -> dict[str, Outline]:
    """Return these courses with their lessons, by what they award; four queries."""
    courses = list(courses.select_related("awards").prefetch_related("requires"))
    modules = ModulePage.objects.live().order_by("path").with_question_count()
    found = outlines.build(courses, modules, LessonPage.objects.live().order_by("path").defer("body"))
    return {course.awards.code: found[course.pk] for course in courses}


def _wait(overview: Overview, advice: Advice, day: date) -> int:
    """Return 0 for what can be begun at once, 1 for what is arranged with somebody, 2 for what comes later."""
    if advice.is_to_come:
        return 2
    is_open = all(_holds(overview, asked, day) for asked in advice.course.requires.all())
    return 0 if advice.is_online and is_open else 1


def _holds(overview: Overview, qualification: Qualification, day: date) -> bool:
    return overview.facts.holds(overview.demands.wider.get(qualification.pk, {qualification.pk}), day)


def _micro_tasks(overview: Overview) -> list[Row]:
    small = TaskKind.Ladder.MICRO_TASK
    found = [one for one in overview.fitting if one.shift.task_kind.ladder == small]
    return [open_shifts.row(one) for one in found[:MOST_MICRO_TASKS]]


def _gaps(person: Person, now: datetime) -> Gaps:
    ahead = Shift.objects.open(now).in_scope(access.scope_of(person)).filter(starts_at__lt=now + GAPS_AHEAD)
    return Gaps(**ahead.aggregate(shifts=Count("pk"), nobody=Count("pk", filter=Q(taken=0))))
