from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RosteringConfig(AppConfig):
    name = "rostering"
    verbose_name = _("Roster")

    def ready(self) -> None:
        from rostering import agreements, privacy_fields, sentences
        from rostering.booking import mails
        from rostering.offers import mails as offer_mails
        from rostering.shifts import mails as shift_mails
        from rostering.training import invitations

        agreements.register()
        mails.register()
        offer_mails.register()
        invitations.register()
        privacy_fields.register()
        sentences.register()
        shift_mails.register()
