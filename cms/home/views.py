"""The first page of the site: one's own for who is signed in, the public one for a visitor."""

from django.shortcuts import redirect, render
from django.utils import timezone
from wagtail.models import Site
from wagtail.views import serve

from cms.home import page as first_page
from cms.models import HomePage


def home(request):
    if not request.user.is_authenticated:
        return _public(request)
    found = first_page.of(request.user, now=timezone.now())
    return render(request, "cms/home/page.html", {"section": "home", "home": found})


def _public(request):
    """Wagtail's home page; where none has been made yet there is only the door."""
    site = Site.find_for_request(request)
    if site is None or not HomePage.objects.filter(pk=site.root_page_id).exists():
        return redirect("account_login")
    return serve(request, "")
