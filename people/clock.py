"""What has time changed for people? Run every minute; running it twice, or twice at once, is harmless."""

from datetime import datetime
from functools import partial

from django.utils import timezone

from people import days, log, notices, roles, stamps, ticking
from people.qualifications import expiry


@log.task
def run() -> None:
    """What the scheduler calls."""
    tick(timezone.now())


def tick(now: datetime) -> None:
    ticking.run((follow_roles, warn_of_expiry, send_notices, forget_stamps), now=now)


def follow_roles(now: datetime) -> None:
    """Let the groups that Wagtail asks follow a role that began or ended today."""
    today = days.day_of(now)
    step = partial(roles.follow_groups, day=today)
    ticking.each(follow_roles, roles.out_of_step(today), step, now=now)


def warn_of_expiry(now: datetime) -> None:
    """Owe what somebody has to hear about a qualification that runs out."""
    ticking.each(warn_of_expiry, expiry.to_warn(now), partial(expiry.warn, now=now), now=now)


def send_notices(now: datetime) -> None:
    """Send what is due; a notice that fails stops no other (people.notices)."""
    notices.send_due(now=now)


def forget_stamps(now: datetime) -> None:
    """Forget which forms were sent more than a week ago."""
    stamps.forget(now=now)
