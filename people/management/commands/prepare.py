"""Make an installation ready, new or just updated: everything between the new software and the first visitor."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

STEPS = [
    ("migrate", {"interactive": False, "verbosity": 0}),
    ("createcachetable", {"verbosity": 0}),
    ("ensure_groups", {}),
    ("ensure_site", {}),
    ("schedule", {}),
    ("collectstatic", {"interactive": False, "verbosity": 0}),
]


class Command(BaseCommand):
    help = "Prepare the database, the site, the clock and the style sheets. Run it after every update."

    def handle(self, **options):
        for name, how in STEPS:
            self.stdout.write(f"{name} ...")
            call_command(name, **how, stdout=self.stdout)
        self.stdout.write("Ready.")
