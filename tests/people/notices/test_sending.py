"""Is everything we owe told once, in the right words, at a decent hour?"""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core.mail.backends import locmem
from django.db import connections, transaction

from people import days, journal, notices
from people.models import JournalEntry, Notice, Person
from people.notices import Counts, sending
from people.notices.mail import Message

MINUTE = timedelta(minutes=1)


def at(hour, minute=0, day=23):
    return datetime(2026, 11, day, hour, minute, tzinfo=days.AMSTERDAM)


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    """Two kinds of our own: one that goes alone and at once, one that waits for the digest."""
    monkeypatch.setattr(sending, "KINDS", {})
    notices.register("alone", lambda notice: Message(subject="Alone", lines=[notice.facts.get("line", "")]))
    notices.register("calm", lambda notice: Message(subject=f"Calm {notice.pk}", lines=[]), together=True)


@pytest.fixture
def outbox(mailoutbox):
    return mailoutbox


def owe(person, kind="alone", now=None, **more):
    return notices.owe(person, kind, person, now=now or at(12), **more)


def the(notice):
    notice.refresh_from_db()
    return notice


def test_what_is_owed_is_owed_once(anouk):
    first = owe(anouk, line="first")
    again = owe(anouk, line="second")
    assert (again.pk, again.facts, Notice.objects.count()) == (first.pk, {"line": "first"}, 1)


def test_nothing_is_owed_when_the_change_itself_is_undone(anouk):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        owe(anouk)
        _ = 1 / 0
    assert Notice.objects.count() == 0


@pytest.mark.parametrize(
    ("owed", "due"),
    [
        (at(21, 59), at(21, 59)),
        (at(22), at(7, day=24)),
        (at(23, 30), at(7, day=24)),
        (at(6, 59), at(7)),
        (at(7), at(7)),
    ],
)
def test_nobody_is_woken(anouk, owed, due):
    assert owe(anouk, now=owed).due_at == due


def test_what_is_urgent_does_wake(anouk, outbox):
    notice = owe(anouk, now=at(23), urgent=True)
    assert (notice.due_at, notices.send_due(now=at(23))) == (at(23), Counts(mails=1, sent=1))


def test_what_was_held_up_waits_for_the_morning(anouk, outbox):
    owe(anouk, now=at(21, 59))
    assert [notices.send_due(now=at(22, 5)).sent, notices.send_due(now=at(7, day=24)).sent] == [0, 1]


def test_quiet_hours_hold_over_the_change_of_the_clock(anouk):
    night = datetime(2027, 3, 28, 0, 30, tzinfo=days.AMSTERDAM)
    assert owe(anouk, now=night).due_at == datetime(2027, 3, 28, 5, 0, tzinfo=UTC)


def test_a_notice_is_sent_once_and_marked(anouk, outbox):
    notice = owe(anouk)
    counts = [notices.send_due(now=at(12, minute)) for minute in (0, 1)]
    assert counts == [Counts(mails=1, sent=1), Counts()]
    assert (the(notice).sent_at, notice.lease, notice.lease_until, notice.tries) == (at(12), None, None, 1)
    assert [mail.extra_headers["Message-ID"] for mail in outbox] == [f"<{notice.message_id}@paraat.example>"]


def test_what_is_not_yet_due_stays(anouk, outbox):
    owe(anouk, due_at=at(13))
    assert (notices.send_due(now=at(12, 59)).sent, notices.send_due(now=at(13)).sent) == (0, 1)


def test_two_workers_never_take_the_same(anouk, outbox):
    owe(anouk)
    _lease, mine = sending._lease(at(12), 200)
    assert (len(mine), notices.send_due(now=at(12, 1))) == (1, Counts())


def test_a_worker_that_vanished_is_taken_over_after_the_lease(anouk, outbox):
    owe(anouk)
    sending._lease(at(12), 200)
    assert notices.send_due(now=at(12) + notices.LEASE + MINUTE) == Counts(mails=1, sent=1)


