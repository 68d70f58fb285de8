"""Does somebody experienced stand beside a newcomer? Until it is so, the newcomer has no seat.

A newcomer was never present at a small role. It goes for tasks that are done together; from how many people on is a
house rule. A plan is stricter by itself: there a newcomer comes with somebody experienced, and one at a time.
"""

from people.models import Person
from rostering import agreements
from rostering.eligibility.track_record import experienced
from rostering.matching.load import Agreements
from rostering.models import Booking, Shift, TaskKind


def is_done_together(kind: TaskKind, agreed: Agreements) -> bool:
    """Return whether a newcomer does this only beside somebody experienced."""
    return kind.ladder == TaskKind.Ladder.SMALL_ROLE and kind.minimum_people >= agreed.company_from


def asks_company(person: Person, shift: Shift, agreed: Agreements | None = None) -> bool:
    """Return whether `person` is a newcomer to what is done together. Two queries at most.

    `agreed` are the house rules, from who has read them already.
    """
    kind = shift.task_kind
    if kind.ladder != TaskKind.Ladder.SMALL_ROLE or not is_done_together(
        kind, agreed or agreements.now_held()
    ):
        return False
    return not Person.objects.filter(experienced("pk"), pk=person.pk).exists()


def has_company(shift: Shift) -> bool:
    """Return whether somebody experienced is on `shift`."""
    return Booking.objects.holding_a_seat().filter(experienced("person"), shift=shift).exists()


def lacks_company(person: Person, shift: Shift, agreed: Agreements | None = None) -> bool:
    """Return whether `person` would be on `shift` as a newcomer without anybody experienced."""
    return asks_company(person, shift, agreed) and not has_company(shift)
