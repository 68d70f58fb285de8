"""What leaves a line, from the first log-in to a full disk; and nowhere in it a person."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.db import OperationalError
from django.test import Client, override_settings
from django.urls import path, reverse
from django.utils import timezone

from config import urls
from people import clock, invitations, notices, privacy, roles
from people.models import Person
from people.privacy import leaving

pytestmark = pytest.mark.django_db

CANARY = "Kanarievogel"
ADDRESS = "kanarie@paraat.example"
PASSWORD = "paraat-demo"
NEW = "vier paarse kanaries"


def broken(request, token, pk):
    raise ValueError(f"{CANARY} {ADDRESS} {request.GET}")


def locked(request):
    raise OperationalError("database is locked")


def full(request):
    raise OperationalError("database or disk is full")


handler500 = urls.handler500
urlpatterns = [
    path("kapot/<str:token>/<int:pk>/", broken, name="broken"),
    path("bezet/", locked, name="locked"),
    path("vol/", full, name="full"),
    *urls.urlpatterns,
]


@pytest.fixture(autouse=True)
def no_canary(log_lines):
    """Whatever a test does, no name, address, form or link of the canary stands in a line."""
    yield
    assert "anarie" not in log_lines.text
    assert PASSWORD not in log_lines.text


@pytest.fixture
def canary(anouk):
    Person.objects.filter(pk=anouk.pk).update(email=ADDRESS, first_name=CANARY, last_name=CANARY)
    anouk.refresh_from_db()
    return anouk


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


def log_in(client, password=PASSWORD, address=ADDRESS):
    return client.post("/inloggen/", {"login": address, "password": password})


def number(person):
    return f"people.person:{person.pk}"


def test_log_in_failure_and_log_out(client, canary, log_lines):
    log_in(client, "kanarie-piet")
    log_in(client, address="kanarie-die-niet-bestaat@paraat.example")
    log_in(client)
    client.post("/uitloggen/")
    told = [(line["event"], line.get("person"), line.get("method")) for line in log_lines.all()]
    assert told == [
        ("login.failed", number(canary), "password"),
        ("login.failed", None, "password"),
        ("login", number(canary), "password"),
        ("logout", number(canary), None),
    ]
    assert len({line["source"] for line in log_lines.all()}) == 1
    assert len({line["request"] for line in log_lines.all()}) == 4


def test_somebody_who_left(client, canary, log_lines):
    Person.objects.filter(pk=canary.pk).update(is_active=False)
    log_in(client)
    assert log_lines.events() == ["login.failed"]


def test_password_forgotten_and_changed(client, canary, mailoutbox, log_lines):
    client.post("/wachtwoord/", {"email": ADDRESS})
    notices.send_due(now=timezone.now())
    link = re.search(r"https://paraat\.example(/wachtwoord/\S+)", mailoutbox[0].body).group(1)
    client.post(client.get(link).url, {"password1": NEW, "password2": NEW})
    log_in(client, NEW)
    client.post("/ik/wachtwoord/", {"oldpassword": NEW, "password1": f"{NEW}!", "password2": f"{NEW}!"})
    assert log_lines.events() == ["password.reset_asked", "password.changed", "login", "password.changed"]
    assert {line["person"] for line in log_lines.all()} == {number(canary)}


def test_the_second_step(client, canary, log_lines, django_capture_on_commit_callbacks):
    log_in(client)
    client.post("/ik/bevestigen/?next=/ik/", {"password": PASSWORD})
    secret = client.get("/ik/tweede-stap/app/").context["form"].secret
    code = auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30))
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/ik/tweede-stap/app/", {"code": code})
    client.post("/uitloggen/")
    log_in(client)
    client.post("/inloggen/tweede-stap/", {"code": "000000"})
    recovery = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    client.post("/inloggen/tweede-stap/", {"code": recovery})
    client.post("/ik/bevestigen/?next=/ik/", {"password": PASSWORD})
    client.post("/ik/tweede-stap/app/uit/")
    told = [(line["event"], line.get("kind") or line.get("method")) for line in log_lines.all()]
    assert told == [
        ("login", "password"),
        ("second_factor.added", "totp"),
        ("logout", None),
        ("second_factor.failed", None),
        ("login", "password+recovery_codes"),
        ("second_factor.removed", "totp"),
    ]
    assert {line["person"] for line in log_lines.all()} == {number(canary)}


@override_settings(ACCOUNT_RATE_LIMITS={"login_failed": "2/m/ip"})
def test_a_limit_that_is_reached(client, canary, log_lines):
    for _ in range(3):
        log_in(client, "verkeerd-kanarie")
    assert log_lines.events() == ["login.failed", "login.failed", "limit.reached"]


def test_a_page_that_is_refused(client, canary, log_lines, frank):
    client.force_login(canary)
    client.get(f"/beheer/mensen/{frank.public_id}/?q=Kanarievogel")
    line = log_lines.of("request.refused")
    assert (line["status"], line["page"], line["of"], line["person"]) == (
        404,
        "people:manage_person",
        {"public_id": str(frank.public_id)},
        number(canary),
    )


def test_a_link_that_opens_something_is_not_told(client, log_lines, db):
    client.get("/uitnodiging/1.kanariekanariekanarie/")
    line = log_lines.of("request.refused")
    assert (line["page"], "of" in line) == ("people:invitation", False)


def test_a_form_without_a_token(log_lines, canary):
    Client(enforce_csrf_checks=True).post("/inloggen/", {"login": ADDRESS, "password": PASSWORD})
    assert (log_lines.of("request.forged")["status"], log_lines.events()) == (403, ["request.forged"])


def test_a_host_that_is_not_ours(client, log_lines, db):
    client.get("/", headers={"host": "kanarie.example"})
    line = log_lines.of("request.suspect")
    assert line["because"] == "DisallowedHost"


@override_settings(ROOT_URLCONF=__name__)
def test_an_error_page_and_its_line_bear_one_number(visitor, canary, log_lines):
    visitor.force_login(canary)
    answer = visitor.post(f"/kapot/{CANARY}/7/?q={CANARY}", {"name": CANARY})
    line = log_lines.of("request.failed")
    assert (line["page"], line["of"], line["sent_by"], line["status"]) == ("broken", {"pk": "7"}, "POST", 500)
    assert (answer.status_code, answer["X-Request-ID"]) == (500, line["request"])
    assert f"<b>{line['request']}</b>" in answer.content.decode()
    assert line["errors"][0]["kind"] == "ValueError"
    assert "broken: raise ValueError" in line["errors"][0]["through"][-1]


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize(
    ("page", "said"), [("/bezet/", "database is locked"), ("/vol/", "database or disk is full")]
)
def test_a_database_that_does_not_answer(visitor, log_lines, page, said):
    assert visitor.get(page).status_code == 500
    assert log_lines.of("request.failed")["errors"][0]["said"] == said


def test_booking_is_in_the_journal_and_not_here(client, canary, shift, now, time_machine, log_lines):
    time_machine.move_to(now)
    client.force_login(canary)
    client.post(reverse("rostering:book", args=[shift.pk]))
    assert (shift.bookings.booked().count(), log_lines.events()) == (1, [])


def test_rights_given_and_taken_and_who_goes(
    canary, frank, now, log_lines, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        post = roles.assign(canary, "trainer", by=frank, now=now, since_on=now.date())
        roles.end(post, by=frank, now=now, until_on=now.date())
        made = invitations.invite(
            "kanarie.twee@paraat.example",
            first_name=CANARY,
            last_name=CANARY,
            role="volunteer",
            by=frank,
            now=now,
        )
        invitations.accept(invitations.token(made), NEW, now=now)
        privacy.hand_over(canary, by=canary, now=now)
        leaving.leave(canary, by=frank, now=now)
    assert log_lines.events() == [
        "role.assigned",
        "role.ended",
        "invitation.sent",
        "invitation.accepted",
        "role.assigned",
        "person.exported",
        "person.left",
        "role.ended",
    ]
    first = next(line for line in log_lines.all() if line["event"] == "role.ended")
    assert (first["person"], first["row"], first["kind"]) == (
        number(frank),
        f"people.roleassignment:{post.pk}",
        "trainer",
    )


def test_what_is_undone_is_not_told(frank, canary, now, log_lines):
    """The line goes out after the commit; here there is none."""
    roles.assign(canary, "trainer", by=frank, now=now, since_on=now.date())
    assert log_lines.events() == []


class Refusing:
    def __init__(self, *args, **kwargs):
        pass

    def open(self):
        pass

    close = open

    def send_messages(self, messages):
        raise ConnectionRefusedError(111, "Connection refused", messages[0].to[0])


@override_settings(EMAIL_BACKEND=f"{__name__}.Refusing")
def test_a_mail_that_does_not_go_out(canary, now, log_lines):
    owed = notices.owe(canary, "qualification_granted", canary.grants.first(), now=now)
    notices.send_due(now=now)
    line = log_lines.of("mail.failed")
    assert (line["notices"], line["errors"][0]["said"]) == ([owed.pk], "Connection refused")


def test_a_task_that_fails(monkeypatch, log_lines, canary):
    def trip(*args, **kwargs):
        raise RuntimeError(CANARY)

    monkeypatch.setattr(clock, "tick", trip)
    with pytest.raises(RuntimeError):
        clock.run()
    line = log_lines.of("task.failed")
    assert (line["task"], line["errors"][0]["kind"]) == ("people.clock.run", "RuntimeError")
