"""Somebody's own page, the way in for the invited, and administration."""

from django.urls import path

from people import views

app_name = "people"
urlpatterns = [
    path("ik/", views.profile, name="profile"),
    path("ik/gegevens/", views.profile_edit, name="profile_edit"),
    path("taal/", views.language, name="language"),
    path("uitnodiging/<str:token>/", views.invitation, name="invitation"),
]
