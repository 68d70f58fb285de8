"""What has time changed for the academy? `tick` runs every minute; running it twice changes nothing."""

from datetime import datetime
from functools import partial

from django.utils import timezone
from wagtail.models import Page, Revision

from academy import publishing
from people import journal, log, ticking


@log.task
def run() -> None:
    """What the scheduler calls."""
    tick(timezone.now())


def tick(now: datetime) -> None:
    """Publish and withdraw what was planned. Certificates that run out are people.qualifications.expiry's."""
    ticking.run((publish_planned, withdraw_planned), now=now)


def publish_planned(now: datetime) -> None:
    """Publish every revision whose moment has come; one that lacks something by now is held back."""
    planned = Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at")
    ticking.each(publish_planned, planned, partial(_publish, now=now), now=now)


def withdraw_planned(now: datetime) -> None:
    """Take pages offline whose last moment has passed."""
    over = Page.objects.live().filter(expire_at__lte=now).order_by("expire_at").specific()
    ticking.each(withdraw_planned, over, partial(_withdraw, now=now), now=now)


def _publish(revision: Revision, now: datetime) -> None:
    try:
        revision.publish(log_action=publishing.PLANNED)
    except publishing.NotPublishable as lacking:
        revision.approved_go_live_at = None
        revision.save(update_fields=["approved_go_live_at"])
        page = revision.content_object
        journal.record("page.held_back", page, by=None, now=now, title=page.title, reasons=lacking.reasons)


def _withdraw(page: Page, now: datetime) -> None:
    page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    if isinstance(page, publishing.Checked):
        publishing.note_withdrawn(type(page).objects.get(pk=page.pk), by=None, now=now)
