"""Give what Paraat keeps about one person, as JSON: for a request that comes by letter or mail."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from people import privacy
from people.models import Person


class Command(BaseCommand):
    help = "Print everything that is kept about the person with this mail address; noted in the journal."

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *, email, **options):
        person = Person.objects.filter(email__iexact=email.strip()).first()
        if person is None:
            raise CommandError(f"Nobody has the mail address {email}.")
        pages = privacy.hand_over(person, by=None, now=timezone.now())
        self.stdout.write(json.dumps(pages, indent=2, ensure_ascii=False))
