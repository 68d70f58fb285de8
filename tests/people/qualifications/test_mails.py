"""Do people hear about their qualifications, in time and in plain words?"""

from datetime import date, datetime, timedelta

import pytest

from people import clock, days, notices, qualifications
from people.models import Grant, Notice, Qualification
from people.qualifications import expiry

DAY = timedelta(days=1)


def at(hour, day=date(2026, 11, 23)):
    return datetime(day.year, day.month, day.day, hour, tzinfo=days.AMSTERDAM)


@pytest.fixture
def award(bram, certificate, now):
    return qualifications.grant(bram, certificate, by=None, now=now)


def ending(person, qualification, last, **fields):
    fields = {"granted_at": at(12, date(2025, 1, 6)), "source": Grant.Source.TEST, **fields}
    return Grant.objects.create(
        person=person, qualification=qualification, valid_from=date(2025, 1, 6), valid_until=last, **fields
    )


def test_who_passed_hears_it_within_the_minute(award, mailoutbox, now):
    notices.send_due(now=now)
    (mail,) = mailoutbox
    assert mail.subject == "Je hebt het: Advieslijn en doorverwijzen"
    assert "Mooi gedaan." in mail.body
    assert "Geldig vanaf: maandag 23 november\nGeldig tot en met: donderdag 23 november 2028\n" in mail.body


def test_what_was_revoked_before_the_mail_is_not_celebrated(award, carla, mailoutbox, now):
    qualifications.revoke(award, by=carla, now=now, because="Verwisseld met iemand anders.")
    notices.send_due(now=now)
    (mail,) = mailoutbox
    assert mail.subject == "Je hebt dit niet meer: Advieslijn en doorverwijzen"
    assert "De reden: Verwisseld met iemand anders." in mail.body


@pytest.mark.parametrize(
    ("left", "due"), [(91, None), (90, 0), (89, 1), (31, 59), (30, 0), (8, 22), (7, 0), (0, 7), (-1, None)]
)
def test_people_hear_it_90_30_and_7_days_ahead(left, due, bram, certificate):
    ending(bram, certificate, at(0).date() + left * DAY)
    clock.warn_of_expiry(at(17))
    expected = [] if due is None else [at(16, at(0).date() - due * DAY)]
    assert list(Notice.objects.values_list("due_at", flat=True)) == expected


def test_the_clock_warns_once_for_each_step(bram, certificate):
    ending(bram, certificate, date(2027, 3, 1))
    for day in range(100):
        for hour in (9, 17):
            clock.warn_of_expiry(at(hour, date(2026, 11, 20) + day * DAY))
    due = [days.day_of(moment) for moment in Notice.objects.values_list("due_at", flat=True)]
    assert due == [date(2026, 12, 1), date(2027, 1, 30), date(2027, 2, 22)]


def test_before_four_nothing_is_owed_yet(bram, certificate):
    ending(bram, certificate, at(0).date() + 90 * DAY)
    clock.warn_of_expiry(at(15))
    assert Notice.objects.count() == 0


@pytest.mark.parametrize("how", ["renewed", "renewed for ever", "revoked", "left", "granted after the step"])
def test_who_need_not_be_warned_is_not(how, bram, certificate):
    fields = {"granted_at": at(16)} if how == "granted after the step" else {}
    award = ending(bram, certificate, at(0).date() + 30 * DAY, **fields)
    if how.startswith("renewed"):
        ending(bram, certificate, None if "ever" in how else date(2029, 1, 1))
    if how == "revoked":
        Grant.objects.filter(pk=award.pk).update(revoked_on=date(2027, 1, 1), revoked_because="Verhuisd.")
    if how == "left":
        bram.is_active = False
        bram.save()
    clock.warn_of_expiry(at(17))
    assert Notice.objects.count() == 0


@pytest.mark.parametrize("number", [1, 3])
def test_nothing_new_costs_the_clock_two_queries(number, bram, certificate, vog, django_assert_num_queries):
    for qualification in (certificate, vog, Qualification.objects.create(code="C01", name="Basis"))[:number]:
        ending(bram, qualification, at(0).date() + 30 * DAY)
    clock.warn_of_expiry(at(17))
    with django_assert_num_queries(2):
        clock.warn_of_expiry(at(18))


def test_all_that_runs_out_comes_in_one_mail_with_the_way_to_renew(bram, certificate, vog, mailoutbox):
    Qualification.objects.filter(pk=certificate.pk).update(is_taught=True, learn_minutes=45)
    for qualification in (certificate, vog):
        ending(bram, qualification, at(0).date() + 30 * DAY)
    certificate.refresh_from_db()
    clock.warn_of_expiry(at(16))
    notices.send_due(now=at(16))
    (mail,) = mailoutbox
    assert mail.subject == "2 berichten van Paraat"
    assert "* Geldig tot en met woensdag 23 december: VOG" in mail.body
    assert "Vernieuwen duurt ongeveer 45 minuten." in mail.body
    assert "Vernieuw het nu:\nhttps://paraat.example/leren/op-weg/C06/" in mail.body
    assert "Vraag je coördinator wie dit opnieuw met je kan nakijken." in mail.body


def test_who_renews_before_four_gets_no_warning(bram, certificate, mailoutbox):
    award = ending(bram, certificate, at(0).date() + 30 * DAY)
    notices.owe(bram, expiry.KIND, award, now=at(12))
    qualifications.grant(bram, certificate, by=None, now=at(13))
    notices.send_due(now=at(16))
    assert [mail.subject for mail in mailoutbox] == ["Je hebt het: Advieslijn en doorverwijzen"]


@pytest.mark.parametrize("kind", sorted(kind for kind in notices.KINDS if kind.startswith("qualification")))
def test_a_grant_that_is_gone_is_not_spoken_of(kind, award, bram, mailoutbox, now):
    Notice.objects.all().delete()
    notices.owe(bram, kind, award, now=now, urgent=True)
    Grant.objects.all().delete()
    notices.send_due(now=now)
    assert mailoutbox == []
