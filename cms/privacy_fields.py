"""What do the tables of the site and of its editing environment hold about people? See people.privacy."""

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag, TaggedItem
from wagtail.admin.models import EditingSession, FormState
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.embeds.models import Embed
from wagtail.images.models import Image, Rendition
from wagtail.models import (
    COMMENTS_RELATION_NAME,
    APIToken,
    Collection,
    CollectionViewRestriction,
    Comment,
    CommentReply,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Locale,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageSubscription,
    PageViewRestriction,
    ReferenceIndex,
    Revision,
    Site,
    Task,
    TaskState,
    UploadedFile,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)
from wagtail.users.models import UserProfile
from wagtailmedia.models import Media

from cms import models
from people import privacy
from people.models import Person
from people.privacy import EMPTY, MASK, Use, impersonal
from people.privacy.fields import ACCOUNT, INTEREST, TECHNICAL

EDITED = Use(
    _("Work on the site"),
    _("Seeing who wrote, changed and published what on the site and in the courses"),
    INTEREST,
    _("Stays as history; without a name after erasure"),
)
REMARKED = Use(
    _("Remarks while editing"),
    _("Working together on a page or a course"),
    INTEREST,
    _("Until the page or the details are erased"),
)
CONTENT = _("What the site says, the same for everybody")
TITLE = _("The title of a page or the name of a file")
SET_UP = _("How the site is set up, not who did it")


def register() -> None:
    _pages()
    _files()
    _history()
    _remarks()
    _editors()
    for model in (
        *apps.get_app_config("wagtailsearch").get_models(include_auto_created=True),  # differs by database
        *(Collection, CollectionViewRestriction, CollectionViewRestriction.groups.through, Embed, Redirect),
        *(GroupApprovalTask.groups.through, GroupCollectionPermission, GroupPagePermission),
        *(GroupSitePermission, Locale, PageViewRestriction, PageViewRestriction.groups.through),
        *(ReferenceIndex, Rendition, Site, Tag, TaggedItem, Task, Workflow, WorkflowContentType),
        *(WorkflowPage, WorkflowTask),
    ):
        privacy.declare(model, impersonal(SET_UP))


def _pages() -> None:
    privacy.declare(models.HomePage, impersonal(CONTENT, "welcome body"))
    privacy.declare(models.StandardPage, impersonal(CONTENT, "body"))
    privacy.declare(
        Page,
        EDITED.holds("owner locked_by locked_at"),
        EDITED.holds("title", names_nobody=TITLE),
        impersonal(CONTENT),
        whose="owner",
    )


def _files() -> None:
    for model in (Document, Image, Media):
        privacy.declare(
            model,
            EDITED.holds("uploaded_by_user created_at"),
            EDITED.holds("title", names_nobody=TITLE),
            impersonal(CONTENT),
            whose="uploaded_by_user",
        )
    privacy.declare(
        UploadedFile,
        EDITED.holds("uploaded_by_user file"),
        impersonal(TECHNICAL),
        whose="uploaded_by_user",
        is_removed=True,
    )


def _history() -> None:
    privacy.declare(
        Revision,
        EDITED.holds("user created_at"),
        EDITED.holds("object_str", names_nobody=TITLE),
        impersonal(CONTENT),
        whose="user",
    )
    privacy.declare(
        PageLogEntry,
        EDITED.holds("user timestamp"),
        EDITED.holds("action label", names_nobody=TITLE),
        REMARKED.holds("data", is_exported=False, wiped={}),
        impersonal(TECHNICAL),
        whose="user",
    )
    privacy.declare(
        ModelLogEntry,
        EDITED.holds("user timestamp"),
        EDITED.holds("action", names_nobody=TITLE),
        EDITED.holds("label", is_exported=False, wiped=MASK),  # may be the name of a person
        EDITED.holds("data", is_exported=False, wiped={}),
        impersonal(TECHNICAL),
        whose=_lines_of,
    )
    privacy.declare(
        WorkflowState,
        EDITED.holds("requested_by created_at"),
        impersonal(TECHNICAL),
        whose="requested_by",
    )
    privacy.declare(
        TaskState,
        EDITED.holds("finished_by finished_at"),
        REMARKED.holds("comment", wiped=EMPTY),
        impersonal(TECHNICAL),
        whose="finished_by",
    )


def _remarks() -> None:
    privacy.declare(
        Comment,
        REMARKED.holds("user text created_at updated_at"),
        REMARKED.holds("resolved_by resolved_at", is_exported=False),
        impersonal(TECHNICAL),
        whose="user",
        is_removed=True,
        forget=forget_remarks,
    )
    privacy.declare(
        CommentReply,
        REMARKED.holds("user text created_at updated_at"),
        impersonal(TECHNICAL),
        whose="user",
        is_removed=True,
    )
    privacy.declare(
        PageSubscription,
        EDITED.holds("user page comment_notifications"),
        whose="user",
        is_removed=True,
    )


def _editors() -> None:
    privacy.declare(
        UserProfile,
        ACCOUNT.holds("user preferred_language current_time_zone avatar theme contrast density"),
        ACCOUNT.holds("submitted_notifications approved_notifications rejected_notifications"),
        ACCOUNT.holds("updated_comments_notifications dismissibles keyboard_shortcuts"),
        whose="user",
        is_removed=True,
    )
    privacy.declare(
        EditingSession,
        EDITED.holds("user last_seen_at is_editing"),
        impersonal(TECHNICAL),
        whose="user",
        is_removed=True,
    )
    privacy.declare(
        FormState,
        EDITED.holds("user last_updated_at"),
        EDITED.holds("data", is_exported=False),  # a half-filled form may be about anybody
        impersonal(TECHNICAL),
        whose="user",
        is_removed=True,
    )
    privacy.declare(
        APIToken,
        ACCOUNT.holds("user name created revoked_at last_used_at"),
        ACCOUNT.holds("key_hash prefix", is_exported=False),
        whose="user",
        is_removed=True,
    )


def forget_remarks(person: Person) -> None:
    """Take remarks out of the earlier versions of pages too, and out of the lines that quote them."""
    for revision in Revision.objects.filter(content__has_key=COMMENTS_RELATION_NAME):
        remarks = revision.content[COMMENTS_RELATION_NAME]
        left = [_without_replies_of(person, one) for one in remarks if one["user"] != person.pk]
        if left != remarks:
            revision.content[COMMENTS_RELATION_NAME] = left
            Revision.objects.filter(pk=revision.pk).update(content=revision.content)
    lines = PageLogEntry.objects.filter(action__startswith="wagtail.comments.")
    own = lines.filter(user=person, action__endswith="create")  # of remarks that are gone too
    comments = {*own.values_list("data__comment__id", flat=True), *_numbers(Comment, person)}
    replies = _numbers(CommentReply, person)
    quoting = Q(data__comment__id__in=comments) | Q(data__reply__id__in=replies)
    lines.filter(quoting).update(data={})


def _numbers(model, person: Person) -> list[int]:
    return list(model.objects.filter(user=person).values_list("pk", flat=True))


def _without_replies_of(person: Person, remark: dict) -> dict:
    return {**remark, "replies": [one for one in remark.get("replies", []) if one["user"] != person.pk]}


def _lines_of(person: Person) -> Q:
    account = ContentType.objects.get_for_model(Person)
    return Q(user=person) | Q(content_type=account, object_id=str(person.pk))
