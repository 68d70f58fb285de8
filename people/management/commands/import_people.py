"""Take over the people of a CSV file: all of it, or nothing."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from people.files import people, sheets


class Command(BaseCommand):
    help = (
        "Make or change people from a CSV file; nobody is mailed. Safe to run again. "
        f"The columns are {', '.join(people.PEOPLE)}. "
        "In the column roles stand roles with ; between them. A place follows after a colon: "
        "“coordinator: Utrecht; volunteer”. Where a location and a district have the same name, say which: "
        "“coordinator: district Rotterdam” or “coordinator: locatie Rotterdam”."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file, **options):
        try:
            taken = people.take_over_people(file, by=None, now=timezone.now())
        except sheets.Unreadable as refusal:
            raise CommandError(refusal) from None
        self.stdout.write(f"people: {taken.added} new, {taken.changed} changed, {taken.same} as before.")
