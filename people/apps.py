from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        from people import checks
        from people.accounts import mails as account_mails
        from people.invitations import mails as invitation_mails
        from people.manage import sentences
        from people.notices import limits
        from people.privacy import fields
        from people.qualifications import mails

        register(checks.sqlite_settings, Tags.database)
        account_mails.register()
        invitation_mails.register()
        limits.register()
        mails.register()
        fields.register()
        sentences.register()
