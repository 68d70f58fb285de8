"""Invite somebody by mail, such as the first administrator of a new installation."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from people import invitations, roles


class Command(BaseCommand):
    help = "Invite a mail address; the link comes by mail and works once."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--role", choices=sorted(roles.ROLES), default=roles.Administrator.code)
        parser.add_argument("--first-name", required=True)
        parser.add_argument("--last-name", required=True)

    def handle(self, *, email, role, first_name, last_name, **options):
        try:
            invitations.invite(
                email, first_name=first_name, last_name=last_name, role=role, by=None, now=timezone.now()
            )
        except invitations.NotInvitable as refusal:
            raise CommandError(refusal) from refusal
        self.stdout.write(f"Invited {email}. The worker sends the mail.")
