"""Every address of the site. Dutch paths; the names are English."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documenten/", include(wagtaildocs_urls)),
    path("", include("people.urls")),
    path("", include("rostering.urls")),
    path("", include("academy.urls")),
    path("", include("cms.urls")),
    path("", include(wagtail_urls)),
]
