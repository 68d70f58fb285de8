"""One place for the days on which a grant counts: rows and plain days say the same, every day."""

import random
from datetime import date, timedelta

import pytest
from django.db import transaction

from people import validity
from people.models import Grant, Qualification
from people.validity import Validity

DAY = date(2026, 11, 23)


def near(rng, chance=1.0):
    """Some day around the edges of what ends soon, or none."""
    return (
        DAY + timedelta(days=rng.choice([-91, -1, 0, 1, 89, 90, 91, 200])) if rng.random() < chance else None
    )


@pytest.mark.django_db
def test_rows_and_days_agree_in_random_grants(bram, anouk):
    papers = [Qualification.objects.create(code=f"Q{n}", name=f"Papier {n}") for n in range(2)]
    seen = set()
    for seed in range(60):
        rng = random.Random(seed)
        with transaction.atomic():
            rows = [give(rng, rng.choice([bram, anouk]), rng.choice(papers)) for _n in range(8)]
            mine = Grant.objects.filter(pk__in=[row.pk for row in rows])
            valid = set(mine.valid_on(DAY).values_list("pk", flat=True))
            soon = set(mine.ending_soon(DAY).values_list("pk", flat=True))
            transaction.set_rollback(True)
        assert valid == {row.pk for row in rows if row.validity.is_valid(DAY)}, seed
        assert soon == {row.pk for row in rows if ends_soon(row, rows)}, seed
        seen |= {(row.pk in valid, row.pk in soon, row.validity.state(DAY)) for row in rows}
    assert seen == {
        (True, True, "valid"), (True, False, "valid"), (False, False, "later"),
        (False, False, "over"), (False, False, "revoked"),
    }  # fmt: skip


def give(rng, person, paper):
    first = near(rng) - timedelta(days=rng.choice([0, 90]))
    last, revoked = near(rng, 0.8), near(rng, 0.2)
    return Grant.objects.create(
        person=person, qualification=paper, valid_from=first, source="seen", granted_at="2026-01-01T12:00Z",
        valid_until=max(first, last) if last else None, revoked_on=revoked,
        revoked_because="Fout" if revoked else "",
    )  # fmt: skip


def ends_soon(row, rows):
    same = [
        other.validity
        for other in rows
        if other != row and (other.person_id, other.qualification_id) == (row.person_id, row.qualification_id)
    ]
    return validity.ends_soon(row.validity, same, on=DAY)


@pytest.mark.parametrize(("left", "soon"), [(91, False), (90, True), (0, True), (-1, False)])
def test_what_ends_soon(left, soon):
    mine = Validity(date(2025, 1, 1), DAY + timedelta(days=left))
    assert validity.ends_soon(mine, [], on=DAY) is soon
    assert (validity.soon_from(mine.valid_until) <= DAY <= mine.valid_until) is soon


def test_a_renewal_takes_it_away_and_a_revoked_one_does_not():
    mine = Validity(date(2025, 1, 1), DAY)
    assert not validity.ends_soon(mine, [Validity(DAY, None)], on=DAY)
    assert validity.ends_soon(mine, [Validity(DAY, None, DAY)], on=DAY)


def test_a_revocation_before_the_first_day_leaves_no_day():
    mine = Validity(DAY, None, DAY)
    assert (mine.is_valid(DAY), mine.state(DAY)) == (False, "revoked")
