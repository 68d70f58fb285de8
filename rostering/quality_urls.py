"""The quality of the roster, for who fills it."""

from django.urls import path

from rostering import quality_views

urlpatterns = [
    path("bord/kwaliteit/", quality_views.quality, name="quality"),
    path("bord/kwaliteit/tabellen.csv", quality_views.quality_file, name="quality_file"),
    path("bord/voorstel/<int:pk>/kwaliteit/", quality_views.proposal_quality, name="proposal_quality"),
]
