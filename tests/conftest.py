"""The cast: the people of every test. Infrastructure is in tests/plugins."""

from datetime import date, datetime, timedelta

import pytest
from django.conf import settings
from django.utils import translation

from people import days, qualifications, roles
from people.models import District, Grant, Location, Person, Qualification
from rostering.models import Shift, TaskKind

pytest_plugins = [
    "tests.plugins.garbage",
    "tests.plugins.cost",
    "tests.plugins.database",
    "tests.plugins.browser",
    "tests.plugins.log",
    "tests.plugins.pages",
    "tests.plugins.properties",
]

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=days.AMSTERDAM)  # a Monday


@pytest.fixture(autouse=True)
def dutch():
    """Begin every test in Dutch, whatever the one before it read."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def utrecht(db):
    district = District.objects.create(name="Midden-Nederland")
    return Location.objects.create(name="Utrecht", district=district, latitude=52.09, longitude=5.12)


@pytest.fixture
def groningen(db):
    district = District.objects.create(name="Noord-Nederland")
    return Location.objects.create(name="Groningen", district=district, latitude=53.22, longitude=6.57)


def make_person(name, role, *, home=None, location=None, district=None, joined_on=date(2024, 1, 8), **fields):
    person = Person.objects.create_user(
        f"{name.lower()}@paraat.example",
        "paraat-demo",
        first_name=name,
        last_name=fields.pop("last_name", "Voorbeeld"),
        home=home,
        joined_on=joined_on,
        **fields,
    )
    since = date(2024, 1, 8)  # long enough ago for whatever the clock of this machine says
    roles.assign(person, role, by=None, now=NOW, since_on=since, location=location, district=district)
    return person


@pytest.fixture
def certificate(db):
    """The certificate that the telephone task asks for."""
    return Qualification.objects.create(code="C06", name="Advieslijn en doorverwijzen", valid_months=24)


@pytest.fixture
def vog(db):
    return Qualification.objects.create(
        code="VOG", name="VOG", kind=Qualification.Kind.CHECK, valid_months=36
    )


@pytest.fixture
def anouk(utrecht, certificate, vog):
    """A volunteer in Utrecht with every paper in order."""
    person = make_person("Anouk", "volunteer", home=utrecht)
    for qualification in (certificate, vog):
        Grant.objects.create(
            person=person,
            qualification=qualification,
            valid_from=date(2026, 1, 5),
            valid_until=date(2028, 1, 5),
            source=Grant.Source.IMPORT,
            granted_at=NOW,
        )
    return person


@pytest.fixture
def bram(utrecht):
    """A newcomer: a candidate volunteer without any certificate."""
    return make_person("Bram", "candidate", home=utrecht, joined_on=date(2026, 11, 16))


@pytest.fixture
def carla(utrecht):
    """The coordinator of Utrecht's district."""
    return make_person("Carla", "coordinator", home=utrecht, district=utrecht.district)


@pytest.fixture
def dirk(groningen):
    """The coordinator elsewhere: the stranger every view is tried with."""
    return make_person("Dirk", "coordinator", home=groningen, district=groningen.district)


@pytest.fixture
def gerda(db):
    """The coordinator of the whole country."""
    return make_person("Gerda", "coordinator")


@pytest.fixture
def eva(db):
    """A trainer."""
    return make_person("Eva", "trainer")


@pytest.fixture
def frank(db):
    """The administrator."""
    return make_person("Frank", "administrator")


@pytest.fixture
def telephone(certificate, vog):
    """The kind of task that Anouk may do: four hours on the advice line, from home or at a location."""
    kind = TaskKind.objects.create(
        code="T01",
        name="Advieslijn telefoon",
        minutes=240,
        load=2,
        mode="remote_or_location",
        ladder="small_role",
    )
    kind.requires.set([certificate, vog])
    return kind


@pytest.fixture
def make_shift(telephone):
    """Make a published shift: `make_shift(days_ahead=3, hour=17, hours=3, seats=2, location=...)`."""

    def make(kind=telephone, *, days_ahead=3, hour=17, hours=3, seats=2, published_at=NOW, **fields):
        starts_at = days.moment(
            NOW.date() + timedelta(days=days_ahead), datetime.min.replace(hour=hour).time()
        )
        fields = {"ends_at": starts_at + timedelta(hours=hours), **fields}
        return Shift.objects.create(
            task_kind=kind, starts_at=starts_at, seats=seats, published_at=published_at, **fields
        )

    return make


@pytest.fixture
def shift(make_shift):
    return make_shift()


@pytest.fixture
def grant_all(certificate, vog):
    """Give a person the papers for the telephone task, by the verb."""

    def give(person):
        for qualification in (certificate, vog):
            qualifications.grant(person, qualification, by=None, now=NOW - timedelta(days=30))
        return person

    return give
