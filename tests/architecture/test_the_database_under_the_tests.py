"""Does every test start with exactly the rows that the migrations make?"""

import pytest
from django.db import connection
from wagtail.models import Page

from people.models import District


@pytest.mark.both
@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_leaves_nothing_and_takes_nothing(turn):
    before = Page.objects.count()
    District.objects.create(name="Noord")
    Page.objects.all().delete()
    assert (before > 0, District.objects.count()) == (True, 1)


@pytest.mark.both
def test_the_rows_of_a_test_are_rolled_back(db):
    District.objects.create(name="Noord")
    assert District.objects.count() == 1


@pytest.mark.postgres
def test_the_second_run_is_on_postgresql(db):
    assert connection.vendor == "postgresql"
