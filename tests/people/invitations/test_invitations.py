"""The way in: bound to one mail address, once, for fourteen days, with the role the inviter fixed."""

import re
import time
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.signing import Signer
from django.db import transaction
from django.utils import timezone
from django_q.models import OrmQ

from people import days, invitations, journal, notices, roles
from people.models import Invitation, JournalEntry, Notice, Person
from people.notices import sending

pytestmark = pytest.mark.django_db
PASSWORD = "vier paarse olifanten"


@pytest.fixture
def sent(frank, utrecht):
    """An invitation for Noor, made now; the mail is owed."""
    return invite(frank, location=utrecht)


def invite(by, now=None, **more):
    return invitations.invite(
        "Noor@paraat.example ",
        **{"first_name": "Noor", "infix": "van den", "last_name": "Berg", "role": "candidate", **more},
        by=by,
        now=now or timezone.now(),
    )


def link(invitation):
    return f"/uitnodiging/{invitations.token(invitation)}/"


def choose(client, invitation, password=PASSWORD, again=None):
    return client.post(link(invitation), {"password1": password, "password2": again or password})


def post(now=None):
    """Send what is due and return the mails."""
    mail.outbox.clear()
    notices.send_due(now=now or timezone.now())
    return list(mail.outbox)


def test_the_mail_holds_the_link_and_what_is_owed_does_not(sent):
    assert OrmQ.objects.get().task["func"] == "people.notices.sending.send_now"
    kept = str(Notice.objects.values().get())
    (message,) = post()
    assert message.to == ["Noor van den Berg <noor@paraat.example>"]
    assert re.search(r"https://paraat\.example(/uitnodiging/\S+)", message.body).group(1) == link(sent)
    assert message.subject == "Je bent uitgenodigd voor Paraat"
    assert invitations.token(sent).partition(".")[2] not in kept


def test_the_worker_that_is_hurried_sends_it(sent):
    sending.send_now()
    assert [message.subject for message in mail.outbox] == ["Je bent uitgenodigd voor Paraat"]


def test_no_mail_without_a_commit(frank, utrecht):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        invite(frank)
        raise ZeroDivisionError
    assert (OrmQ.objects.count(), Notice.objects.count(), Invitation.objects.count()) == (0, 0, 0)


def test_what_is_kept_does_not_open_anything(sent):
    kept = " ".join(map(str, Invitation.objects.values_list().get()))
    told = str(list(JournalEntry.objects.values_list("facts", "subject")))
    signature = invitations.token(sent).partition(".")[2]
    assert signature not in kept + told
    assert len(sent.token_hash) == 64


def test_no_mail_for_an_invitation_that_was_withdrawn(sent, frank):
    invitations.withdraw(sent, by=frank, now=timezone.now())
    assert (post(), Notice.objects.waiting().count()) == ([], 0)


def test_no_mail_for_an_invitation_that_is_over(sent):
    assert post(sent.expires_at) == []


def test_inviting_again_mails_the_new_link_only(sent, frank):
    newer = invitations.invite_again(sent, by=frank, now=timezone.now())
    (message,) = post()
    assert (link(newer) in message.body, link(sent) in message.body) == (True, False)


def test_looking_changes_nothing(client, sent):
    response = client.get(link(sent))
    assert (response.status_code, Person.objects.filter(email=sent.email).count()) == (200, 0)
    assert "no-store" in response["Cache-Control"]


def test_the_whole_way_in(client, sent, frank, utrecht):
    before = JournalEntry.objects.order_by("pk").last().pk
    response = choose(client, sent)
    noor = Person.objects.get(email="noor@paraat.example")
    assert (response.status_code, response.url) == (302, "/")
    assert client.session["_auth_user_id"] == str(noor.pk)
    assert (str(noor), noor.home, noor.joined_on) == ("Noor van den Berg", utrecht, days.today())
    assert list(noor.role_assignments.values_list("role", "location", "district")) == [
        ("candidate", utrecht.pk, None)
    ]
    assert list(JournalEntry.objects.filter(pk__gt=before).order_by("pk").values_list("verb", "actor")) == [
        ("invitation.accepted", journal.ref(noor)),
        ("role.assigned", journal.ref(frank)),
    ]
    client.post("/uitloggen/")
    assert client.post("/inloggen/", {"login": noor.email, "password": PASSWORD}).url == "/"


def test_the_form_cannot_change_who_one_becomes(client, sent):
    client.post(
        link(sent),
        {
            "password1": PASSWORD,
            "password2": PASSWORD,
            "role": "administrator",
            "email": "evil@paraat.example",
            "is_superuser": "1",
        },
    )
    noor = Person.objects.get(email="noor@paraat.example")
    assert (noor.is_superuser, noor.role_assignments.get().role) == (False, "candidate")


def test_a_link_works_once(client, sent):
    choose(client, sent)
    client.post("/uitloggen/")
    response = choose(client, sent, "een heel ander wachtwoord")
    assert (response.status_code, response.context["state"]) == (410, "accepted")
    assert Person.objects.get(email=sent.email).check_password(PASSWORD)


