"""Take over the kinds of task of a CSV file: all of it, or nothing."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from people.files import sheets
from rostering.demand import files


class Command(BaseCommand):
    help = "Make or change kinds of task from a CSV file, such as data/task_kinds.csv. Safe to run again."

    def add_arguments(self, parser):
        parser.add_argument("file")

    def handle(self, *, file, **options):
        try:
            rows = files.read_task_kinds(file)
        except sheets.Unreadable as refusal:
            raise CommandError(refusal) from None
        new, changed = files.take_over_task_kinds(rows, by=None, now=timezone.now())
        self.stdout.write(f"{len(rows)} kinds of task: {new} new, {changed} changed.")
