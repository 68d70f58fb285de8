from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AcademyConfig(AppConfig):
    name = "academy"
    verbose_name = _("Academy")

    def ready(self) -> None:
        from academy import privacy_fields, publishing, sentences
        from people import ways

        privacy_fields.register()
        sentences.register()
        ways.register(publishing.way)
