"""Take over courses out of a CSV file and their lessons out of a folder; plants the site if it is missing."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from academy import importing
from academy.editing import groups
from cms import tree
from people.files.sheets import Unreadable


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument("--content", type=Path, default=None, metavar="FOLDER")

    def handle(self, *, file, content, **options):
        catalogue = tree.ensure_site()
        groups.ensure_groups()
        try:
            taken = importing.import_courses(file, catalogue, folder=content, by=None, now=timezone.now())
        except Unreadable as trouble:
            raise CommandError(str(trouble)) from None
        for remark in taken.remarks:
            self.stdout.write(remark)
        self.stdout.write(f"Cursussen nieuw of veranderd: {len(taken.changed)}.")
