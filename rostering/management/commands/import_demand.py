"""Take over the weekly demand of a CSV file: all of it, or nothing."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from people.files import sheets
from rostering.demand import files
from rostering.models import WeeklyDemand

FILE = "file"


class Command(BaseCommand):
    help = "Make or change weekly demand from a CSV file, such as data/weekly_demand.csv. Safe to run again."

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument(
            "--scope",
            choices=[FILE, *WeeklyDemand.Scope.values],
            default=FILE,
            help="whom every row is for; as it stands, each row of the file says so itself",
        )
        parser.add_argument(
            "--remove-absent", action="store_true", help="also remove the demand that is not in the file"
        )

    def handle(self, *, file, scope, remove_absent, **options):
        try:
            blocks = files.read_demand(file, scope=None if scope == FILE else scope)
            found = files.take_over_demand(blocks, by=None, now=timezone.now(), remove_absent=remove_absent)
        except sheets.Unreadable as refusal:
            raise CommandError(refusal) from None
        removed = len(found.absent) if remove_absent else 0
        self.stdout.write(
            f"{len(blocks)} blocks: {len(found.new)} new, {len(found.changed)} changed, {removed} removed."
        )
