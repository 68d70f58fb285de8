"""What do the tables about people hold, ours and those of accounts, sessions and the worker? See privacy."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_q.models import OrmQ, Schedule, Task

from people import journal, models
from people.privacy import register as privacy
from people.privacy.register import EMPTY, MASK, Use, impersonal

AGREEMENT = _("The agreement with the volunteer or the employee (AVG article 6.1b)")
INTEREST = _("Legitimate interest of the organisation (AVG article 6.1f)")
AFTER_LEAVING = _("Until the details are erased, at most 24 months after leaving")

NAME = Use(
    _("Name and contact details"),
    _("Knowing who somebody is and reaching them about learning and shifts"),
    AGREEMENT,
    AFTER_LEAVING,
)
ENGAGED = Use(
    _("Engagement and place"),
    _("Knowing from where, since when and as what somebody takes part"),
    AGREEMENT,
    AFTER_LEAVING,
)
LIMITS = Use(_("Limits"), _("Planning no more and no farther than somebody wants"), AGREEMENT, AFTER_LEAVING)
ACCOUNT = Use(
    _("Account and security"),
    _("Letting in who may come in, and nobody else"),
    INTEREST,
    _("Devices: until logging out. The rest: until the details are erased"),
)
ROLES = Use(
    _("Roles"),
    _("Deciding who may see and do what, and being able to account for it"),
    AGREEMENT,
    _("Stays as history; without a name after erasure"),
)
QUALIFIED = Use(
    _("Certificates and checks"),
    _("Showing that somebody may do a task on the day itself; of a VOG only that the original was seen"),
    INTEREST,
    _("Validity and 24 months; without a name after erasure"),
)
LEARNING = Use(
    _("Progress in learning"),
    _("Showing somebody the next step, and helping who gets stuck"),
    AGREEMENT,
    AFTER_LEAVING,
)
TOLD = Use(
    _("Messages"),
    _("Sending a message once, and seeing when it did not arrive"),
    AGREEMENT,
    AFTER_LEAVING,
)
INVITED = Use(
    _("Invitations"),
    _("Letting somebody in whom the organisation invited"),
    AGREEMENT,
    _("Until the details are erased; not accepted: no term yet"),
)
JOURNAL = Use(
    _("Journal"),
    _("Accounting for who did what, and when"),
    INTEREST,
    _("Stays as history; without a name after erasure"),
)

PLACE = _("A place of the organisation, not a person")
TERM = _("A qualification itself, not who holds it")
AGREED = _("An agreement of the organisation, a number; nobody is in it")
TECHNICAL = _("Technical: keeps the software in step")
CODES = _("Only codes and numbers that the software chose")
NUMBERS_ONLY = _("The worker is handed numbers of rows, nothing else")


def register() -> None:
    _people()
    _work_of_people()
    _account()
    _worker()


def _people() -> None:
    privacy.declare(models.District, impersonal(PLACE, "name"))
    privacy.declare(models.HouseRule, impersonal(AGREED, "key value"))
    privacy.declare(
        models.Location,
        impersonal(PLACE, "name district latitude longitude school_region is_open"),
        impersonal(PLACE, "street postcode town entrance bell parking accessibility"),
        impersonal(TECHNICAL, "sequence changed_at"),
    )
    privacy.declare(models.Room, impersonal(PLACE, "location name directions is_open"))
    privacy.declare(
        models.Person,
        NAME.holds("email", wiped=privacy.masked_email),
        NAME.holds("first_name infix phone language", wiped=EMPTY),
        NAME.holds("last_name", wiped=privacy.nameless),
        NAME.holds("searched_as sorted_as", is_exported=False, wiped=EMPTY),
        ENGAGED.holds("engagement left_on date_joined"),
        ENGAGED.holds("home joined_on", wiped=EMPTY),
        LIMITS.holds("travel_km shifts_a_week hours_a_week", wiped=EMPTY),
        ACCOUNT.holds("password", is_exported=False, wiped=lambda person: make_password(None)),
        ACCOUNT.holds("last_login is_staff is_superuser", wiped=EMPTY),
        ACCOUNT.holds("is_active"),
        ACCOUNT.holds("public_id", wiped=EMPTY),
        whose="pk",
    )
    for through, name in ((models.Person.groups, "group"), (models.Person.user_permissions, "permission")):
        privacy.declare(through.through, ACCOUNT.holds(f"person {name}"), whose="person", is_removed=True)
    privacy.declare(
        models.RoleAssignment,
        ROLES.holds("person location district since_on until_on"),
        ROLES.holds("role", names_nobody=CODES),
        ROLES.holds("duty_phone", wiped=EMPTY),
        whose="person",
    )
    privacy.declare(
        models.Qualification,
        impersonal(TERM, "code name kind valid_months is_active is_taught learn_minutes"),
    )
    privacy.declare(
        models.Qualification.includes.through, impersonal(TERM, "from_qualification to_qualification")
    )


def _work_of_people() -> None:
    privacy.declare(
        models.Grant,
        QUALIFIED.holds("person qualification valid_from valid_until source granted_at revoked_on"),
        QUALIFIED.holds("evidence", wiped=EMPTY),
        QUALIFIED.holds("revoked_because", wiped=MASK),
        JOURNAL.holds("granted_by revoked_by"),
        whose="person",
    )
    privacy.declare(
        models.LearningStep,
        LEARNING.holds("person qualification minutes_left parts_done parts_total next_title updated_at"),
        whose="person",
        is_removed=True,
    )
    privacy.declare(
        models.JournalEntry,
        JOURNAL.holds("at"),
        JOURNAL.holds("verb", names_nobody=CODES),
        JOURNAL.holds("actor subject facts", is_exported=False, names_nobody=CODES),
        whose=_lines_of,
    )
    privacy.declare(
        models.Notice,
        TOLD.holds("person kind owed_at due_at sent_at dropped_at trouble"),
        TOLD.holds("subject about facts", is_exported=False),  # a coordinator's is about the shift of another
        impersonal(TECHNICAL, "message_id sent_in lease lease_until tries"),
        whose="person",
        is_removed=True,
    )
    privacy.declare(models.Stamp, impersonal(TECHNICAL, "key leads_to used_at"))
    privacy.declare(models.Tick, impersonal(TECHNICAL, "of at"))
    privacy.declare(models.Trouble, impersonal(NUMBERS_ONLY, "step row since last_at times error"))
    privacy.declare(
        models.Invitation,
        INVITED.holds("email first_name infix last_name engagement role location district"),
        INVITED.holds("invited_at expires_at accepted_at withdrawn_at"),
        INVITED.holds("token_hash", is_exported=False),
        JOURNAL.holds("invited_by"),
        whose=_invitations_of,
        is_removed=True,
    )


def _account() -> None:
    privacy.declare(EmailAddress, ACCOUNT.holds("user email verified primary"), whose="user", is_removed=True)
    privacy.declare(
        EmailConfirmation,
        ACCOUNT.holds("email_address created sent key", is_exported=False),
        whose="email_address__user",
        is_removed=True,
    )
    privacy.declare(
        Authenticator,
        ACCOUNT.holds("user type created_at last_used_at"),
        ACCOUNT.holds("data", is_exported=False),
        whose="user",
        is_removed=True,
    )
    privacy.declare(
        UserSession,
        ACCOUNT.holds("user created_at ip last_seen_at user_agent"),
        ACCOUNT.holds("session_key data", is_exported=False),
        whose="user",
        is_removed=True,
    )
    privacy.declare(
        Session,
        ACCOUNT.holds("session_key session_data expire_date", is_exported=False),
        whose=_sessions_of,
        is_removed=True,
    )
    for model in (Permission, Group, Group.permissions.through, ContentType):
        privacy.declare(model, impersonal(_("What the software knows of rights, not who has them")))


def _worker() -> None:
    privacy.declare(
        Task,
        TOLD.holds("args kwargs result", is_exported=False, wiped=None),
        impersonal(TECHNICAL, "id name func hook group cluster started stopped success attempt_count"),
        whose=_tasks_about,
    )
    for model in (Schedule, OrmQ):
        privacy.declare(model, impersonal(NUMBERS_ONLY))


def _lines_of(person: models.Person) -> Q:
    me = journal.ref(person)
    return Q(actor=me) | Q(subject=me)


def _invitations_of(person: models.Person) -> Q:
    """Those of this address, and those that were accepted at an address of before."""
    accepted = models.JournalEntry.objects.filter(verb="invitation.accepted", actor=journal.ref(person))
    numbers = [subject.rpartition(":")[2] for subject in accepted.values_list("subject", flat=True)]
    return Q(email__iexact=person.email) | Q(pk__in=numbers)


def _sessions_of(person: models.Person) -> Q:
    """A session says whose it is in its sealed text only."""
    mine = str(person.pk)
    return Q(
        pk__in=[row.pk for row in Session.objects.all() if row.get_decoded().get("_auth_user_id") == mine]
    )


def _tasks_about(person: models.Person) -> Q:
    """What a mail server says of a mail it refuses may hold the address; it is kept with the failed task."""
    names = [person.email.lower(), person.get_full_name().lower()]
    return Q(
        pk__in=[
            task.pk
            for task in Task.objects.all()
            if any(name and name in repr((task.args, task.kwargs, task.result)).lower() for name in names)
        ]
    )
