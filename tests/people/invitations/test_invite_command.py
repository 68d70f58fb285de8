"""The first administrator comes in by invitation too."""

import pytest
from django.core.management import CommandError, call_command

from people.models import Invitation

pytestmark = pytest.mark.django_db


def test_the_first_administrator_is_invited(capsys):
    call_command("invite", "els@paraat.example", first_name="Els", last_name="Voorbeeld")
    assert list(Invitation.objects.values_list("email", "role")) == [("els@paraat.example", "administrator")]
    assert "els@paraat.example" in capsys.readouterr().out


@pytest.mark.parametrize("email", ["geen adres", "anouk@paraat.example"])
def test_what_cannot_be_invited_is_said(email, anouk):
    with pytest.raises(CommandError) as refusal:
        call_command("invite", email, first_name="A", last_name="B")
    assert str(refusal.value)
    assert Invitation.objects.count() == 0
