"""How do we tell people about their qualifications? One function for each kind of notice."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from people import days, notices
from people.models import Grant, Notice, Qualification
from people.notices.mail import Link, Message, absolute
from people.qualifications import expiry
from people.words import duration, long_day

HOW_TO_RENEW = {
    Qualification.Kind.CERTIFICATE: gettext_noop("Ask your trainer how you can renew it."),
    Qualification.Kind.CHECK: gettext_noop("Ask your coordinator who can check it again with you."),
    Qualification.Kind.STATEMENT: gettext_noop("Ask your coordinator to sign it again with you."),
    Qualification.Kind.PRACTICE: gettext_noop("Ask your practice supervisor to plan a shift together."),
}


def register() -> None:
    notices.register("qualification_granted", granted)
    notices.register("qualification_revoked", revoked)
    notices.register("qualification_expires_soon", expires_soon, together=True)


def granted(notice: Notice) -> Message | None:
    award = _award(notice)
    if award is None or award.revoked_on:
        return None
    passed = award.source == Grant.Source.TEST
    return Message(
        subject=_("You have it: %(name)s") % {"name": award.qualification},
        lines=[
            _("Well done. Thank you for the time you put into this.")
            if passed
            else _("This is now on your name in Paraat."),
            _("From today the roster knows it too. See which tasks this opens for you."),
        ],
        details=_details(award),
        action=(_("Look at the open shifts"), absolute(reverse("rostering:open_shifts"))),
        because=_because(),
    )


def revoked(notice: Notice) -> Message | None:
    award = _award(notice)
    if award is None or not award.revoked_on:
        return None
    return Message(
        subject=_("No longer on your name: %(name)s") % {"name": award.qualification},
        lines=[
            _("We have withdrawn this from %(day)s.") % {"day": long_day(award.revoked_on)},
            _("The reason: %(because)s") % {"because": award.revoked_because},
            _("Do you have a question about this, or do you see it differently? Talk to your coordinator."),
        ],
        action=_way(award) or (_("Look at your certificates"), absolute(reverse("people:profile"))),
        because=_because(),
    )


def expires_soon(notice: Notice) -> Message | None:
    award = _award(notice)
    if award is None or award.revoked_on or award.valid_until is None or expiry.is_renewed(award):
        return None
    qualification, today = award.qualification, days.day_of(notice.sending_at)
    if award.valid_until < today:
        return None
    lines = [
        _("You have this until %(day)s. After that day you cannot take shifts that ask for it.")
        % {"day": long_day(award.valid_until)}
    ]
    if not qualification.learn_url:
        lines.append(_(HOW_TO_RENEW[qualification.kind]))
    elif qualification.learn_minutes:
        lines.append(
            _("Renewing takes about %(length)s. You lose no days by doing it early.")
            % {"length": duration(qualification.learn_minutes)}
        )
    return Message(
        subject=_("Valid until %(day)s: %(name)s")
        % {"day": long_day(award.valid_until), "name": qualification},
        lines=lines,
        action=_way(award),
        because=_because(),
    )


def _award(notice: Notice) -> Grant | None:
    return Grant.objects.select_related("qualification").filter(pk=notices.subject_pk(notice)).first()


def _details(award: Grant) -> list[tuple[str, str]]:
    until = [(_("Valid until"), long_day(award.valid_until))] if award.valid_until else []
    return [(_("What"), str(award.qualification)), (_("Valid from"), long_day(award.valid_from)), *until]


def _way(award: Grant) -> Link | None:
    url = award.qualification.learn_url
    return (_("Renew it now"), absolute(url)) if url else None


def _because() -> str:
    return _("You get this mail because it is about your own certificates and checks.")
