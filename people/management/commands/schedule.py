"""Let the worker (manage.py qcluster) run the clock of each room every minute. Safe to run again."""

from django.core.management.base import BaseCommand
from django_q.models import Schedule

from people import ticking

NAME = "every minute: {}"


class Command(BaseCommand):
    help = "Schedule the clock of each room, every minute."

    def handle(self, **options):
        clocks = [f"{room}.clock.run" for room in ticking.rooms()]
        for clock in clocks:
            Schedule.objects.update_or_create(
                name=NAME.format(clock),
                defaults={
                    "func": clock,
                    "schedule_type": Schedule.MINUTES,
                    "minutes": 1,
                    "repeats": -1,
                },
            )
        names = [NAME.format(clock) for clock in clocks]
        Schedule.objects.filter(name__startswith=NAME.format("")).exclude(name__in=names).delete()
        self.stdout.write("\n".join(names))
