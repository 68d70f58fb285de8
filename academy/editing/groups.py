"""What may a trainer do in Wagtail's admin? Groups follow the roles; this gives the groups their rights."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from academy.models import CatalogueIndex, SecondTrainerTask
from people import roles

TRAINERS = roles.Trainer.wagtail_group
ADMINISTRATORS = roles.Administrator.wagtail_group
WORKFLOW = "Nakijken door een tweede trainer"
PAGES = ("add", "change", "publish", "lock", "unlock")
MEDIA = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")
QUESTIONS = ("add_question", "change_question", "delete_question", "view_question")
VIDEOS = ("add_media", "change_media")


@transaction.atomic
def ensure_groups() -> None:
    """Give both groups their rights and plant the workflow; twice changes nothing."""
    catalogue = CatalogueIndex.objects.first()
    home = catalogue.get_parent() if catalogue else None
    for name, page in ((TRAINERS, catalogue), (ADMINISTRATORS, home)):
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.add(
            *Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin"),
            *Permission.objects.filter(content_type__app_label="academy", codename__in=QUESTIONS),
        )
        _open_media(group)
        if page:
            _open_pages(group, page)
    if catalogue:
        _plant_workflow(catalogue)


def _open_media(group: Group) -> None:
    root = Collection.get_first_root_node()
    apps = ("wagtailimages", "wagtaildocs", "wagtailmedia")
    for permission in Permission.objects.filter(
        content_type__app_label__in=apps, codename__in=(*MEDIA, *VIDEOS)
    ):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


def _open_pages(group: Group, page: Page) -> None:
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=[f"{name}_page" for name in PAGES]
    ):
        GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=permission)


def _plant_workflow(catalogue: CatalogueIndex) -> None:
    workflow, _made = Workflow.objects.get_or_create(name=WORKFLOW)
    task = SecondTrainerTask.objects.filter(name=WORKFLOW).first()
    if task is None:
        task = SecondTrainerTask.objects.create(name=WORKFLOW)
    task.groups.add(*Group.objects.filter(name__in=(TRAINERS, ADMINISTRATORS)))
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task.task_ptr, defaults={"sort_order": 0})
    WorkflowPage.objects.get_or_create(page_id=catalogue.pk, defaults={"workflow": workflow})
