"""Plant the home page, the pages about the site and the course catalogue where they are missing."""

from django.core.management.base import BaseCommand

from cms import tree


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        tree.ensure_site()
        self.stdout.write("De site staat er.")
