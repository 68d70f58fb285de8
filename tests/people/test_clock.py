"""Does the clock run, in every room, once a minute?"""

import importlib

from django.core.management import call_command
from django_q.models import Schedule

from people import clock, notices
from people.models import Notice


def test_the_clock_sends_what_is_due(anouk, mailoutbox, now, time_machine):
    time_machine.move_to(now, tick=False)
    notices.owe(anouk, "qualification_granted", anouk.grants.first(), now=now)
    clock.run()
    assert (len(mailoutbox), Notice.objects.get().sent_at) == (1, now)


def test_each_room_with_a_clock_is_scheduled_every_minute_once(db):
    for _ in range(2):
        call_command("schedule", verbosity=0)
    rows = Schedule.objects.values_list("func", "schedule_type", "minutes", "repeats")
    assert {"people.clock.run", "rostering.clock.run"} <= {row[0] for row in rows}
    assert (len(rows), {row[1:] for row in rows}) == (len(set(rows)), {(Schedule.MINUTES, 1, -1)})


def test_every_scheduled_function_exists(db):
    call_command("schedule", verbosity=0)
    for path in Schedule.objects.values_list("func", flat=True):
        module, _, name = path.rpartition(".")
        assert callable(getattr(importlib.import_module(module), name))


def test_a_clock_that_is_gone_is_no_longer_scheduled(db):
    Schedule.objects.create(name="every minute: gone.clock.run", func="gone.clock.run")
    Schedule.objects.create(name="somebody else's", func="other.run")
    call_command("schedule", verbosity=0)
    assert Schedule.objects.filter(func__in=["gone.clock.run", "other.run"]).count() == 1


def test_sending_by_hand_says_what_it_did(anouk, now, time_machine, capsys):
    time_machine.move_to(now)
    notices.owe(anouk, "qualification_granted", anouk.grants.first(), now=now)
    call_command("send_notices")
    assert capsys.readouterr().out == "1 mails with 1 notices sent, 0 dropped, 0 failed.\n"
