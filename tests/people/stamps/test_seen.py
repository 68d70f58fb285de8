"""Two windows on one thing: the one that was left open is refused, keeps what was typed and says what changed."""

import pytest
from django.urls import reverse

from people import stamps
from people.manage.forms import PersonDetails
from people.models import Person
from tests.plugins.sessions import signed_in


@pytest.fixture
def administrator(frank, settings):
    settings.SECOND_FACTOR_FOR_ADMIN = False
    return signed_in(frank, "password")


@pytest.fixture
def page(bram):
    return reverse("people:manage_person_edit", args=[bram.public_id])


def window(client, page):
    """Open the form; return what a browser would send of it."""
    form = client.get(page).context["form"]
    return {field.html_name: "" if (v := field.value()) is None else f"{v}" for field in form}


def test_a_window_left_open_does_not_wipe_a_phone_number(administrator, page, bram):
    first, second = window(administrator, page), window(administrator, page)
    assert administrator.post(page, first | {"phone": "0612345678"}).status_code == 302
    answer = administrator.post(page, second | {"infix": "van"})
    form = answer.context["form"]
    assert form.non_field_errors() == [
        "Iemand heeft dit veranderd terwijl jij het open had: Telefoonnummer. Wat je hebt getypt staat er nog; "
        "de rest staat er zoals het nu is. Kijk het na en sla nog een keer op."
    ]
    assert (form["infix"].value(), form["phone"].value()) == ("van", "0612345678")
    assert Person.objects.get(pk=bram.pk).phone == "0612345678"
    assert Person.objects.get(pk=bram.pk).infix == ""
    again = {field.html_name: "" if (v := field.value()) is None else f"{v}" for field in form}
    assert administrator.post(page, again).status_code == 302
    bram.refresh_from_db()
    assert (bram.infix, bram.phone) == ("van", "0612345678")


def test_who_typed_another_value_keeps_it_and_sees_the_warning(administrator, page):
    first, second = window(administrator, page), window(administrator, page)
    administrator.post(page, first | {"phone": "0612345678"})
    form = administrator.post(page, second | {"phone": "0698765432"}).context["form"]
    assert form["phone"].value() == "0698765432"


def test_the_same_twice_is_saved_once_and_is_no_conflict(administrator, page):
    filled = window(administrator, page) | {"phone": "0612345678"}
    assert [administrator.post(page, filled).status_code for _time in range(2)] == [302, 302]


def test_a_form_that_is_alone_is_saved(administrator, page, bram):
    assert administrator.post(page, window(administrator, page) | {"infix": "de"}).status_code == 302
    bram.refresh_from_db()
    assert bram.infix == "de"


def test_the_marks_hold_nothing_that_can_be_read(bram):
    bram.phone = "0612345678"
    marks = PersonDetails(instance=bram)[stamps.SEEN].value()
    assert "0612345678" not in marks
    assert len(marks.split(",")) == len(PersonDetails.Meta.fields)


def test_marks_that_nobody_made_say_nothing(administrator, page):
    assert administrator.post(page, window(administrator, page) | {stamps.SEEN: "x,,:"}).status_code == 302
