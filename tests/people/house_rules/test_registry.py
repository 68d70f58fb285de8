"""A house rule has a default, bounds and a reason; an administrator changes it, and the journal keeps that."""

import pytest
from django.urls import reverse

from people import house_rules
from people.house_rules import NotAllowed
from people.models import HouseRule, JournalEntry

pytestmark = pytest.mark.django_db


def test_without_a_choice_the_defaults_hold():
    agreed = {one.rule.key: one.value for one in house_rules.agreed()}
    assert agreed == house_rules.values()
    assert (agreed["load_most_7"], agreed["nights_28"], agreed["rest_after_night"]) == (12, 2, 11)


def test_a_change_is_kept_and_journaled(frank, now):
    assert house_rules.change({"load_most_7": 10}, by=frank, now=now) == ["load_most_7"]
    assert house_rules.change({"load_most_7": 10}, by=frank, now=now) == []
    line = JournalEntry.objects.get(verb="house_rule.changed")
    assert line.facts == {"key": "load_most_7", "was": 12, "value": 10}
    assert house_rules.values()["load_most_7"] == 10


@pytest.mark.parametrize(("wanted", "wrong"), [
    ({"load_most_7": 0}, {"load_most_7"}),
    ({"load_near_7": 13}, {"load_most_7"}),  # the warning would come after the end
    ({"nights_28": 29, "rest_after_night": 25}, {"nights_28", "rest_after_night"}),
])  # fmt: skip
def test_a_number_that_cannot_be_meant_is_refused(wanted, wrong, frank, now):
    with pytest.raises(NotAllowed) as refusal:
        house_rules.change(wanted, by=frank, now=now)
    assert (set(refusal.value.said), HouseRule.objects.count()) == (wrong, 0)


def test_every_rule_says_why_and_its_default_is_allowed():
    for one in house_rules.agreed():
        rule = one.rule
        assert rule.least <= rule.default <= rule.most
        assert len(str(rule.because)) > 30


def test_an_administrator_changes_them_on_a_screen(client, frank):
    client.force_login(frank)
    page = client.get(reverse("people:house_rules"))
    assert "Gewoonlijk: 12 punten" in page.content.decode()
    form = page.context["form"]
    sent = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    refused = client.post(reverse("people:house_rules"), sent | {"load_near_28": 50})
    assert "Dit kan niet minder zijn" in refused.content.decode()
    assert client.post(reverse("people:house_rules"), sent | {"load_most_7": 11}).status_code == 302
    assert house_rules.values()["load_most_7"] == 11


def test_who_is_no_administrator_has_no_such_screen(client, carla):
    client.force_login(carla)
    assert client.get(reverse("people:house_rules")).status_code == 404
