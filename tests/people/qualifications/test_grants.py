"""Who holds what, and until when."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from people import qualifications
from people.models import Grant, JournalEntry, LearningStep, Notice, Qualification

pytestmark = pytest.mark.django_db


def test_a_grant_runs_its_term_and_is_told(bram, certificate, frank, now):
    award = qualifications.grant(
        bram, certificate, by=frank, now=now, source="seen", evidence="Origineel gezien"
    )
    assert (award.valid_from, award.valid_until) == (date(2026, 11, 23), date(2028, 11, 23))
    assert JournalEntry.objects.first().verb == "qualification.granted"
    assert list(Notice.objects.values_list("kind", "person")) == [("qualification_granted", bram.pk)]


def test_a_renewal_is_a_new_row_and_loses_no_days(bram, certificate, now):
    first = qualifications.grant(bram, certificate, by=None, now=now)
    second = qualifications.grant(bram, certificate, by=None, now=now + timedelta(days=700))
    assert second.valid_until == date(2030, 11, 23)
    first.refresh_from_db()
    assert first.valid_until == date(2028, 11, 23)


def test_a_late_renewal_runs_from_today(bram, certificate, now):
    qualifications.grant(bram, certificate, by=None, now=now)
    late = qualifications.grant(bram, certificate, by=None, now=now + timedelta(days=800))
    assert (late.valid_from, late.valid_until) == (date(2029, 1, 31), date(2031, 1, 31))


def test_nobody_grants_to_themselves(frank, vog, now):
    with pytest.raises(qualifications.NotGrantable):
        qualifications.grant(frank, vog, by=frank, now=now, source="seen")
    assert Grant.objects.count() == 0


def test_a_statement_is_signed_by_the_person(bram, now):
    secrecy = Qualification.objects.create(code="GH", name="Geheimhouding", kind="statement")
    award = qualifications.grant(bram, secrecy, by=bram, now=now, source="signed")
    assert award.valid_until is None


def test_revoking_takes_a_reason_and_happens_once(anouk, frank, now):
    award = anouk.grants.first()
    with pytest.raises(qualifications.NotGrantable):
        qualifications.revoke(award, by=frank, now=now, because="  ")
    qualifications.revoke(award, by=frank, now=now, because="Verkeerde persoon")
    again = qualifications.revoke(award, by=frank, now=now + timedelta(days=3), because="Nog eens")
    assert (again.revoked_on, again.revoked_because) == (date(2026, 11, 23), "Verkeerde persoon")


@pytest.mark.parametrize(
    ("term", "said"),
    [
        ({"valid_from": date(1900, 1, 1)}, "De eerste geldige dag ligt meer dan 25 jaar terug."),
        ({"valid_from": date(2050, 1, 1)}, "De eerste geldige dag ligt meer dan een jaar vooruit."),
        ({"valid_until": date(2050, 1, 1)}, "De laatste geldige dag ligt meer dan tien jaar vooruit."),
        (
            {"valid_from": date(2026, 1, 1), "valid_until": date(1926, 1, 1)},
            "De laatste geldige dag ligt vóór",
        ),
    ],
)
def test_a_slip_in_the_year_is_told(bram, vog, frank, now, term, said):
    with pytest.raises(qualifications.NotGrantable, match=said):
        qualifications.grant(bram, vog, by=frank, now=now, source="seen", **term)
    assert Grant.objects.count() == 0


@pytest.mark.parametrize("first", [date(2001, 11, 23), date(2027, 11, 23)])
def test_long_ago_and_a_year_ahead_are_years_that_can_be_meant(bram, vog, frank, now, first):
    until = date(2036, 11, 23)
    award = qualifications.grant(
        bram, vog, by=frank, now=now, source="seen", valid_from=first, valid_until=until
    )
    assert (award.valid_from, award.valid_until) == (first, until)


def test_a_reason_that_does_not_fit_is_refused_whole(anouk, frank, now):
    award = anouk.grants.first()
    with pytest.raises(qualifications.NotGrantable, match="200"):
        qualifications.revoke(award, by=frank, now=now, because="x" * 201)
    award.refresh_from_db()
    assert award.revoked_on is None


def test_what_only_begins_later_can_be_revoked_and_was_never_held(bram, vog, frank, now, shift):
    award = qualifications.grant(bram, vog, by=frank, now=now, source="seen", valid_from=date(2026, 11, 25))
    assert qualifications.missing(bram, [vog], on=shift.day) == []
    qualifications.revoke(award, by=frank, now=now, because="Verkeerde persoon")
    assert qualifications.missing(bram, [vog], on=shift.day) == [vog]


def test_was_she_certified_last_march(anouk, certificate, now):
    assert qualifications.missing(anouk, [certificate], on=date(2026, 3, 1)) == []
    assert qualifications.missing(anouk, [certificate], on=date(2025, 3, 1)) == [certificate]


def test_including_goes_on_and_may_run_in_circles(bram, certificate, now):
    wide, wider = (Qualification.objects.create(code=code, name=code) for code in ("B", "A"))
    wide.includes.add(certificate, wider)
    wider.includes.add(wide)
    qualifications.grant(bram, wider, by=None, now=now)
    assert qualifications.held(bram, on=now.date()) == {certificate.pk, wide.pk, wider.pk}


def test_a_grant_ends_the_learning_step(bram, certificate, now):
    step = {
        "minutes_left": 40,
        "parts_done": 2,
        "parts_total": 5,
        "next_title": "Stilte",
    }
    qualifications.note_step(bram, certificate, now=now, **step)
    qualifications.note_step(bram, certificate, now=now, **{**step, "minutes_left": 20})
    assert LearningStep.objects.get().minutes_left == 20
    qualifications.grant(bram, certificate, by=None, now=now)
    assert LearningStep.objects.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [{"valid_until": date(2025, 1, 1)}, {"revoked_on": date(2026, 5, 1)}, {"revoked_because": "zonder dag"}],
)
def test_the_database_refuses_what_cannot_be(bram, certificate, now, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(
            person=bram,
            qualification=certificate,
            valid_from=date(2026, 1, 1),
            source="seen",
            granted_at=now,
            **wrong,
        )


def test_refusals_are_dutch(frank, vog, now):
    with override("nl"), pytest.raises(qualifications.NotGrantable) as refusal:
        qualifications.grant(frank, vog, by=frank, now=now, source="seen")
    assert str(refusal.value) == "Je kunt jezelf geen bevoegdheid geven."
