"""Take over checks, statements and practice out of a CSV file."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from academy import importing
from people.files.sheets import Unreadable


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("file")

    def handle(self, *, file, **options):
        try:
            changed = importing.import_qualifications(file, by=None, now=timezone.now())
        except Unreadable as trouble:
            raise CommandError(str(trouble)) from None
        self.stdout.write(f"Bevoegdheden nieuw of veranderd: {len(changed)}.")
