"""The administrator makes and changes kinds of task on screen."""

import pytest
from django.urls import reverse

from people.models import JournalEntry
from rostering.models import TaskKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client, frank, monday_noon):
    client.force_login(frank)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa"}]
    session.save()
    return client


@pytest.fixture
def filled(vog):
    return {
        "code": "t30", "name": "Spreekuur", "description": "Een uur op het stadhuis.", "ladder": "small_role",
        "requires": [vog.pk], "minimum_months": "3", "minutes": "60", "load": "2", "mode": "on_site",
        "minimum_people": "2", "needs_approval": "on",
    }  # fmt: skip


def written():
    rows = JournalEntry.objects.filter(verb__startswith="task_kind.").order_by("pk")
    return [(row.verb, row.facts) for row in rows]


def test_a_new_kind_of_task(office, filled, vog):
    assert office.post("/beheer/taken/nieuw/", filled).url == reverse("rostering:task_kinds")
    kind = TaskKind.objects.get()
    assert (kind.code, kind.name, kind.minimum_months, kind.minutes) == ("T30", "Spreekuur", 3, 60)
    assert (kind.load, kind.mode, kind.minimum_people, kind.ladder) == (2, "on_site", 2, "small_role")
    assert (kind.needs_approval, kind.on_holidays, kind.is_active) == (True, False, True)
    assert list(kind.requires.all()) == [vog]
    assert written() == [("task_kind.made", {"code": "T30", "fields": []})]


def test_a_kind_is_changed_and_taken_out_of_use_and_back(office, filled, telephone, certificate):
    address = reverse("rostering:task_kind", args=["T01"])
    office.post(address, filled)
    telephone.refresh_from_db()
    assert (telephone.code, telephone.name, telephone.is_active) == ("T01", "Spreekuur", False)
    office.post(address, filled | {"is_active": "on"})
    office.post(address, filled | {"is_active": "on"})
    telephone.refresh_from_db()
    assert telephone.is_active
    assert [facts["fields"][-1] for _verb, facts in written()] == ["is_active", "is_active"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "T01"}, "code"),
        ({"code": "nog niet!"}, "code"),
        ({"name": ""}, "name"),
        ({"minutes": "4"}, "minutes"),
        ({"minutes": "1441"}, "minutes"),
        ({"minimum_people": "0"}, "minimum_people"),
        ({"minimum_months": "601"}, "minimum_months"),
        ({"load": "3"}, "load"),
        ({"mode": "thuis"}, "mode"),
        ({"ladder": ""}, "ladder"),
        ({"requires": ["x"]}, "requires"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_makes_nothing(office, filled, telephone, wrong, field):
    form = office.post("/beheer/taken/nieuw/", filled | wrong).context["form"]
    assert list(form.errors) == [field]
    assert list(TaskKind.objects.all()) == [telephone]


def test_the_list_says_what_each_asks_by_name(office, telephone):
    page = " ".join(office.get("/beheer/taken/").content.decode().split())
    assert "Advieslijn en doorverwijzen, VOG" in page
    assert f'href="{reverse("rostering:task_kind", args=["T01"])}"' in page


def test_a_qualification_out_of_use_is_not_offered_but_stays_where_it_is_asked(office, telephone, vog):
    vog.is_active = False
    vog.save()
    new = office.get("/beheer/taken/nieuw/").context["form"].fields["requires"].queryset
    old = office.get("/beheer/taken/T01/").context["form"].fields["requires"].queryset
    assert (vog in new, vog in old) == (False, True)
