"""Give trainers and administrators their rights in the editing environment."""

from django.core.management.base import BaseCommand

from academy import trainers


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        trainers.ensure_groups()
        self.stdout.write("De groepen hebben hun rechten.")
