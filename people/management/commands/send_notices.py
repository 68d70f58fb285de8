"""Send the notices that are due now. The scheduler does this every minute; by hand it shows what happens."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from people import notices


class Command(BaseCommand):
    help = "Send the notices that are due now."

    def add_arguments(self, parser):
        parser.add_argument("--limit", type=int, default=200, help="how many notices at most")

    def handle(self, *, limit, **options):
        counts = notices.send_due(now=timezone.now(), limit=limit)
        self.stdout.write(
            f"{counts.mails} mails with {counts.sent} notices sent, "
            f"{counts.dropped} dropped, {counts.failed} failed."
        )
