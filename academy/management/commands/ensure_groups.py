"""Give trainers and administrators their rights in the editing environment."""

from django.core.management.base import BaseCommand

from academy.editing import groups


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        groups.ensure_groups()
        self.stdout.write("De groepen hebben hun rechten.")
