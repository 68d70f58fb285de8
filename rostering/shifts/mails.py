"""How do we tell a coordinator about a shift itself? The subject of these notices is a shift."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import notices
from people.models import Notice
from people.notices.mail import Message
from rostering.letters import fills, for_coordinators, message, on_the_board
from rostering.models import Booking, Shift
from rostering.shifts.too_few import short_of


def register() -> None:
    notices.register("coordinator_short", short)


def short(notice: Notice) -> Message | None:
    rows = Shift.objects.ahead(notice.sending_at).with_taken().with_place()
    shift = rows.filter(pk=notices.subject_pk(notice)).first()
    if shift is None or not short_of(shift) or not fills(notice.person, shift):
        return None
    about = Booking(shift=shift, starts_at=shift.starts_at, ends_at=shift.ends_at)
    lacking = ngettext("%(n)s person is lacking.", "%(n)s people are lacking.", short_of(shift))
    return message(
        about,
        _("Too few people: %(task)s, %(day)s"),
        [
            _("This is done by at least %(least)s people together; %(taken)s are on it now.")
            % {"least": shift.task_kind.minimum_people, "taken": shift.taken},
            lacking % {"n": short_of(shift)},
            _("Ask somebody, or cancel the shift in time for who would stand there with too few."),
        ],
        action=on_the_board(about),
        because=for_coordinators(),
    )
