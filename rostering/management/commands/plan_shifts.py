"""Make the shifts that the weekly demand asks for."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from people import days
from rostering.demand import planning

AHEAD = timedelta(days=27)  # four weeks
FURTHEST = timedelta(days=400)


class Command(BaseCommand):
    help = "Make shifts from the weekly demand. What is planned already stays as it is."

    def add_arguments(self, parser):
        parser.add_argument("--from", dest="first", type=days.read, help="first day; today if left out")
        parser.add_argument("--until", dest="last", type=days.read, help="last day; four weeks if left out")

    def handle(self, *, first, last, **options):
        now = timezone.now()
        first = first or days.day_of(now)
        last = last or first + AHEAD
        if not first <= last <= first + FURTHEST:
            raise CommandError("The last day lies before the first, or more than 400 days after it.")
        planned = planning.plan(planning.demand(), first=first, last=last, by=None, now=now)
        self.stdout.write(f"{planned.number} shifts made from {first} to {last}.")
        for sentence in planned.sentences:
            self.stdout.write(sentence)
