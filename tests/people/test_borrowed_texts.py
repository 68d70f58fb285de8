"""Is what Django and allauth say on our account pages Dutch too?"""

import io
from pathlib import Path

import allauth
import django
import pytest
from babel.messages.extract import extract
from django.utils import translation

from tests.architecture.house import nothing
from tools.messages import KEYWORDS

SHOWN = [
    "account",
    "mfa",
    "usersessions",
    "core",
    "forms",
    "contrib/auth/password_validation.py",
    "core/validators.py",
]


def texts_of(package) -> set[tuple[str, str]]:
    """Return (one, other) of every sentence in the parts of a package that speak to somebody with an account."""
    root = Path(package.__file__).parent
    files = [root / part for part in SHOWN if (root / part).suffix] + [
        file for part in SHOWN for file in (root / part).rglob("*.py")
    ]
    files = [file for file in files if file.exists() and not {"tests", "management"} & set(file.parts)]
    found = set()
    for file in files:
        for _line, said, _comments, context in extract("python", io.BytesIO(file.read_bytes()), KEYWORDS):
            one, other = (said[0], said[1]) if isinstance(said, tuple) else (said, "")
            if one and one.endswith(".") and " " in one and not context:
                found.add((one, other))
    return found


@pytest.mark.parametrize("package", [django, allauth], ids=["django", "allauth"])
def test_every_sentence_of_the_account_pages_has_its_dutch(package):
    found = texts_of(package)
    assert len(found) > 20
    with translation.override("nl"):
        nothing(
            one
            for one, other in found
            if (translation.ngettext(one, other, 2) == other if other else translation.gettext(one) == one)
        )


@pytest.mark.django_db
def test_a_password_that_is_too_short_is_told_in_dutch(client, anouk):
    client.force_login(anouk)
    answers = {"oldpassword": "paraat-demo", "password1": "zvqxkbrt", "password2": "zvqxkbrt"}
    errors = client.post("/ik/wachtwoord/", answers).context["form"].errors
    assert errors["password1"] == ["Dit wachtwoord is te kort. Kies er een van minstens 12 tekens."]
