from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RosteringConfig(AppConfig):
    name = "rostering"
    verbose_name = _("Roster")

    def ready(self):
        from rostering import messages, privacy_fields, training_invitations

        messages.register()
        training_invitations.register()
        privacy_fields.register()
