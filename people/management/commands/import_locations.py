"""Take over the locations of a CSV file: all of it, or nothing."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from people.files import people, sheets


class Command(BaseCommand):
    help = "Make or change locations from a CSV file, such as data/locations.csv. Safe to run again."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file, **options):
        try:
            taken = people.take_over_locations(file, by=None, now=timezone.now())
        except sheets.Unreadable as refusal:
            raise CommandError(refusal) from None
        self.stdout.write(f"locations: {taken.added} new, {taken.changed} changed, {taken.same} as before.")