def test_what_can_wait_goes_together_at_four(anouk, outbox):
    due = [owe(anouk, "calm", now=at(hour, minute)).due_at for hour, minute in ((9, 0), (16, 0), (16, 1))]
    other = notices.owe(anouk, "calm", anouk.home, now=at(10))
    assert (due, other.due_at) == ([at(16), at(16), at(16, day=24)], at(16))
    assert notices.send_due(now=at(16)) == Counts(mails=1, sent=2)
    assert [mail.subject for mail in outbox] == ["2 berichten van Paraat"]


def test_one_digest_a_day_also_when_the_worker_was_late(anouk, outbox):
    for day in (22, 23):
        owe(anouk, "calm", now=at(9, day=day))
    first = notices.send_due(now=at(9))
    owe(anouk, "calm", now=at(10))
    assert [first, notices.send_due(now=at(16, 1)), notices.send_due(now=at(16, day=24))] == [
        Counts(mails=1, sent=1),
        Counts(),
        Counts(mails=1, sent=1),
    ]


def test_the_limit_never_cuts_a_digest_in_two(anouk, outbox):
    for subject in (anouk, anouk.home, anouk.home.district):
        notices.owe(anouk, "calm", subject, now=at(12))
    assert notices.send_due(now=at(16), limit=1) == Counts(mails=1, sent=3)


def test_a_kind_with_several_goes_in_one_mail_at_once_and_never_in_two(anouk, bram, outbox):
    notices.register(
        "question", lambda notice: Message(subject="Question", lines=[]), several=lambda n: f"{n} questions"
    )
    for subject in (anouk, anouk.home):
        notices.owe(anouk, "question", subject, now=at(12))
    owe(anouk)
    owe(bram, "question")
    assert notices.send_due(now=at(12), limit=1) == Counts(mails=1, sent=2)
    assert notices.send_due(now=at(12)) == Counts(mails=2, sent=2)
    assert [mail.subject for mail in outbox] == ["2 questions", "Alone", "Question"]


def test_the_limit_leaves_the_rest_for_the_next_round(anouk, bram, outbox):
    for person in (anouk, bram):
        owe(person)
    assert [notices.send_due(now=at(12), limit=1).sent for _ in range(3)] == [1, 1, 0]


def test_what_is_no_longer_true_is_dropped(anouk, outbox):
    notices.register("stale", lambda notice: None)
    notice = owe(anouk, "stale")
    assert notices.send_due(now=at(12)) == Counts(dropped=1)
    assert (the(notice).dropped_at, notice.trouble, outbox) == (at(12), "", [])


def test_who_has_left_gets_nothing(anouk, outbox):
    notice = owe(anouk)
    anouk.is_active = False
    anouk.save()
    assert notices.send_due(now=at(12)) == Counts(dropped=1)
    assert (the(notice).trouble, outbox) == ("The account is closed.", [])


class Refusing(locmem.EmailBackend):
    """Takes no mail for Bram."""

    def send_messages(self, messages):
        if "bram" in messages[0].to[0]:
            raise SMTPRecipientsRefused({"bram": (550, b"no such mailbox")})
        return super().send_messages(messages)


class Away(locmem.EmailBackend):
    def open(self):
        raise ConnectionRefusedError("nobody there")


