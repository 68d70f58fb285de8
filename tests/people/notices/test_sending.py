"""Is everything we owe told once, in the right words, at a decent hour?"""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from unittest.mock import patch

import pytest
from django.core.mail.backends import locmem
from django.db import connections, transaction

from people import days, house_rules, journal, notices
from people.models import JournalEntry, Notice, Person
from people.notices import Counts, sending
from people.notices.mail import Message

MINUTE = timedelta(minutes=1)


def at(hour, minute=0, day=23):
    return datetime(2026, 11, day, hour, minute, tzinfo=days.AMSTERDAM)


@pytest.fixture(autouse=True)
def kinds():
    """Kinds of our own: one that goes alone and at once, one that waits for the digest, one that must be known."""
    with patch.dict(notices.KINDS, clear=True):
        notices.register("alone", alone)
        notices.register("calm", lambda notice: Message(subject=f"Calm {notice.pk}", lines=[]), together=True)
        notices.register("must", lambda notice: Message(subject="Must", lines=[]), must_know=True)
        yield


def alone(notice):
    return Message(subject="Alone", lines=[notice.facts.get("line", "")])


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
    with django_assert_num_queries(
        12
    ):  # take: 3 and their savepoint, limits: 2, give back: 1, a mark for each
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
    moments = [at(11) + n * timedelta(seconds=1) for n in range(40)]
    owed = {owe(person, "must", due_at=moment).message_id for moment in moments}

    def work(_number):
        try:
            return [notices.send_due(now=at(12), limit=7).sent for _round in range(8)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as workers:
        sent = sum(sum(rounds) for rounds in workers.map(work, range(4)))
    ids = [mail.extra_headers["Message-ID"] for mail in mailoutbox]
    assert (sent, len(ids), set(ids)) == (40, 40, {f"<{one}@paraat.example>" for one in owed})


class Breaking(locmem.EmailBackend):
    """Takes the connection, and breaks it while it is told a mail."""

    def send_messages(self, messages):
        raise SMTPServerDisconnected("Connection unexpectedly closed")


def test_a_connection_that_breaks_is_never_given_up(anouk, settings, outbox):
    notice, now = owe(anouk, urgent=True), at(12)
    settings.EMAIL_BACKEND = f"{__name__}.Breaking"
    for _try in range(8):
        assert notices.send_due(now=now) == Counts(failed=1)
        now = the(notice).lease_until + MINUTE
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert (notice.dropped_at, notices.send_due(now=now), len(outbox)) == (None, Counts(mails=1, sent=1), 1)


def test_all_that_waits_for_a_server_that_is_away_says_so(anouk, bram, settings):
    owed = [owe(person) for person in (anouk, bram)]
    settings.EMAIL_BACKEND = f"{__name__}.Away"
    notices.send_due(now=at(12))
    said = "Nog niet verstuurd. De mailserver geeft geen antwoord. We blijven het proberen."
    assert [notices.delivery(the(notice)).sentence for notice in owed] == [said, said]


def test_of_what_is_owed_about_one_thing_only_the_last_is_sent(anouk, bram, outbox):
    about = [anouk.home, anouk]
    for line in ("first", "second", "third"):
        notices.owe(anouk, "alone", anouk, now=at(23), about=about, line=line)
    notices.owe(anouk, "alone", anouk.home, now=at(23), line="another thing")
    notices.owe(bram, "alone", anouk, now=at(23), about=about, line="another person")
    notices.send_due(now=at(7, day=24))
    assert [line for mail in outbox for line in mail.body.splitlines()[2:3]] == [
        "third",
        "another thing",
        "another person",
    ]


def test_what_is_being_sent_is_not_replaced(anouk, outbox):
    first = notices.owe(anouk, "alone", anouk, now=at(12), about=[anouk])
    sending._lease(at(12), 200)
    second = notices.owe(anouk, "alone", anouk, now=at(12, 1), about=[anouk])
    assert set(Notice.objects.all()) == {first, second}


def test_what_was_taken_back_can_be_owed_anew(anouk, outbox):
    owe(anouk, now=at(23))
    assert notices.withdraw(["alone"], anouk, now=at(23)) == 1
    owe(anouk, now=at(23), line="again")
    assert notices.send_due(now=at(7, day=24)) == Counts(mails=1, sent=1)


def much(person, number, hour=12, kind="alone", day=23):
    for n in range(number):
        owe(person, kind, now=at(hour, n, day=day))


def test_much_mail_goes_together(anouk, bram, outbox):
    much(anouk, 10)
    owe(bram)
    assert notices.send_due(now=at(12, 30)) == Counts(mails=7, sent=11)
    assert sorted(mail.subject for mail in outbox) == ["5 berichten van Paraat", *["Alone"] * 6]


def test_what_is_too_much_waits_an_hour_and_then_goes_together(anouk, outbox):
    much(anouk, 6)
    notices.send_due(now=at(12, 30))
    much(anouk, 3, hour=13)
    rounds = [notices.send_due(now=at(13, minute)).mails for minute in (5, 6, 29, 31)]
    assert (rounds, outbox[-1].subject) == ([0, 0, 0, 3], "Alone")
    assert set(Notice.objects.values_list("tries", flat=True)) == {1}


def test_what_is_held_is_not_late(anouk, outbox):
    much(anouk, 7)
    notices.send_due(now=at(12, 30))
    much(anouk, 1, hour=13)
    notices.send_due(now=at(13, 1))
    assert list(notices.late(at(13, 20))) == []


def test_what_somebody_must_know_goes_at_once_and_alone(anouk, outbox):
    much(anouk, 6)
    notices.send_due(now=at(12, 30))
    much(anouk, 3, hour=13, kind="must")
    assert notices.send_due(now=at(13, 5)) == Counts(mails=3, sent=3)


def test_a_day_has_its_limit_too(anouk, outbox):
    for hour in range(8, 20):
        much(anouk, 5, hour=hour)
        notices.send_due(now=at(hour, 30))
    assert len(outbox) == 20
    notices.send_due(now=at(8, 31, day=24))
    assert (len(outbox), Notice.objects.waiting().count()) == (25, 0)


def test_the_limits_are_house_rules(anouk, frank, outbox):
    house_rules.change({"mails_an_hour": 1, "mails_a_day": 2}, by=frank, now=at(9))
    much(anouk, 3)
    assert notices.send_due(now=at(12, 30)) == Counts(mails=1, sent=3)


def to_an_address(notice):
    return Person(first_name="Gast", email=notice.facts["address"])


def test_somebody_without_an_account_is_written_to_and_forgotten(db, outbox):
    notices.register("guest", alone, reader=to_an_address, forgets=True)
    notice = notices.owe(None, "guest", "address:x", now=at(12), address="gast@example.org")
    again = notices.owe(None, "guest", "address:x", now=at(12), address="gast@example.org")
    assert (again, notices.send_due(now=at(12))) == (notice, Counts(mails=1, sent=1))
    assert (outbox[0].to, the(notice).facts) == (["Gast <gast@example.org>"], {})


def test_a_name_with_a_line_break_stops_no_mail(anouk, outbox):
    Person.objects.filter(pk=anouk.pk).update(
        first_name="Anouk\r\nBcc: x@example.org", last_name="Voor\nbeeld"
    )
    owe(anouk)
    assert notices.send_due(now=at(12)) == Counts(mails=1, sent=1)
    assert outbox[0].message()["To"].startswith('"Anouk Bcc: x@example.org Voor beeld" <anouk@')


@pytest.mark.parametrize("hurry", [0, 1])
def test_hurrying_is_no_second_mail(anouk, outbox, hurry, time_machine):
    time_machine.move_to(at(12), tick=False)
    owe(anouk)
    for _n in range(1 + hurry):
        sending.send_now()
    assert len(outbox) == 1
