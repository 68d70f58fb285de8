"""What has time changed for people? Run every minute; running it twice, or twice at once, is harmless."""

from datetime import datetime

from django.utils import timezone

from people import log, notices
from people.qualifications import expiry


@log.task
def run() -> None:
    """What the scheduler calls."""
    tick(timezone.now())


def tick(now: datetime) -> None:
    expiry.warn(now)
    notices.send_due(now=now)