@pytest.fixture
def refusing(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"


def test_one_refused_mail_does_not_stop_the_others(anouk, bram, refusing, outbox):
    refused, fine = owe(bram), owe(anouk)
    assert notices.send_due(now=at(12)) == Counts(mails=1, sent=1, failed=1)
    assert (the(refused).tries, refused.lease, refused.lease_until) == (1, None, at(12, 1))
    assert (refused.trouble[:21], the(fine).sent_at) == ("SMTPRecipientsRefused", at(12))


def test_each_failure_waits_longer_and_the_fifth_is_the_last(bram, refusing, outbox):
    notice, now, waits = owe(bram), at(12), []
    while the(notice).dropped_at is None:
        notices.send_due(now=now)
        if the(notice).lease_until:
            waits.append(notice.lease_until - now)
            now = notice.lease_until + MINUTE
    assert (waits, notice.tries) == (notices.BACK_OFF, 5)


def test_a_mail_server_that_is_away_costs_no_tries(anouk, bram, settings, outbox):
    for person in (anouk, bram):
        owe(person)
    settings.EMAIL_BACKEND = f"{__name__}.Away"
    rounds = [notices.send_due(now=at(12, minute)).failed for minute in range(10)]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert set(Notice.objects.values_list("tries", flat=True)) == {0}
    assert (rounds, notices.send_due(now=at(12, 11))) == ([1] * 10, Counts(mails=2, sent=2))


def test_a_notice_that_cannot_be_written_stops_nobody(anouk, bram, outbox):
    unknown, fine = owe(bram, "kind that nobody knows"), owe(anouk)
    assert notices.send_due(now=at(12)) == Counts(mails=1, sent=1, failed=1)
    assert (the(unknown).trouble, the(fine).sent_at) == ("KeyError: 'kind that nobody knows'", at(12))


def test_a_notice_that_kills_the_worker_is_given_up(anouk, outbox):
    notice, now = owe(anouk), at(12)
    for _ in range(5):
        sending._lease(now, 200)
        now += notices.LEASE + MINUTE
    assert (notices.send_due(now=now), the(notice).trouble) == (
        Counts(dropped=1),
        "The worker stopped each time while sending this.",
    )


def test_no_time_left_gives_the_rest_back(anouk, bram, outbox, monkeypatch):
    for person in (anouk, bram):
        owe(person)
    monkeypatch.setattr(sending, "BUDGET", -1)
    assert notices.send_due(now=at(12)) == Counts()
    assert set(Notice.objects.values_list("tries", "lease", "lease_until")) == {(0, None, None)}


def test_an_administrator_has_it_tried_again(bram, frank, refusing, outbox):
    notice = owe(bram)
    Notice.objects.update(dropped_at=at(12), tries=5, trouble="SMTPRecipientsRefused")
    notices.retry(notice, by=frank, now=at(13))
    assert (the(notice).dropped_at, notice.tries, notice.trouble) == (None, 0, "")
    entry = JournalEntry.objects.get(verb="notice.retried")
    assert (entry.actor, entry.subject) == (journal.ref(frank), journal.ref(notice))


def test_what_has_been_sent_is_not_sent_again(anouk, frank, outbox):
    notice = owe(anouk)
    notices.send_due(now=at(12))
    with pytest.raises(notices.NotRetryable, match="al verstuurd"):
        notices.retry(notice, by=frank, now=at(13))


def test_what_is_being_sent_is_not_tried_twice(anouk, frank, outbox):
    notice = owe(anouk)
    sending._lease(at(12), 200)
    with pytest.raises(notices.NotRetryable, match="op dit moment"):
        notices.retry(notice, by=frank, now=at(12, 1))


def test_sending_takes_as_many_queries_for_three_as_marks(
    anouk, bram, carla, outbox, django_assert_num_queries
):
    for person in (anouk, bram, carla):
        owe(person)
    with django_assert_num_queries(10):  # take: 3 and their savepoint, give back: 1, and one mark for each
        notices.send_due(now=at(12))


def test_every_mail_is_in_the_language_of_the_reader(anouk, bram, outbox):
    bram.language = "en"
    bram.save()
    for person in (anouk, bram):
        owe(person)
    notices.send_due(now=at(12))
    assert [mail.body.split(",")[0] for mail in outbox] == ["Hallo Anouk", "Hello Bram"]


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_mail_goes_out(anouk, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Watching"
    owe(anouk)
    notices.send_due(now=at(12))
    assert Watching.saw == [False]
    with pytest.raises(RuntimeError), transaction.atomic():
        notices.send_due(now=at(12))


class Watching(locmem.EmailBackend):
    """Writes down whether a transaction was open while it sent."""

    saw = []

    def send_messages(self, messages):
        self.saw.append(transaction.get_connection().in_atomic_block)
        return len(messages)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_send_each_notice_once(mailoutbox):
    person = Person.objects.create_user("anouk@paraat.example", "x", first_name="Anouk")
    owed = {owe(person, due_at=at(11) + n * timedelta(seconds=1)).message_id for n in range(40)}

    def work(_number):
        try:
            return [notices.send_due(now=at(12), limit=7).sent for _round in range(8)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as workers:
        sent = sum(sum(rounds) for rounds in workers.map(work, range(4)))
    ids = [mail.extra_headers["Message-ID"] for mail in mailoutbox]
    assert (sent, len(ids), set(ids)) == (40, 40, {f"<{one}@paraat.example>" for one in owed})
