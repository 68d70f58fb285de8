from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        from people import checks
        from people.manage import sentences
        from people.privacy import fields
        from people.qualifications import mails

        register(checks.sqlite_settings, Tags.database)
        mails.register()
        fields.register()
        sentences.register()
