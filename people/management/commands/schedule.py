"""Let the worker (manage.py qcluster) run the clock of each room every minute. Safe to run again."""

from django.apps import apps
from django.core.management.base import BaseCommand
from django.utils.module_loading import module_has_submodule
from django_q.models import Schedule

NAME = "every minute: {}"


class Command(BaseCommand):
    help = "Schedule the clock of each room, every minute."

    def handle(self, **options):
        clocks = [
            f"{room.name}.clock.run"
            for room in apps.get_app_configs()
            if module_has_submodule(room.module, "clock")
        ]
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
