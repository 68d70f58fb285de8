"""The pages of the site, made once for a module of tests: Wagtail takes most of a second to make them."""

import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.utils import translation

from academy.editing import groups
from cms import tree
from tests.conftest import NOW


@pytest.fixture(scope="module")
def bare_site(django_db_setup, django_db_blocker):
    """The pages that every site has and the groups of trainers; all that a module wrote is undone at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        with translation.override(settings.LANGUAGE_CODE), time_machine.travel(NOW, tick=False):
            tree.ensure_site()
            groups.ensure_groups()
        yield
        transaction.set_rollback(True)