@pytest.mark.parametrize(
    ("change", "state"),
    [({"expires_at": timedelta(0)}, "expired"), ({"withdrawn_at": timedelta(0)}, "withdrawn")],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_is_over(client, sent, change, state, method):
    Invitation.objects.update(**{field: timezone.now() + delta for field, delta in change.items()})
    response = getattr(client, method)(link(sent), {"password1": PASSWORD, "password2": PASSWORD})
    assert (response.status_code, response.context["state"]) == (410, state)
    assert not Person.objects.filter(email=sent.email).exists()


def test_it_is_valid_for_fourteen_days_to_the_second(sent):
    assert sent.expires_at - sent.invited_at == timedelta(days=14)
    almost, over = sent.expires_at - timedelta(microseconds=1), sent.expires_at
    assert [invitations.state(sent, moment) for moment in (almost, over)] == ["open", "expired"]


FORGED = [
    lambda i: "",
    lambda i: "x",
    lambda i: str(i.pk),
    lambda i: f"{i.pk}.",
    lambda i: f"{i.pk}.{i.token_hash}",
    lambda i: f"{i.pk + 1}.{invitations.token(i).partition('.')[2]}",
    lambda i: invitations.token(i)[:-1],
    lambda i: invitations.token(i) + "x",
    lambda i: f"0{invitations.token(i)}x",
    lambda i: f"-{invitations.token(i)}",
    lambda i: f"{i.pk}.{Signer(salt='another').signature(f'{i.pk}.{i.token_hash}')}",
    lambda i: f"{10**30}.abc",
    lambda i: f"²{invitations.token(i)}",
]


@pytest.mark.parametrize("forge", FORGED, ids=range(len(FORGED)))
def test_a_forged_link_is_an_address_that_is_not_there(client, sent, forge):
    token = forge(sent)
    for response in (client.get(f"/uitnodiging/{token}/"), client.post(f"/uitnodiging/{token}/")):
        assert response.status_code == 404
    with pytest.raises(invitations.NotAcceptable):
        invitations.accept(token, PASSWORD, now=timezone.now())
    assert not Person.objects.filter(email=sent.email).exists()


@pytest.mark.parametrize("password", ["kort", "q1w2e3r4t5y6", "noor@paraat.example"])
def test_a_weak_password_is_refused_beside_the_field(client, sent, password):
    response = choose(client, sent, password)
    assert list(response.context["form"].errors) == ["password1"]
    with pytest.raises(ValidationError):
        invitations.accept(invitations.token(sent), password, now=timezone.now())
    assert not Person.objects.filter(email=sent.email).exists()


def test_two_passwords_that_differ(client, sent):
    response = choose(client, sent, PASSWORD, "vier groene olifanten")
    assert response.context["form"].errors == {
        "password2": ["De twee wachtwoorden zijn niet gelijk. Vul ze opnieuw in."]
    }


def test_somebody_who_is_logged_in_is_asked_to_log_out_first(client, sent, anouk):
    client.force_login(anouk)
    assert "Je bent ingelogd als Anouk Voorbeeld" in client.get(link(sent)).content.decode()
    choose(client, sent)
    assert not Person.objects.filter(email=sent.email).exists()


def test_the_newest_link_replaces_the_one_before(client, sent, frank):
    newer = invitations.invite_again(sent, by=frank, now=timezone.now())
    assert client.get(link(sent)).context["state"] == "withdrawn"
    assert choose(client, newer).url == "/"
    with pytest.raises(invitations.NotInvitable):
        invitations.invite_again(newer, by=frank, now=timezone.now())


def test_an_account_is_not_invited(frank, anouk):
    with pytest.raises(invitations.NotInvitable, match="heeft al een account"):
        invitations.invite(
            "ANOUK@paraat.example",
            first_name="A",
            last_name="B",
            role="candidate",
            by=frank,
            now=timezone.now(),
        )


def test_a_closed_account_is_not_opened_by_invitation(frank, anouk):
    Person.objects.filter(pk=anouk.pk).update(is_active=False)
    with pytest.raises(invitations.NotInvitable, match="gesloten"):
        invitations.invite(
            anouk.email, first_name="A", last_name="B", role="candidate", by=frank, now=timezone.now()
        )


def test_somebody_taken_over_from_elsewhere_keeps_what_they_had(client, frank, anouk):
    anouk.set_unusable_password()
    anouk.save()
    invitation = invitations.invite(
        anouk.email, first_name="X", last_name="Y", role="administrator", by=frank, now=timezone.now()
    )
    choose(client, invitation)
    again = Person.objects.get(pk=anouk.pk)
    assert (str(again), again.check_password(PASSWORD)) == ("Anouk Voorbeeld", True)
    assert list(again.role_assignments.values_list("role", flat=True)) == ["volunteer"]


def test_withdrawing_twice_writes_once(sent, frank):
    before = JournalEntry.objects.count()
    for _n in range(2):
        invitations.withdraw(sent, by=frank, now=timezone.now())
    assert JournalEntry.objects.count() == before + 1


def test_nobody_shuts_an_imported_trainer_out_of_the_second_step(client, frank, settings, now):
    """Somebody else asks a new password for the address, before the invitation is accepted."""
    settings.SECOND_FACTOR_FOR_STAFF = True
    noor = Person.objects.create_user("noor@paraat.example", None, first_name="Noor", last_name="Berg")
    roles.assign(noor, "trainer", by=frank, now=now, since_on=now.date())
    invitation = invite(frank)
    EmailAddress.objects.create(user=noor, email="old@paraat.example", primary=True, verified=True)
    client.post("/wachtwoord/", {"email": noor.email})
    EmailAddress.objects.get_or_create(user=noor, email=noor.email, defaults={"verified": False})
    client.post(link(invitation), {"password1": PASSWORD, "password2": PASSWORD})
    assert list(EmailAddress.objects.values_list("user", "email", "verified", "primary")) == [
        (noor.pk, "noor@paraat.example", True, True)
    ]
    client.post("/ik/bevestigen/?next=/ik/", {"password": PASSWORD})
    secret = client.get("/ik/tweede-stap/app/").context["form"].secret
    code = auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30))
    assert client.post("/ik/tweede-stap/app/", {"code": code}).url == "/ik/tweede-stap/herstelcodes/"
