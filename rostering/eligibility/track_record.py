"""What did somebody do before: was there a small role, and how often was the answer yes? No ranking; for the fit."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from people.models import Person
from rostering.models import Booking, TaskKind

OFFERS_COUNT = timedelta(days=365)  # older answers say little about the next one
YES_BEFORE, ASKED_BEFORE = 8, 10  # who was never asked is taken to say yes eight times of ten

State = Booking.State


def acceptance(yes: int, asked: int) -> float:
    """Return how likely a yes to the next offer is, from 0 to 1.

    Smoothed, as if each had been asked ten times before and said yes eight times (a Beta(8, 2) prior): two
    refusals in a row tell little, twenty tell a lot.
    """
    return (YES_BEFORE + yes) / (ASKED_BEFORE + asked)


def of(people: Iterable[int], *, now: datetime) -> QuerySet:
    """Return these people with `experienced`, and the offers of the last year: `asked`, and `yes` to them.

    Silence until the offer was over is a no. An offer that was taken back, or that is still open, does not count.
    """
    offers = Booking.objects.filter(
        person=OuterRef("pk"), answer_by__isnull=False, made_at__gt=now - OFFERS_COUNT
    )
    yes = Q(state__in=Booking.SEATED)
    lapsed = Q(state=State.CANCELLED, sequence=0, moved_at__gte=F("answer_by"))
    return (
        Person.objects.filter(pk__in=list(people))
        .order_by()
        .annotate(
            experienced=experienced("pk"),
            yes=_number(offers.filter(yes)),
            asked=_number(offers.filter(yes | Q(state=State.DECLINED) | lapsed)),
        )
    )


def experienced(person: str) -> Exists:
    """Whether the person that the outer query calls `person` was ever present at a small role."""
    small_role = TaskKind.Ladder.SMALL_ROLE
    attended = Booking.objects.filter(state=State.ATTENDED, shift__task_kind__ladder=small_role)
    return Exists(attended.filter(person=OuterRef(person)))


def _number(rows: QuerySet) -> Coalesce:
    counted = rows.order_by().values("person").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)
