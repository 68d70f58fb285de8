"""The site, and one page that loads a session and a user and nothing else: what every other page is measured by."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import path

from config.urls import urlpatterns as site


@login_required
def nothing(request):
    return HttpResponse(f"<title>{request.user.pk}</title>")


urlpatterns = [path("bench/niets/", nothing, name="nothing"), *site]
