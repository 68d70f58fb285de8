"""The quality of the roster, for who fills it."""

from django.urls import path

from rostering.quality import views

urlpatterns = [
    path("bord/kwaliteit/", views.quality, name="quality"),
    path("bord/kwaliteit/tabellen.csv", views.quality_file, name="quality_file"),
    path("bord/voorstel/<int:pk>/kwaliteit/", views.proposal_quality, name="proposal_quality"),
]
