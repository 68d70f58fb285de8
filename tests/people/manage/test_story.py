"""The journal reads as sentences; whatever verb is written somewhere has one."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from people import days, journal, qualifications, roles
from people.manage import story
from people.models import JournalEntry, Location

ROOMS = ("academy", "cms", "people", "rostering")


def written_verbs():
    """Return each first argument of journal.record in the code; of an f-string, what it begins with."""
    for room in ROOMS:
        for path in sorted(Path(settings.ROOT, room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "record" and node.args:
                    first = node.args[0]
                    if isinstance(first, ast.JoinedStr):
                        first = first.values[0]
                    if isinstance(first, ast.Constant) and "." in first.value:
                        yield first.value


def test_every_verb_has_a_sentence():
    lacking = [
        verb
        for verb in set(written_verbs())
        if not any(
            known == verb or (verb.endswith(".") and known.startswith(verb)) for known in story.SENTENCES
        )
    ]
    assert lacking == []


def tell():
    return [line.sentence for line in story.tell(story.lines())]


@pytest.fixture
def blank(frank, anouk, vog):
    JournalEntry.objects.all().delete()


def test_people_are_shown_by_name(blank, frank, anouk, vog, now):
    award = qualifications.grant(anouk, vog, by=frank, now=now, source="seen", evidence="x")
    qualifications.revoke(award, by=None, now=now + timedelta(minutes=1), because="x")
    roles.assign(anouk, "trainer", by=frank, now=now + timedelta(minutes=2), since_on=now.date())
    assert tell() == [
        "Frank Voorbeeld gaf Anouk Voorbeeld de rol trainer",
        "De klok trok VOG in (Anouk Voorbeeld)",
        "Frank Voorbeeld kende VOG toe (Anouk Voorbeeld)",
    ]


def test_an_import_and_a_test_are_not_the_clock(blank, frank, anouk, vog, now):
    roles.assign(anouk, "trainer", by=None, now=now, since_on=now.date(), source="import")
    journal.record("location.imported", Location, by=None, now=now, added=3, file="locations.csv")
    qualifications.grant(anouk, vog, by=None, now=now)
    qualifications.grant(anouk, vog, by=None, now=now, source="exemption")
    assert sorted(tell()) == [
        "De klok kende VOG toe (Anouk Voorbeeld)",
        "Een geslaagde toets kende VOG toe (Anouk Voorbeeld)",
        "Een import gaf Anouk Voorbeeld de rol trainer",
        "Een import nam 3 locaties over uit locations.csv",
    ]
    found = {who: story.lines(actor=who).count() for who in ("de klok", "import", "Een geslaagde toets")}
    assert found == {"de klok": 1, "import": 2, "Een geslaagde toets": 1}


def test_days_stand_in_words(blank, now):
    facts = {"number": 4, "first": "2026-11-08", "last": "2026-99-99"}
    row = {"verb": "shifts.planned", "subject": "rostering.shift:9", "facts": facts}
    JournalEntry.objects.create(at=now, actor="clock", **row)
    assert tell() == ["De klok plande 4 diensten, van 8 november 2026 tot en met 2026-99-99"]


def test_a_line_about_what_is_gone_or_unknown_still_reads(blank, frank, now):
    JournalEntry.objects.create(
        at=now, actor="people.person:999", verb="shift.made", subject="rostering.shift:999"
    )
    JournalEntry.objects.create(at=now, actor="clock", verb="moon.rose", subject="sky.moon:1")
    assert tell() == ["De klok: moon.rose, sky.moon:1", "persoon 999 maakte dienst 999 (…)"]


def test_reading_costs_the_same_for_more_lines(blank, frank, anouk, vog, now, django_assert_num_queries):
    for _n in range(3):
        qualifications.grant(anouk, vog, by=frank, now=now)
    entries = list(story.lines())
    for count in (1, 3):
        with django_assert_num_queries(2):
            story.tell(entries[:count])


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 2),
        ({"verb": "qualification.granted"}, 1),
        ({"actor": "frank"}, 1),
        ({"actor": "de klok"}, 1),
        ({"actor": "nobody"}, 0),
        ({"about": "anouk voor"}, 2),
        ({"about": "bram"}, 0),
    ],
)
def test_looking_for_lines(blank, frank, anouk, vog, now, asked, count):
    award = qualifications.grant(anouk, vog, by=frank, now=now)
    qualifications.revoke(award, by=None, now=now, because="x")
    assert story.lines(**asked).count() == count


def test_days_are_those_of_amsterdam_and_the_last_one_counts(blank, frank, now):
    midnight = days.moment(now.date(), now.time().min)
    for moment in (midnight - timedelta(seconds=1), midnight, midnight + timedelta(hours=23)):
        journal.record("person.changed", frank, by=frank, now=moment)
    assert story.lines(since=now.date(), until=now.date()).count() == 2


def test_the_page(client, frank, anouk, now):
    client.force_login(frank)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa"}]
    session.save()
    page = client.get("/beheer/logboek/?about=anouk&verb=role.assigned").content.decode()
    assert "De klok gaf Anouk Voorbeeld de rol vrijwilliger" in page
    assert client.get("/beheer/logboek/?since=nonsense").status_code == 200
    assert "Er is niets gevonden" in client.get("/beheer/logboek/?about=nobody").content.decode()
