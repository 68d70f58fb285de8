"""Every address of the site. Dutch paths; the names are English."""

from django.conf import settings
from django.urls import include, path, re_path
from django.views import defaults
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

# Wagtail's own log-in pages know no second step and no limit on tries: there is one door.
to_log_in = RedirectView.as_view(pattern_name="account_login", query_string=True)

handler500 = "people.log.views.server_error"
urlpatterns = [
    path("admin/login/", to_log_in),
    path("_util/login/", to_log_in),
    path(
        "admin/failwhale/", defaults.page_not_found, {"exception": None}
    ),  # Wagtail's, which fails on purpose
    path("admin/", include(wagtailadmin_urls)),
    # Images and videos of lessons. A proxy may serve this folder itself, but for documents/: those are asked for
    # below /documenten/, which asks who it is.
    re_path(r"^media/documents/", defaults.page_not_found, {"exception": None}, name="no_documents"),
    path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}, name="media"),
    path("documenten/", include(wagtaildocs_urls)),
    path("", include("people.accounts.urls")),
    path("", include("people.urls")),
    path("", include("rostering.urls")),
    path("", include("academy.urls")),
    path("", include("cms.urls")),
    path("", include(wagtail_urls)),
]
