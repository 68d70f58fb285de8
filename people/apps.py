from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("People")

    def ready(self):
        from people import checks, messages, privacy_fields

        register(checks.sqlite_settings, Tags.database)
        messages.register()
        privacy_fields.register()
